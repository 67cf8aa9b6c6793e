import Results
import StageKit
import TestSupport
import Testing

/// Documents with a layer of a user's own.
enum CustomSample {
    static func document(_ id: String, score: CustomLayer.Value, layer: LayerName = "mood", field: String = "Score")
        -> HandmadeDocument
    {
        let document = HandmadeDocument(id, "Één boat sank.")
        let annotations: [CustomLayer.Annotation] = [
            .init(document.span("boat"), [.init(field, score), .init("word", .string("b|oat"))]), .init(nil, []),
        ]
        document.layers.set(layer, bytes: CustomLayer(annotations).encoded)
        return document
    }
}

@Suite struct CustomTableTests {
    @Test("a layer of a user's own is a table with a column for each field")
    func columns() throws {
        let fixture = try ResultsFixture()
        try fixture.write([CustomSample.document("a.txt", score: .real(0.5))], layers: ["mood"])
        #expect(
            try fixture.rows(#"select document, n, start, "end", source_start, line, text, score, word from mood"#)
                == ["a.txt|0|4|8|6|1|boat|0.5|b|oat", "a.txt|1|-|-|-|-|-|-|-"])
    }

    @Test("a field that no annotation has any more leaves no column")
    func settled() throws {
        let fixture = try ResultsFixture()
        try fixture.write([CustomSample.document("a.txt", score: .bool(true))], layers: ["mood"])
        try fixture.write(
            [CustomSample.document("a.txt", score: .bool(true), field: "alpha")], fresh: false, layers: ["mood"])
        #expect(try fixture.rows("select name from pragma_table_info('mood') where cid > 7") == ["alpha", "word"])
    }

    @Test("a layer that the pipeline has no longer leaves no table")
    func dropped() throws {
        let fixture = try ResultsFixture()
        try fixture.write([CustomSample.document("a.txt", score: .integer(1))], layers: ["mood"])
        let digests = try fixture.write([], fresh: false)
        #expect(try fixture.rows("select name from sqlite_schema where name = 'mood'") == [])
        #expect(digests["mood"] == nil)
    }

    @Test("names that are taken are told apart")
    func takenNames() throws {
        let fixture = try ResultsFixture()
        let document = CustomSample.document("a.txt", score: .integer(7), layer: "digests", field: "END")
        try fixture.write([document], layers: ["digests"])
        #expect(try fixture.rows("select end_ from layer_digests where n = 0") == ["7"])
    }
}
