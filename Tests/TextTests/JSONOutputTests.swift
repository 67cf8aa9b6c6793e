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
}
