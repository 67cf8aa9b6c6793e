import Testing

@testable import PipelineFile

@Suite("Values of options are what the stage takes")
struct OptionValuesTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.pipelineReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "numbers out of range",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with:
                      window: 99
                      share: 1.5

                """,
            reports: """
                pipelines/a.yaml:5:15: error: option 'window' of stage 'summarize-statistics' takes a whole number from 1 to 50, not 99 [out-of-range]
                      window: 99
                              ^~
                pipelines/a.yaml:6:14: error: option 'share' of stage 'summarize-statistics' takes a number from 0 to 1, not 1.5 [out-of-range]
                      share: 1.5
                             ^~~
                """),
        Example(
            "values of another type",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with:
                      window: many
                      share: x
                      fold-case: yes
                      label: 2024
                      author-claims: {}

                """,
            reports: """
                pipelines/a.yaml:5:15: error: option 'window' of stage 'summarize-statistics' takes a whole number from 1 to 50, not the text 'many' [wrong-type]
                      window: many
                              ^~~~
                pipelines/a.yaml:6:14: error: option 'share' of stage 'summarize-statistics' takes a number from 0 to 1, not the text 'x' [wrong-type]
                      share: x
                             ^
                pipelines/a.yaml:7:18: error: option 'fold-case' of stage 'summarize-statistics' takes true or false, not the text 'yes' [wrong-type]
                      fold-case: yes
                                 ^~~
                pipelines/a.yaml:8:14: error: option 'label' of stage 'summarize-statistics' takes a text, not 2024. Put it in quotes: '2024'. [wrong-type]
                      label: 2024
                             ^~~~
                pipelines/a.yaml:9:22: error: option 'author-claims' of stage 'summarize-statistics' takes one of 'none', 'figures', 'all', not a mapping [wrong-type]
                      author-claims: {}
                                     ^
                """),
        Example(
            "values that are missing",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with:
                      window:
                      author-claims: ""

                """,
            reports: """
                pipelines/a.yaml:5:7: error: option 'window' of stage 'summarize-statistics' has no value: it takes a whole number from 1 to 50 [wrong-type]
                      window:
                      ^~~~~~
                pipelines/a.yaml:6:22: error: option 'author-claims' of stage 'summarize-statistics' takes one of 'none', 'figures', 'all', not the text '' [wrong-type]
                      author-claims: ""
                                     ^~
                """),
        Example(
            "a number with a fraction is no whole number",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with: { window: 2.5 }

                """,
            reports: """
                pipelines/a.yaml:4:21: error: option 'window' of stage 'summarize-statistics' takes a whole number from 1 to 50, not 2.5 [wrong-type]
                    with: { window: 2.5 }
                                    ^~~
                """),
        Example(
            "a number beyond 64 bits",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with: { window: 99999999999999999999, share: .inf }

                """,
            reports: """
                pipelines/a.yaml:4:21: error: option 'window' of stage 'summarize-statistics' takes a whole number from 1 to 50, not 99999999999999999999 [wrong-type]
                    with: { window: 99999999999999999999, share: .inf }
                                    ^~~~~~~~~~~~~~~~~~~~
                pipelines/a.yaml:4:50: error: option 'share' of stage 'summarize-statistics' takes a number from 0 to 1, not .inf [out-of-range]
                    with: { window: 99999999999999999999, share: .inf }
                                                                 ^~~~
                """),
        Example(
            "a choice that is not in the list",
            Sample.head + """
                stages:
                  - uses: summarize-statistics
                    with: { author-claims: figure }

                """,
            reports: """
                pipelines/a.yaml:4:28: error: option 'author-claims' of stage 'summarize-statistics' takes one of 'none', 'figures', 'all', not the text 'figure'. Did you mean 'figures'? [unknown-choice]
                    with: { author-claims: figure }
                                           ^~~~~~
                """),
        Example(
            "entries of a list",
            Sample.head + """
                stages:
                  - uses: tag-entities
                    with: { types: [person, plaice, [place]] }

                """,
            reports: """
                pipelines/a.yaml:4:29: error: an entry of option 'types' of stage 'tag-entities' takes one of 'person', 'place', not the text 'plaice'. Did you mean 'place'? [unknown-choice]
                    with: { types: [person, plaice, [place]] }
                                            ^~~~~~
                pipelines/a.yaml:4:37: error: an entry of option 'types' of stage 'tag-entities' takes one of 'person', 'place', not a list [wrong-type]
                    with: { types: [person, plaice, [place]] }
                                                    ^
                """),
        Example(
            "a list that is none",
            Sample.head + """
                stages:
                  - uses: tag-entities
                    with: { types: person }

                """,
            reports: """
                pipelines/a.yaml:4:20: error: option 'types' of stage 'tag-entities' takes a list, each entry one of 'person', 'place', not the text 'person' [wrong-type]
                    with: { types: person }
                                   ^~~~~~
                """),
        Example(
            "files that are missing, a folder, or outside",
            Sample.head + """
                stages:
                  - uses: tag-entities
                    with: { gazetteer: missing.yaml, stop-list: lists, decisions: /etc/passwd }

                """,
            files: ["lists/x.txt": "x\n"],
            reports: """
                pipelines/a.yaml:4:24: error: there is no file 'missing.yaml' [no-such-file]
                    with: { gazetteer: missing.yaml, stop-list: lists, decisions: /etc/passwd }
                                       ^~~~~~~~~~~~
                pipelines/a.yaml:4:49: error: 'lists' is a folder, not a file [not-a-file]
                    with: { gazetteer: missing.yaml, stop-list: lists, decisions: /etc/passwd }
                                                                ^~~~~
                pipelines/a.yaml:4:67: error: '/etc/passwd' is not a path within the project. Paths are relative to the project, so that others can run the pipeline. [absolute-path]
                    with: { gazetteer: missing.yaml, stop-list: lists, decisions: /etc/passwd }
                                                                                  ^~~~~~~~~~~
                """),
        Example(
            "a YAML file with a mistake",
            Sample.head + """
                stages:
                  - uses: tag-entities
                    with: { gazetteer: groups.yaml }

                """,
            files: ["groups.yaml": "names: [a, b\n"],
            reports: """
                groups.yaml:1:13: error: the '[' from line 1 is not closed. Entries are separated by ','. [yaml-syntax]
                names: [a, b
                            ^
                """),
    ]
}
