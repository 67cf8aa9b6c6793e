import Testing
import Text

@Suite struct JSONValueTests {
    @Test("every kind of value is read")
    func values() throws {
        let value = try JSONValue(
            parsing: Array(#" {"a":[1,-2.5,1e3,true,false,null,{}],"b":"\"\\\/\u00e9\ud83d\ude00\n","c":[]} "#.utf8))
        #expect(
            value["a"]
                == .array([.integer(1), .real(-2.5), .real(1000), .bool(true), .bool(false), .null, .object([])]))
        #expect(value["b"] == .string("\"\\/é😀\n"))
        #expect(value["c"] == .array([]))
        #expect(value["d"] == nil)
    }

    @Test(
        "what is not JSON is an error with its place",
        arguments: [
            ("", "ended where a value is expected", 0), ("{\"a\" 1}", "':' is expected", 5),
            ("[1,]", "a value is expected", 3), ("01", "more after the end of the value", 1),
            ("\"a", "a string is not closed", 2), ("\"\\ud800\"", "half of a surrogate pair", 7),
            ("{\"a\":1,\"a\":2}", "the key 'a' stands twice", 10), ("nul", "a value is expected", 0),
            ("1e999", "a number is too large", 5), ("NaN", "a value is expected", 0),
        ])
    func errors(text: String, summary: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(error?.summary == summary)
        #expect(error?.offset == offset)
    }

    @Test("deep nesting, bad UTF-8 and cut input are errors, never a crash")
    func hostile() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        let sound = Array(#"{"a":[1.5e-3,"\u00e9\ud83d\ude00",true,null]}"#.utf8)
        for k in sound.indices {
            #expect(throws: JSONError.self) { try JSONValue(parsing: Array(sound[..<k])) }
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7D, 0xFF] {
                var other = sound
                other[k] = byte
                _ = try? JSONValue(parsing: other)
            }
        }
    }

    @Test(
        "a code point leads to its byte and back",
        arguments: ["", "wall", "Łódź 😀 wall", String(repeating: "aé😀", count: 400)])
    func codePoints(text: String) {
        let bytes = Array(text.utf8)
        let offsets = CodePointOffsets(bytes)
        var byte = 0
        for (number, scalar) in text.unicodeScalars.enumerated() {
            #expect(offsets.byte(ofCodePoint: number) == byte)
            #expect(offsets.codePoints(before: byte) == number)
            byte += scalar.utf8.count
        }
        #expect(offsets.byte(ofCodePoint: offsets.count) == bytes.count)
        #expect(offsets.byte(ofCodePoint: offsets.count + 1) == nil)
        #expect(offsets.byte(ofCodePoint: -1) == nil)
    }
}
