import Testing

@testable import PipelineFile

@Suite("A pipeline is put together from files")
struct SectionsTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.pipelineReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "a file that is not a mapping",
            """
            - uses: clean

            """,
            reports: """
                pipelines/a.yaml:1:1: error: a pipeline is a mapping, not a list. It begins with keys such as 'stages:'. [wrong-type]
                - uses: clean
                ^
                """),
        Example(
            "a file that is a text",
            """
            just text

            """,
            reports: """
                pipelines/a.yaml:1:1: error: a pipeline is a mapping, not the text 'just text'. It begins with keys such as 'stages:'. [wrong-type]
                just text
                ^~~~~~~~~
                """),
        Example(
            "a list of stages that is empty",
            Sample.head + """
                stages: []

                """,
            reports: """
                pipelines/a.yaml:2:1: error: the list of 'stages' is empty. Each entry of 'stages' begins with '- uses: NAME'. [missing-key]
                stages: []
                ^~~~~~
                """),
        Example(
            "an empty pipeline",
            """
            {}

            """,
            reports: """
                pipelines/a.yaml:1:1: error: the pipeline has no 'corpus'. Write 'corpus:' and below it 'include: [corpus/**/*.txt]'. [missing-key]
                {}
                ^
                pipelines/a.yaml:1:1: error: the pipeline has no 'stages'. Each entry of 'stages' begins with '- uses: NAME'. [missing-key]
                {}
                ^
                """),
        Example(
            "keys that a pipeline does not have",
            Sample.head + """
                titel: x
                stages: [uses: clean]
                something: y

                """,
            reports: """
                pipelines/a.yaml:2:1: error: a pipeline has no key 'titel'. Did you mean 'title'? [unknown-key]
                titel: x
                ^~~~~
                pipelines/a.yaml:4:1: error: a pipeline has no key 'something'. There are: 'title', 'include', 'corpus', 'parameters', 'stages', 'variants', 'notebook', 'decisions'. [unknown-key]
                something: y
                ^~~~~~~~~
                """),
        Example(
            "sections of another type",
            """
            title: [a]
            corpus: corpus/*.txt
            parameters: [a]
            stages: clean
            notebook: {}
            include: {}

            """,
            reports: """
                pipelines/a.yaml:1:8: error: 'title' is a text, not a list [wrong-type]
                title: [a]
                       ^
                pipelines/a.yaml:2:9: error: 'corpus' is a mapping, not the text 'corpus/*.txt' [wrong-type]
                corpus: corpus/*.txt
                        ^~~~~~~~~~~~
                pipelines/a.yaml:3:13: error: 'parameters' is a mapping, not a list [wrong-type]
                parameters: [a]
                            ^
                pipelines/a.yaml:4:9: error: 'stages' is a list, not the text 'clean'. Each stage begins with '- uses:'. [wrong-type]
                stages: clean
                        ^~~~~
                pipelines/a.yaml:5:11: error: 'notebook' is a text, not a mapping [wrong-type]
                notebook: {}
                          ^
                pipelines/a.yaml:6:10: error: 'include' is a text or a list, not a mapping [wrong-type]
                include: {}
                         ^
                """),
        Example(
            "a corpus without files",
            """
            corpus: { exclude: [a], includes: [b] }
            stages: [uses: clean]

            """,
            reports: """
                pipelines/a.yaml:1:1: error: 'corpus' has no 'include'. It names the files of the corpus: [corpus/**/*.txt]. [missing-key]
                corpus: { exclude: [a], includes: [b] }
                ^~~~~~
                pipelines/a.yaml:1:25: error: 'corpus' has no key 'includes'. Did you mean 'include'? [unknown-key]
                corpus: { exclude: [a], includes: [b] }
                                        ^~~~~~~~
                """),
        Example(
            "a corpus with an empty list, and a metadata file that is missing",
            """
            corpus: { include: [], metadata: m.csv }
            stages: [uses: clean]

            """,
            reports: """
                pipelines/a.yaml:1:20: error: 'include' names no files [empty-list]
                corpus: { include: [], metadata: m.csv }
                                   ^
                pipelines/a.yaml:1:34: error: there is no file 'm.csv' [no-such-file]
                corpus: { include: [], metadata: m.csv }
                                                 ^~~~~
                """),
        Example(
            "variants",
            Sample.head + """
                stages: [uses: clean]
                variants: two

                """,
            reports: """
                pipelines/a.yaml:3:11: error: 'variants' is a mapping, not the text 'two'. Write 'NAME: [VALUE, VALUE]' below it, or a list of '- name:'. [wrong-type]
                variants: two
                          ^~~
                """),
        Example(
            "files that include each other",
            Sample.head + """
                include: shared.yaml
                stages: [uses: clean]

                """,
            files: ["pipelines/shared.yaml": "include: ../pipelines/a.yaml\n"],
            reports: """
                pipelines/shared.yaml:1:10: error: file 'pipelines/a.yaml' includes itself. The way is 'pipelines/a.yaml' to 'pipelines/shared.yaml' to 'pipelines/a.yaml'. [include-cycle]
                include: ../pipelines/a.yaml
                         ^~~~~~~~~~~~~~~~~~~
                """),
        Example(
            "a file that includes itself",
            Sample.head + """
                include: a.yaml
                stages: [uses: clean]

                """,
            reports: """
                pipelines/a.yaml:2:10: error: file 'pipelines/a.yaml' includes itself [include-cycle]
                include: a.yaml
                         ^~~~~~
                """),
        Example(
            "an included file that is missing, and one that is none",
            Sample.head + """
                include: [shared.yaml, /etc/hosts, other.yaml]
                stages: [uses: clean]

                """,
            files: ["pipelines/other.yaml": "text\n"],
            reports: """
                pipelines/a.yaml:2:11: error: there is no file 'pipelines/shared.yaml' [no-such-file]
                include: [shared.yaml, /etc/hosts, other.yaml]
                          ^~~~~~~~~~~
                pipelines/a.yaml:2:24: error: '/etc/hosts' is not a path within the project. Paths are relative to the project, so that others can run the pipeline. [absolute-path]
                include: [shared.yaml, /etc/hosts, other.yaml]
                                       ^~~~~~~~~~
                pipelines/other.yaml:1:1: error: an included file is a mapping, not the text 'text'. It begins with keys such as 'stages:'. [wrong-type]
                text
                ^~~~
                """),
        Example(
            "a stage that the included file has already",
            Sample.head + """
                include: shared.yaml
                stages: [uses: clean]

                """,
            files: ["pipelines/shared.yaml": "stages: [uses: clean]\n"],
            reports: """
                pipelines/a.yaml:3:16: error: two stages have the id 'clean' (the first in 'pipelines/shared.yaml'). Give one of them another 'id'. [duplicate-stage]
                stages: [uses: clean]
                               ^~~~~
                """),
        Example(
            "decisions that no stage takes",
            Sample.head + """
                decisions: d.yaml
                stages: [uses: clean]

                """,
            files: ["d.yaml": "a: b\n"],
            reports: """
                pipelines/a.yaml:2:1: error: no stage of the pipeline takes decisions [unused-decisions]
                decisions: d.yaml
                ^~~~~~~~~
                """),
        Example(
            "a decisions file with a mistake",
            Sample.head + """
                decisions: d.yaml
                stages: [uses: tag-entities]

                """,
            files: ["d.yaml": "a: b\na: c\n"],
            reports: """
                d.yaml:2:1: error: key 'a' is written twice (first on line 1) [duplicate-key]
                a: c
                ^
                """),
    ]
}
