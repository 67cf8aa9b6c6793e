import Testing

@testable import Model

@Suite("A diagnostic is a message, the line and a caret")
struct DiagnosticRenderingTests {
    private func lines(_ source: String, column: Int, length: Int = 1) -> [String] {
        let position = SourcePosition(file: "a.yaml", line: 1, column: column, length: length)
        return Diagnostic("x", id: "y", at: position, sourceLine: source).rendered
            .split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map(String.init)
    }

    @Test("file, line, column, severity, message, hint and id stand in this order")
    func header() {
        let diagnostic = Diagnostic(
            "stage 'tag-entities' has no option 'gazeteer'", hint: "Did you mean 'gazetteer'?", id: "unknown-option",
            at: SourcePosition(file: "pipelines/border.yaml", line: 14, column: 7, length: 8),
            sourceLine: "      gazeteer: gazetteers/groups.yaml")
        #expect(
            diagnostic.rendered == """
                pipelines/border.yaml:14:7: error: stage 'tag-entities' has no option 'gazeteer'. Did you mean \
                'gazetteer'? [unknown-option]
                      gazeteer: gazetteers/groups.yaml
                      ^~~~~~~~
                """)
    }

    @Test("what is not known is left out")
    func parts() {
        #expect(Diagnostic("x", id: "y").rendered == "error: x [y]")
        #expect(Diagnostic("x", id: "y", severity: .note, at: SourcePosition(file: "a")).rendered == "a: note: x [y]")
        let line = Diagnostic(
            "x", id: "y", severity: .warning, at: SourcePosition(file: "a", line: 3), sourceLine: " b: 1")
        #expect(line.rendered == "a:3: warning: x [y]\n b: 1")
    }

    @Test("a tab stays a tab, above and below")
    func tabs() {
        #expect(lines("\ta:\tb", column: 5) == ["\ta:\tb", "\t  \t^"])
    }

    @Test("the caret stands below what is meant, however wide the letters are")
    func width() {
        #expect(lines("日本: x", column: 5) == ["日本: x", "      ^"])
        #expect(lines("cafe\u{301}: x", column: 8) == ["cafe\u{301}: x", "      ^"])
        #expect(lines("a: 日本", column: 4, length: 2) == ["a: 日本", "   ^~~~"])
    }

    @Test("what would move the cursor or turn the text is shown as a sign")
    func controls() {
        #expect(lines("a\u{1B}[31m\u{202E}b", column: 1)[0] == "a\u{FFFD}[31m\u{FFFD}b")
        #expect(Diagnostic("'a\nb'", id: "y").rendered == "error: 'a\u{FFFD}b' [y]")
    }

    @Test("a long line is cut at both ends, the caret still below what is meant")
    func longLine() {
        let source = String(repeating: "a", count: 500) + "XYZ" + String(repeating: "b", count: 500)
        let shown = lines(source, column: 501, length: 3)
        #expect(shown[0].hasPrefix("…a") && shown[0].hasSuffix("b…"))
        #expect(shown[0].count <= 162)
        let place = shown[1].prefix { $0 == " " }.count
        #expect(shown[0].dropFirst(place).hasPrefix("XYZ") && shown[1].hasSuffix("^~~"))
    }

    @Test("a line that is cut only behind begins as it is")
    func longTail() {
        let shown = lines("key: " + String(repeating: "a", count: 500), column: 1, length: 3)
        #expect(shown[0].hasPrefix("key: aaa") && shown[0].hasSuffix("a…"))
        #expect(shown[1] == "^~~")
    }

    @Test("a caret past the end of the line stands behind it")
    func pastEnd() {
        #expect(lines("abc", column: 4, length: 5) == ["abc", "   ^"])
        #expect(lines("", column: 9) == ["", "^"])
    }
}
