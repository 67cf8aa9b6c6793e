import Model
import Testing

@testable import PipelineFile

@Suite("Bytes are text before they are YAML")
struct SourceTextTests {
    private func report(_ bytes: [UInt8]) -> String {
        PipelineFile.tree(bytes, name: "a.yaml").diagnostics.map(\.rendered).joined(separator: "\n")
    }

    @Test("a byte that belongs to no character is told with its line")
    func invalid() {
        #expect(
            report(Array("a: 1\nb: caf".utf8) + [0xE9] + Array("\n".utf8))
                == "a.yaml: error: the file is not UTF-8: byte 0xE9 on line 2. Save it as UTF-8. [not-utf8]")
        #expect(
            report([0x61, 0xF0, 0x9F, 0x98])
                == "a.yaml: error: the file is not UTF-8: byte 0xF0 on line 1. Save it as UTF-8. [not-utf8]")
    }

    @Test("UTF-16 is told by its mark, in both orders")
    func utf16() {
        let message = "a.yaml: error: the file is UTF-16, not UTF-8. Save it as UTF-8. [not-utf8]"
        #expect(report([0xFF, 0xFE, 0x61, 0x00]) == message)
        #expect(report([0xFE, 0xFF, 0x00, 0x61]) == message)
    }

    @Test("a control character is shown as a sign and named by its code")
    func control() {
        #expect(
            report(Array("a: 1\nb: x\u{7}y\n".utf8)) == """
                a.yaml:2:5: error: a control character (U+0007) is not allowed in a YAML file [control-character]
                b: x\u{FFFD}y
                    ^
                """)
    }

    @Test("bytes of zero point at a binary file")
    func zero() {
        #expect(
            report([0x61, 0x3A, 0x20, 0x00]) == """
                a.yaml:1:4: error: a control character (U+0000) is not allowed in a YAML file. The file may be binary, or \
                UTF-16 without its mark. [control-character]
                a: \u{FFFD}
                   ^
                """)
    }

    @Test("a byte order mark does not count as a column")
    func byteOrderMark() {
        #expect(
            report([0xEF, 0xBB, 0xBF] + Array("a: 1\na: 2".utf8)) == """
                a.yaml:2:1: error: key 'a' is written twice (first on line 1) [duplicate-key]
                a: 2
                ^
                """)
        #expect(report([0xEF, 0xBB, 0xBF] + Array("a: *b".utf8)).hasPrefix("a.yaml:1:4: "))
    }

    @Test("lines end with LF, CR LF or CR, and with nothing else", arguments: ["\n", "\r\n", "\r"])
    func lines(_ end: String) {
        let text = "a: \"x\u{2028}y\"\(end)\(end)b: 1\(end)é: *ü"
        let source = SourceText(name: "a.yaml", bytes: Array(text.utf8))
        let start = text.unicodeScalars.count - 2
        #expect(source.position(start, start + 9) == SourcePosition(file: "a.yaml", line: 4, column: 4, length: 2))
        #expect(source.line(4) == "é: *ü")
        #expect(source.line(2) == "")
        #expect(source.line(5) == nil)
    }

    @Test("a place past the end is the end")
    func pastEnd() {
        let source = SourceText(name: "a.yaml", bytes: Array("ab\ncd".utf8))
        #expect(source.position(5, 9) == SourcePosition(file: "a.yaml", line: 2, column: 3, length: 1))
        #expect(SourceText(name: "a.yaml", bytes: []).position(0, 1).line == 1)
    }
}
