import Testing
import Text

@Suite("Writing JSON")
struct JSONOutputTests {
    private func json(_ body: (inout JSONOutput) -> Void) -> String {
        var output = JSONOutput()
        body(&output)
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test("keys keep their order and commas stand only between")
    func nesting() {
        let text = json { output in
            output.object {
                $0.key("b")
                $0.array([1, 2]) { $0.integer($1) }
                $0.key("a")
                $0.object { _ in }
                $0.key("c")
                $0.null()
            }
        }
        #expect(text == #"{"b":[1,2],"a":{},"c":null}"#)
    }

    @Test("quotes, strokes and control characters are escaped, everything else is kept")
    func strings() {
        #expect(json { $0.string("a\"\\\n\t\r\u{1}é/😀") } == #""a\"\\\n\t\r\u0001é/😀""#)
    }

    @Test("numbers are written in their shortest form, and what JSON lacks as null")
    func numbers() {
        #expect(json { $0.number(3) } == "3")
        #expect(json { $0.number(0.1) } == "0.1")
        #expect(json { $0.number(-2.5) } == "-2.5")
        #expect(json { $0.number(.infinity) } == "null")
        #expect(json { $0.number(.nan) } == "null")
    }
}
