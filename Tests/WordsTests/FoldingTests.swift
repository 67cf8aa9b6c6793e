import Testing

@testable import Words

@Suite("Folding of words")
struct FoldingTests {
    @Test(
        "neither capitals nor diacritics count",
        arguments: [
            ("Café", "cafe"), ("Straße", "strasse"), ("STRASSE", "strasse"), ("İstanbul", "istanbul"),
            ("ISPARTA", "isparta"), ("ışık", "isik"), ("ΟΔΟΣ", "οδοσ"), ("οδός", "οδοσ"), ("Łódź", "lodz"),
            ("Ångström", "angstrom"), ("naïve", "naive"), ("crème’s", "creme"), ("Ёлка", "елка"), ("мой", "мой"),
            ("e\u{301}tude", "etude"), ("co\u{AD}op", "coop"), ("œuvre", "oeuvre"), ("हिन्दी", "हिन्दी"),
        ])
    func folds(word: String, folded: String) {
        var folder = WordFolder(.folded)
        #expect(String(decoding: folder.folded(word), as: UTF8.self) == folded)
    }

    @Test("exact folding leaves letters alone and takes possessive endings off")
    func exact() {
        var folder = WordFolder(.exact)
        #expect(String(decoding: folder.folded("Café’s"), as: UTF8.self) == "Café")
        #expect(String(decoding: folder.folded("WALL'S"), as: UTF8.self) == "WALL")
    }

    @Test("as words are counted, I is the capital of ı in Turkish and of i elsewhere")
    func counted() {
        var folder = WordFolder(.term)
        let text = Array("ISPARTA".utf8)
        var output: [UInt8] = []
        folder.begin(language: "tr")
        folder.fold(0, text.count, of: text, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "ısparta")
        folder.begin(language: "en")
        folder.fold(0, text.count, of: text, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "isparta")
    }

    @Test("near words are those that differ in few letters, the frequent ones first")
    func near() {
        let words = [("harbour", 5), ("harbor", 2), ("barber", 9), ("harbours", 1), ("wall", 50)]
        #expect(NearWords.of("harbuor", among: words) == ["harbour", "harbor", "harbours"])
        #expect(NearWords.of("xylophone", among: words).isEmpty)
    }
}
