import Testing

@testable import PipelineFile

@Suite("A document is a tree, or a reason why it is none")
struct NodeReaderTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.treeReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "nothing at all",
            "",
            reports: """
                a.yaml: error: the file is empty [empty-file]
                """),
        Example(
            "a file of comments is empty",
            """
            # nothing here

            """,
            reports: """
                a.yaml: error: the file is empty [empty-file]
                """),
        Example(
            "several documents in one file",
            """
            a: 1
            ---
            b: 2

            """,
            reports: """
                a.yaml:2:1: error: the file holds several documents. Give each document ('---') a file of its own. [several-documents]
                ---
                ^~~
                """),
        Example(
            "an alias of its own anchor",
            """
            a: &x [*x]

            """,
            reports: """
                a.yaml:1:8: error: '*x' is inside its own anchor '&x' [recursive-alias]
                a: &x [*x]
                       ^~
                """),
        Example(
            "an alias without an anchor",
            """
            a: &gazetteer 1
            b: *gazeteer

            """,
            reports: """
                a.yaml:2:4: error: there is no anchor '&gazeteer'. Did you mean 'gazetteer'? [unknown-anchor]
                b: *gazeteer
                   ^~~~~~~~~
                """),
        Example(
            "a key that is written twice",
            """
            a: 1
            b: 2
            a: 3

            """,
            reports: """
                a.yaml:3:1: error: key 'a' is written twice (first on line 1) [duplicate-key]
                a: 3
                ^
                """),
        Example(
            "keys in quotes are the same keys",
            """
            a: 1
            "a": 2

            """,
            reports: """
                a.yaml:2:1: error: key 'a' is written twice (first on line 1) [duplicate-key]
                "a": 2
                ^~~
                """),
        Example(
            "a merge key",
            """
            x: &b {a: 1}
            y:
              <<: *b

            """,
            reports: """
                a.yaml:3:3: error: merge keys ('<<') are not supported. Write the keys out, or share parts of a pipeline with 'include'. [merge-key]
                  <<: *b
                  ^~
                """),
        Example(
            "a key that is a list",
            """
            [a, b]: 1

            """,
            reports: """
                a.yaml:1:1: error: a key is a text, not a list [bad-key]
                [a, b]: 1
                ^
                """),
        Example(
            "a key that is missing",
            """
            { : 1 }

            """,
            reports: """
                a.yaml:1:3: error: a value is missing here [yaml-syntax]
                { : 1 }
                  ^
                """),
        Example(
            "tags of one's own",
            """
            a: !custom x
            b: !!set {c}
            c: !!python/object [d]

            """,
            reports: """
                a.yaml:1:4: error: tag '!custom' is not supported. A text that begins with '!' needs quotes. [unknown-tag]
                a: !custom x
                   ^~~~~~~~~
                a.yaml:2:4: error: tag '!!set' is not supported here [unknown-tag]
                b: !!set {c}
                   ^
                a.yaml:3:4: error: tag '!!python/object' is not supported here [unknown-tag]
                c: !!python/object [d]
                   ^
                """),
        Example(
            "tags that ask for what is not there",
            """
            a: !!int x
            b: !!float yes
            c: !!bool 1
            d: !!null x

            """,
            reports: """
                a.yaml:1:4: error: 'x' is not a valid !!int [bad-tag]
                a: !!int x
                   ^~~~~~~
                a.yaml:2:4: error: 'yes' is not a valid !!float [bad-tag]
                b: !!float yes
                   ^~~~~~~~~~~
                a.yaml:3:4: error: '1' is not a valid !!bool [bad-tag]
                c: !!bool 1
                   ^~~~~~~~
                a.yaml:4:4: error: 'x' is not a valid !!null [bad-tag]
                d: !!null x
                   ^~~~~~~~
                """),
    ]
}
