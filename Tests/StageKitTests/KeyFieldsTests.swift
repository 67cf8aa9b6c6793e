import StageKit
import TestSupport
import Testing

@Suite("The fields of a key")
struct KeyFieldsTests {
    private func fields(_ parts: [(String, String)]) -> KeyFields {
        var fields = KeyFields()
        for (tag, value) in parts { fields.add(tag, value) }
        return fields
    }

    @Test("the border between two fields counts, so joined texts never meet")
    func borders() {
        #expect(fields([("a", "bc")]).encoded != fields([("ab", "c")]).encoded)
        #expect(fields([("a", "b"), ("c", "d")]).encoded != fields([("a", "bcd")]).encoded)
        #expect(fields([("a", "")]).encoded != fields([]).encoded)
    }

    @Test("the order of the fields counts")
    func order() {
        #expect(fields([("a", "1"), ("b", "2")]).encoded != fields([("b", "2"), ("a", "1")]).encoded)
    }

    @Test("fields read back, so that two keys can be compared field by field")
    func roundTrip() throws {
        let written = fields([("step", "segment.cut"), ("option window", "\u{0}"), ("", "")])
        #expect(try KeyFields(encoded: written.encoded) == written)
        #expect(throws: LayerError.self) { try KeyFields(encoded: Array(written.encoded.dropLast())) }
    }

    @Test("values that look alike are not the same option")
    func optionKinds() {
        let values: [OptionValue] = [
            .null, .bool(false), .bool(true), .integer(0), .integer(1), .real(1), .string("1"), .string(""), .list([]),
            .list([.integer(1)]), .mapping([]), .mapping([OptionEntry("1", .null)]),
        ]
        #expect(Set(values.map(\.encoded)).count == values.count)
    }

    @Test("a file counts by its bytes, not by its path or the line on which it is named")
    func files() {
        let here = OptionValue.file(FileValue(path: "a.yaml", bytes: [1, 2], tree: .null))
        let there = OptionValue.file(FileValue(path: "b/a.yaml", bytes: [1, 2]))
        #expect(here.encoded == there.encoded)
        #expect(here.encoded != OptionValue.file(FileValue(path: "a.yaml", bytes: [1, 3])).encoded)
        #expect(
            OptionValue.mapping([OptionEntry("k", .null, line: 3)]).encoded
                == OptionValue.mapping([OptionEntry("k", .null, line: 9)]).encoded)
    }
}
