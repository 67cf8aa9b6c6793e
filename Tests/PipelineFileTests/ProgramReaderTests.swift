import Testing

@testable import PipelineFile

@Suite("A stage of the user's own is a program with what it reads and writes")
struct ProgramReaderTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.pipelineReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "a command in one text",
            Sample.head + """
                stages:
                  - run: python3 stages/mine.py
                    reads: [text]
                    writes: mine

                """,
            reports: """
                pipelines/a.yaml:3:10: error: 'run' is a list: the program, then its arguments. Write 'run: [python3, stages/mine.py]'. [wrong-type]
                  - run: python3 stages/mine.py
                         ^~~~~~~~~~~~~~~~~~~~~~
                """),
        Example(
            "a command that is empty",
            Sample.head + """
                stages:
                  - run: []
                    reads: [text]
                    writes: mine

                """,
            reports: """
                pipelines/a.yaml:3:10: error: 'run' names no program [empty-list]
                  - run: []
                         ^
                """),
        Example(
            "neither reads nor writes",
            Sample.head + """
                stages:
                  - run: [python3]

                """,
            reports: """
                pipelines/a.yaml:3:5: error: a stage with 'run' needs 'reads'. It names the layers that the program receives: [text]. [missing-key]
                  - run: [python3]
                    ^~~
                pipelines/a.yaml:3:5: error: a stage with 'run' needs 'writes'. It names the layer that the program writes. [missing-key]
                  - run: [python3]
                    ^~~
                """),
        Example(
            "a layer that Colophon has, one that is a table, one that is no name",
            Sample.head + """
                stages:
                  - { run: [a], reads: text, writes: quotations }
                  - { run: [a], reads: text, writes: documents }
                  - { run: [a], reads: text, writes: two words }

                """,
            reports: """
                pipelines/a.yaml:3:38: error: 'quotations' is a reserved layer name. Give the layer another name. In place of a built-in stage a program may write 'sentences', 'tokens', 'mentions', 'claims'. [reserved-layer]
                  - { run: [a], reads: text, writes: quotations }
                                                     ^~~~~~~~~~
                pipelines/a.yaml:4:38: error: 'documents' is a reserved layer name. Give the layer another name. In place of a built-in stage a program may write 'sentences', 'tokens', 'mentions', 'claims'. [reserved-layer]
                  - { run: [a], reads: text, writes: documents }
                                                     ^~~~~~~~~
                pipelines/a.yaml:5:38: error: 'two words' can't be the name of a layer. A name has letters, digits, '-' and '_', begins with a letter and has at most 64 characters. [bad-name]
                  - { run: [a], reads: text, writes: two words }
                                                     ^~~~~~~~~
                """),
        Example(
            "files that are missing or outside",
            Sample.head + """
                stages:
                  - { run: [a], reads: text, writes: mine, files: [a/b.py, /etc/passwd, ~/x] }

                """,
            reports: """
                pipelines/a.yaml:3:52: error: there is no file 'a/b.py' [no-such-file]
                  - { run: [a], reads: text, writes: mine, files: [a/b.py, /etc/passwd, ~/x] }
                                                                   ^~~~~~
                pipelines/a.yaml:3:60: error: '/etc/passwd' is not a path within the project. Paths are relative to the project, so that others can run the pipeline. [absolute-path]
                  - { run: [a], reads: text, writes: mine, files: [a/b.py, /etc/passwd, ~/x] }
                                                                           ^~~~~~~~~~~
                pipelines/a.yaml:3:73: error: '~/x' is not a path within the project. Paths are relative to the project, so that others can run the pipeline. [absolute-path]
                  - { run: [a], reads: text, writes: mine, files: [a/b.py, /etc/passwd, ~/x] }
                                                                                        ^~~
                """),
        Example(
            "an environment with values, and a pin that is neither true nor false",
            Sample.head + """
                stages:
                  - { run: [a], reads: text, writes: mine, environment: [A=b], pin: maybe }

                """,
            reports: """
                pipelines/a.yaml:3:58: error: 'environment' holds names of variables, not their values [bad-name]
                  - { run: [a], reads: text, writes: mine, environment: [A=b], pin: maybe }
                                                                         ^~~
                pipelines/a.yaml:3:69: error: 'pin' is true or false, not the text 'maybe' [wrong-type]
                  - { run: [a], reads: text, writes: mine, environment: [A=b], pin: maybe }
                                                                                    ^~~~~
                """),
    ]
}
