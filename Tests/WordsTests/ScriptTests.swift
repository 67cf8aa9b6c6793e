import Testing

@testable import Words

/// Words whose capitals are not those of English.
@Suite("Words of other scripts and languages")
struct ScriptTests {
    private let fixture: WordsFixture

    init() throws {
        fixture = try WordsFixture([
            ("el.txt", "Η ΟΔΟΣ είναι κλειστή. Η οδός ανοίγει. Οι οδοί είναι στενές.", ["language": "el"]),
            ("tr.txt", "ISPARTA uzak. Isparta güzel. İstanbul kalabalık. Işık söndü. IŞIK yandı.", ["language": "tr"]),
            (
                "de.txt", "Die STRASSE ist lang. Die Straße ist breit. Das Maß ist voll, die Masse nicht.",
                ["language": "de"]
            ),
            ("en.txt", "Isparta is a town. The IRISH left.", ["language": "en"]),
        ])
    }

    @Test(
        "find takes capitals of all scripts for the same letters",
        arguments: [
            ("οδος", ["ΟΔΟΣ", "οδός"]), ("ΟΔΟΣ", ["ΟΔΟΣ", "οδός"]), ("οδό*", ["ΟΔΟΣ", "οδός", "οδοί"]),
            ("οδο?", ["ΟΔΟΣ", "οδός", "οδοί"]), ("/οδό[ςσ]/", ["ΟΔΟΣ", "οδός"]), ("[οδός]", ["ΟΔΟΣ", "οδός"]),
            ("isparta", ["Isparta", "ISPARTA", "Isparta"]), ("ışık", ["Işık", "IŞIK"]), ("istanbul", ["İstanbul"]),
            ("İSTANBUL", ["İstanbul"]), ("strasse", ["STRASSE", "Straße"]), ("Straße", ["STRASSE", "Straße"]),
            ("/stra(ß|ss)e/", ["STRASSE", "Straße"]), ("mass", ["Maß"]), ("maß*", ["Maß", "Masse"]),
            ("die stra*", ["Die STRASSE", "Die Straße"]),
        ])
    func folded(pattern: String, nodes: [String]) throws { #expect(try fixture.nodes(pattern) == nodes) }

    @Test(
        "as words are counted, capitals are those of the document's language, and diacritics count",
        arguments: [
            ("οδός", ["οδός"]), ("οδος", ["ΟΔΟΣ"]), ("οδοσ", []), ("ısparta", ["ISPARTA", "Isparta"]),
            ("isparta", ["Isparta"]), ("ışık", ["Işık", "IŞIK"]), ("istanbul", ["İstanbul"]), ("straße", ["Straße"]),
            ("strasse", ["STRASSE"]), ("irish", ["IRISH"]),
        ])
    func counted(term: String, nodes: [String]) throws {
        #expect(try fixture.find(term) { $0.folding = .term }.groups.flatMap(\.lines).map(\.node) == nodes)
        let counted = try fixture.database.searching { try WordFrequencies(by: nil, in: $0) }
        let found = counted.counts.first { counted.term($0.term) == term }
        #expect(found?.occurrences ?? 0 == nodes.count)
    }

    @Test("exact finds letters as they stand", arguments: [("ΟΔΟΣ", 1), ("Οδός", 0), ("Straße", 1), ("Isparta", 2)])
    func exact(pattern: String, count: Int) throws { #expect(try fixture.nodes(pattern, .exact).count == count) }
}
