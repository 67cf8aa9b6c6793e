import Testing

@testable import PipelineFile

@Suite("Stages are checked against the catalogue")
struct StagesReaderTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.pipelineReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "an option that the stage does not have",
            Sample.head + """
                stages:
                  - uses: tag-entities
                    with:
                      gazeteer: gazetteers/groups.yaml

                """,
            reports: """
                pipelines/a.yaml:5:7: error: stage 'tag-entities' has no option 'gazeteer'. Did you mean 'gazetteer'? [unknown-option]
                      gazeteer: gazetteers/groups.yaml
                      ^~~~~~~~
                """),
        Example(
            "stages that are not there, and entries that are no stages",
            Sample.head + """
                stages:
                  - uses: tag-entitties
                  - uses: xyz
                  - use: clean
                  - with: {}
                  - clean
                  - 3
                  -

                """,
            reports: """
                pipelines/a.yaml:3:11: error: no stage named 'tag-entitties'. Did you mean 'tag-entities'? [unknown-stage]
                  - uses: tag-entitties
                          ^~~~~~~~~~~~~
                pipelines/a.yaml:4:11: error: no stage named 'xyz'. There are: 'clean', 'tag-entities', 'summarize-statistics'. [unknown-stage]
                  - uses: xyz
                          ^~~
                pipelines/a.yaml:5:5: error: a stage has no key 'use'. Did you mean 'uses'? [unknown-key]
                  - use: clean
                    ^~~
                pipelines/a.yaml:6:5: error: a stage needs 'uses' or 'run'. 'uses' names a built-in stage, 'run' a program. [missing-key]
                  - with: {}
                    ^
                pipelines/a.yaml:7:5: error: a stage is a mapping, not the text 'clean'. Write '- uses: NAME'. [wrong-type]
                  - clean
                    ^~~~~
                pipelines/a.yaml:8:5: error: a stage is a mapping, not 3. Write '- uses: NAME'. [wrong-type]
                  - 3
                    ^
                pipelines/a.yaml:9:4: error: a stage is a mapping, but has no value. Write '- uses: NAME'. [wrong-type]
                  -
                   ^
                """),
        Example(
            "an option of a stage without options",
            Sample.head + """
                stages:
                  - uses: clean
                    with: { window: 3 }

                """,
            reports: """
                pipelines/a.yaml:4:13: error: stage 'clean' has no option 'window' [unknown-option]
                    with: { window: 3 }
                            ^~~~~~
                """),
        Example(
            "options that are no mapping",
            Sample.head + """
                stages:
                  - uses: clean
                    with: [a]

                """,
            reports: """
                pipelines/a.yaml:4:11: error: 'with' is a mapping, not a list [wrong-type]
                    with: [a]
                          ^
                """),
        Example(
            "two stages with one id",
            Sample.head + """
                stages:
                  - uses: clean
                  - uses: clean
                  - { id: a b, uses: tag-entities }

                """,
            reports: """
                pipelines/a.yaml:4:11: error: two stages have the id 'clean' (the first on line 3). Give one of them another 'id'. [duplicate-stage]
                  - uses: clean
                          ^~~~~
                pipelines/a.yaml:5:11: error: 'a b' can't be the name of a stage. A name has letters, digits, '-' and '_', begins with a letter and has at most 64 characters. [bad-name]
                  - { id: a b, uses: tag-entities }
                          ^~~
                """),
        Example(
            "a program's keys in a built-in stage",
            Sample.head + """
                stages:
                  - uses: clean
                    reads: [text]

                """,
            reports: """
                pipelines/a.yaml:4:5: error: key 'reads' belongs to a stage with 'run'. Options of a built-in stage belong under 'with'. [misplaced-key]
                    reads: [text]
                    ^~~~~
                """),
        Example(
            "both a built-in stage and a program",
            Sample.head + """
                stages:
                  - run: [python3]
                    uses: clean

                """,
            reports: """
                pipelines/a.yaml:4:5: error: a stage has 'uses' or 'run', not both [uses-and-run]
                    uses: clean
                    ^~~~
                """),
    ]
}
