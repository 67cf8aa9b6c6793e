import Testing
import Text

@Suite struct JSONOutputTests {
    @Test(
        "a string reads back as it was written",
        arguments: [
            "", "wall", "\"", "\\", "a\"b\\c\n\r\t\u{1}\u{1F}z", "Łódź 😀", "\n\n", String(repeating: "x\"", count: 99),
        ])
    func strings(text: String) throws {
        var output = JSONOutput()
        output.array([text, text]) { $0.string($1) }
        #expect(try JSONValue(parsing: output.bytes) == .array([.string(text), .string(text)]))
    }

    @Test("whole numbers of every size read back", arguments: [0, 7, 10, -1, -90, 1_234_567, Int.max, Int.min])
    func integers(value: Int) throws {
        var output = JSONOutput()
        output.array([value, value]) { $0.integer($1) }
        #expect(output.bytes == Array("[\(value),\(value)]".utf8))
    }

    @Test("a key that stands in the code is written as any other")
    func keys() throws {
        var fixed = JSONOutput()
        var other = JSONOutput()
        fixed.object { output in
            for _ in 0..<2 {
                output.key(fixed: "source_entity")
                output.null()
            }
        }
        other.object { output in
            for _ in 0..<2 {
                output.key("source_entity")
                output.null()
            }
        }
        #expect(fixed.bytes == other.bytes)
    }
}
