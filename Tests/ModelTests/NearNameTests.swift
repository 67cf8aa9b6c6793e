import Testing

@testable import Model

@Suite("A slip of the pen leads to the name that was meant")
struct NearNameTests {
    @Test(
        "a near name is found",
        arguments: [
            ("gazeteer", "gazetteer"), ("tagentities", "tag-entities"), ("tag_entities", "tag-entities"),
            ("TITLE", "title"), ("titel", "title"), ("widnow", "window"), ("stage", "stages"),
            ("note-book", "notebook"),
        ])
    func near(_ written: String, _ meant: String) {
        let names = ["gazetteer", "tag-entities", "title", "window", "stages", "notebook"]
        #expect(NearName.hint(written, among: names) == "Did you mean '\(meant)'?")
    }

    @Test("what is far from every name leads nowhere", arguments: ["", "x", "clean", "wonder", "entities-of-the-tag"])
    func far(_ written: String) {
        #expect(NearName.of(written, among: ["gazetteer", "window", "to"]) == nil)
    }

    @Test("of equally near names the first by bytes is taken, whatever the order they come in")
    func ties() {
        #expect(NearName.of("cab", among: ["cat", "car", "can"]) == "can")
        #expect(NearName.of("cab", among: ["can", "cat", "car"]) == "can")
    }

    @Test("a name of a megabyte costs nothing")
    func long() {
        #expect(NearName.of(String(repeating: "a", count: 1 << 20), among: ["a"]) == nil)
    }

    @Test("neighbours that changed places are one step")
    func distance() {
        func distance(_ a: String, _ b: String) -> Int {
            NearName.distance(Array(a.unicodeScalars), Array(b.unicodeScalars))
        }
        #expect(distance("ab", "ba") == 1)
        #expect(distance("", "abc") == 3)
        #expect(distance("abc", "abc") == 0)
        #expect(distance("kitten", "sitting") == 3)
    }
}
