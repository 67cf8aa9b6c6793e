import Testing

@testable import PipelineFile

@Suite("What libyaml can't read is told in our words")
struct SyntaxErrorTests {
    @Test("each mistake is reported at its place, in full", arguments: mistakes)
    func reports(_ example: Example) {
        #expect(example.treeReport == example.reported)
    }

    static let mistakes: [Example] = [
        Example(
            "a quotation mark is not closed",
            """
            a: b
            c: "d

            """,
            reports: """
                a.yaml:2:4: error: the quotation mark that begins here is not closed [yaml-syntax]
                c: "d
                   ^
                """),
        Example(
            "a tab in the indentation of a list",
            """
            stages:
            \t- uses: clean

            """,
            reports: """
                a.yaml:2:1: error: a tab is used for indentation. YAML is indented with spaces. [tab-indentation]
                \t- uses: clean
                ^
                """),
        Example(
            "a tab in the indentation of a key",
            """
            stages:
              - uses: clean
            \twith: x

            """,
            reports: """
                a.yaml:3:1: error: a tab is used for indentation. YAML is indented with spaces. [tab-indentation]
                \twith: x
                ^
                """),
        Example(
            "a list in brackets is not closed",
            """
            stages: [uses: clean

            """,
            reports: """
                a.yaml:1:21: error: the '[' from line 1 is not closed. Entries are separated by ','. [yaml-syntax]
                stages: [uses: clean
                                    ^
                """),
        Example(
            "a mapping in braces is not closed",
            """
            stages: {uses: clean
            a: b

            """,
            reports: """
                a.yaml:2:2: error: the '{' from line 1 is not closed. Entries are separated by ','. [yaml-syntax]
                a: b
                 ^
                """),
        Example(
            "a pattern with braces stands in a list in brackets",
            """
            corpus:
              include: [corpus/**/*.{txt,md,html}]

            """,
            reports: """
                a.yaml:2:25: error: a '{' was not expected within the '[' from line 2. A text with brackets in it needs quotes: 'corpus/*.{txt,md}'. [yaml-syntax]
                  include: [corpus/**/*.{txt,md,html}]
                                        ^
                """),
        Example(
            "a pattern begins with a star",
            """
            corpus:
              include: *.txt

            """,
            reports: """
                a.yaml:2:12: error: an anchor or an alias needs a name of letters and digits. A text that begins with '*' or '&' needs quotes: '*.txt'. [yaml-syntax]
                  include: *.txt
                           ^
                """),
        Example(
            "a pattern begins with two stars, and a comment follows",
            """
            corpus:
              include: **/*.{txt,md}   # all

            """,
            reports: """
                a.yaml:2:12: error: an anchor or an alias needs a name of letters and digits. A text that begins with '*' or '&' needs quotes: '**/*.{txt,md}'. [yaml-syntax]
                  include: **/*.{txt,md}   # all
                           ^
                """),
        Example(
            "the second of two patterns in brackets begins with a star",
            """
            corpus:
              include: ['a/*.md', **/*.txt, b]

            """,
            reports: """
                a.yaml:2:23: error: an anchor or an alias needs a name of letters and digits. A text that begins with '*' or '&' needs quotes: '**/*.txt'. [yaml-syntax]
                  include: ['a/*.md', **/*.txt, b]
                                      ^
                """),
        Example(
            "a text holds a colon and a space",
            """
            title: What: a mess

            """,
            reports: """
                a.yaml:1:12: error: no key was expected here. Keys of one mapping begin in one column, and a text that holds ': ' needs quotes. [yaml-syntax]
                title: What: a mess
                           ^
                """),
        Example(
            "a value begins with a sign that is reserved",
            """
            title: @x

            """,
            reports: """
                a.yaml:1:8: error: a value can't begin with '@'. Put the value in quotes. [yaml-syntax]
                title: @x
                       ^
                """),
        Example(
            "a key is indented like nothing before it",
            """
            stages:
              - uses: clean
              uses: x

            """,
            reports: """
                a.yaml:3:3: error: no entry of the list from line 2 begins here. Each entry begins with '- ', all in one column. [yaml-syntax]
                  uses: x
                  ^
                """),
        Example(
            "an entry of a list is indented deeper than the one before",
            """
            stages:
             - uses: clean
              - uses: x

            """,
            reports: """
                a.yaml:3:3: error: no entry of the list from line 2 begins here. Each entry begins with '- ', all in one column. [yaml-syntax]
                  - uses: x
                  ^
                """),
        Example(
            "a key is indented deeper than the one before",
            """
            a: 1
             b: 2

            """,
            reports: """
                a.yaml:2:3: error: no key was expected here. Keys of one mapping begin in one column, and a text that holds ': ' needs quotes. [yaml-syntax]
                 b: 2
                  ^
                """),
        Example(
            "a line has no colon",
            """
            some text
            stages: []

            """,
            reports: """
                a.yaml:2:7: error: no key was expected here. Keys of one mapping begin in one column, and a text that holds ': ' needs quotes. [yaml-syntax]
                stages: []
                      ^
                """),
        Example(
            "an escape does not exist",
            """
            a: "\\q"

            """,
            reports: """
                a.yaml:1:5: error: there is no such escape. In single quotes a backslash is a backslash. [yaml-syntax]
                a: "\\q"
                    ^
                """),
        Example(
            "an escape is too short",
            """
            a: "\\u12"

            """,
            reports: """
                a.yaml:1:7: error: the escape stands for no character [yaml-syntax]
                a: "\\u12"
                      ^
                """),
        Example(
            "something follows a closed quotation mark",
            """
            a: 'it''s' x

            """,
            reports: """
                a.yaml:1:12: error: no key of the mapping from line 1 begins here. Keys of one mapping begin in one column, and a text with quotes or brackets in it needs quotes. [yaml-syntax]
                a: 'it''s' x
                           ^
                """),
        Example(
            "something follows the end of the document",
            """
            a: 1
            ...
            b: 2

            """,
            reports: """
                a.yaml:3:1: error: nothing more was expected here: the document ends before [yaml-syntax]
                b: 2
                ^
                """),
        Example(
            "a list begins on the line of its key",
            """
            a: - b

            """,
            reports: """
                a.yaml:1:4: error: no list entry was expected here. A list begins on a line of its own. [yaml-syntax]
                a: - b
                   ^
                """),
        Example(
            "a value is missing before a comma",
            """
            a: [b, , c]

            """,
            reports: """
                a.yaml:1:8: error: a value is missing here [yaml-syntax]
                a: [b, , c]
                       ^
                """),
    ]
}
