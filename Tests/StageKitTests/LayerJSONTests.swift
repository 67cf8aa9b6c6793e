import StageKit
import Testing
import Text

@Suite struct LayerJSONTests {
    private func json(_ name: LayerName, _ layers: LayerSet, text: String = "Łódź wall") throws -> String? {
        guard let write = try LayerJSON(layers, text: Array(text.utf8)).writer(name) else { return nil }
        var output = JSONOutput()
        write(&output)
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test("positions count code points")
    func positions() throws {
        let layers = LayerSet()
        layers.set(Tokens(spans: [ByteSpan(0, 7), ByteSpan(8, 12)], kinds: [.word, .word]))
        #expect(
            try json(Tokens.name, layers)
                == #"[{"start":0,"end":4,"kind":"word"},{"start":5,"end":9,"kind":"word"}]"#)
    }

    @Test("metadata is one object, and what is not there is nothing")
    func metadata() throws {
        let layers = LayerSet()
        layers.set(Metadata([.init("title", "A \"wall\"", .row)]))
        #expect(try json(Metadata.name, layers) == #"{"title":"A \"wall\""}"#)
        #expect(try json(Claims.name, layers) == nil)
    }

    @Test("the layer of a program is written as the program gave it")
    func custom() throws {
        let layers = LayerSet()
        let fields: [CustomLayer.Field] = [
            .init("score", .real(0.5)), .init("count", .integer(-2)), .init("word", .string("ź")),
            .init("sure", .bool(true)), .init("none", .null),
        ]
        layers.set("tone", bytes: CustomLayer([.init(ByteSpan(0, 7), fields), .init(nil, [])]).encoded)
        #expect(
            try json("tone", layers)
                == #"[{"start":0,"end":4,"score":0.5,"count":-2,"word":"ź","sure":true,"none":null},{}]"#)
    }

    @Test("bytes that are no layer are an error")
    func damaged() {
        let layers = LayerSet()
        layers.set("tone", bytes: [200])
        #expect(throws: LayerError.self) { try json("tone", layers) }
    }
}
