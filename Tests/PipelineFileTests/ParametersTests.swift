import Testing

@testable import PipelineFile

@Suite("Parameters stand in options and are set from outside")
struct ParametersTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.pipelineReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "a parameter that is not there",
            Sample.head + """
                parameters: { window: 3 }
                stages:
                  - uses: summarize-statistics
                    with: { window: $windw, label: $other }

                """,
            reports: """
                pipelines/a.yaml:5:21: error: there is no parameter 'windw'. Did you mean 'window'? [unknown-parameter]
                    with: { window: $windw, label: $other }
                                    ^~~~~~
                pipelines/a.yaml:5:36: error: there is no parameter 'other'. A text that begins with '$' is written '$$'. [unknown-parameter]
                    with: { window: $windw, label: $other }
                                                   ^~~~~~
                """),
        Example(
            "a parameter of a type that the option does not take",
            Sample.head + """
                parameters: { list: [a, b] }
                stages:
                  - uses: summarize-statistics
                    with: { share: $list }

                """,
            reports: """
                pipelines/a.yaml:5:20: error: option 'share' of stage 'summarize-statistics' takes a number from 0 to 1, not a list [wrong-type]
                    with: { share: $list }
                                   ^~~~~
                """),
        Example(
            "parameters that are none",
            Sample.head + """
                parameters: { a: { b: [1] }, 1x: 2, c: , d: [[1]] }
                stages: [uses: clean]

                """,
            reports: """
                pipelines/a.yaml:2:18: error: parameter 'a' is a text, a number, true, false, or a list or mapping of these, not a mapping [wrong-type]
                parameters: { a: { b: [1] }, 1x: 2, c: , d: [[1]] }
                                 ^
                pipelines/a.yaml:2:30: error: '1x' can't be the name of a parameter. A name has letters, digits, '-' and '_', begins with a letter and has at most 64 characters. [bad-name]
                parameters: { a: { b: [1] }, 1x: 2, c: , d: [[1]] }
                                             ^~
                pipelines/a.yaml:2:37: error: parameter 'c' is a text, a number, true, false, or a list or mapping of these, but has no value [wrong-type]
                parameters: { a: { b: [1] }, 1x: 2, c: , d: [[1]] }
                                                    ^
                pipelines/a.yaml:2:45: error: parameter 'd' is a text, a number, true, false, or a list or mapping of these, not a list [wrong-type]
                parameters: { a: { b: [1] }, 1x: 2, c: , d: [[1]] }
                                                            ^
                """),
        Example(
            "settings that lead nowhere",
            Sample.head + """
                parameters: { window: 3 }
                stages: [uses: summarize-statistics]

                """,
            settings: ["windw=3", "window", "summarize-statistics.windw=3", "sumarize.window=4", "=3", "window=[1"],
            reports: """
                --set window: error: a setting has the form NAME=VALUE or STAGE.OPTION=VALUE [bad-setting]
                --set =3: error: a setting has the form NAME=VALUE or STAGE.OPTION=VALUE [bad-setting]
                --set window=[1: error: the '[' from line 1 is not closed. Entries are separated by ','. [yaml-syntax]
                --set windw=3: error: the pipeline has no parameter 'windw'. Did you mean 'window'? [unknown-parameter]
                --set summarize-statistics.windw=3: error: stage 'summarize-statistics' has no option 'windw'. Did you mean 'window'? [unknown-option]
                --set sumarize.window=4: error: the pipeline has no stage 'sumarize'. There are: 'summarize-statistics'. [unknown-stage]
                """),
        Example(
            "a setting of the wrong type is told where it was set",
            Sample.head + """
                stages: [uses: summarize-statistics]

                """,
            settings: ["summarize-statistics.window=abc"],
            reports: """
                --set summarize-statistics.window=abc: error: option 'window' of stage 'summarize-statistics' takes a whole number from 1 to 50, not the text 'abc' [wrong-type]
                """),
        Example(
            "a setting in a pipeline without parameters",
            Sample.head + """
                stages: [uses: clean]

                """,
            settings: ["window=3"],
            reports: """
                --set window=3: error: the pipeline has no parameter 'window'. An option is set with '--set STAGE.OPTION=VALUE'. [unknown-parameter]
                """),
        Example(
            "a setting of a parameter that stands nowhere",
            Sample.head + """
                parameters: { window: 3 }
                stages: [uses: clean]

                """,
            settings: ["window=4"],
            reports: """
                --set window=4: error: no option of the pipeline uses parameter 'window'. An option takes it as '$window'. [unused-parameter]
                """),
    ]
}
