import Testing
import Text

@testable import StatisticsStage

@Suite struct WordTableTests {
    private func fold(_ word: String, language: String? = nil) -> String? {
        var table = WordTable(WordFolding(language: language))
        let bytes = Array(word.utf8)
        return table.insert(ByteSpan(0, bytes.count), of: bytes).map { String(decoding: table[$0], as: UTF8.self) }
    }

    @Test(
        "forms of one word are folded",
        arguments: [
            ("WALL", "wall"), ("Çanakkale", "çanakkale"), ("wall’s", "wall"), ("dockers'", "dockers"),
            ("don’t", "don't"), ("ΑΘΗΝΑ", "αθηνα"), ("har\u{AD}bour", "harbour"), ("'s", "'s"),
        ])
    func folding(word: String, folded: String) { #expect(fold(word) == folded) }

    @Test(
        "small letters are those of the language",
        arguments: [
            ("IŞIK", "tr", "ışık"), ("Işık", "tr-TR", "ışık"), ("İZMİR", "tr", "izmir"),
            ("I\u{307}zmir", "az", "izmir"),
            ("IŞIK", "de", "işik"), ("İzmir", "en", "izmir"), ("ΟΔΟΣ", "el", "οδος"), ("οδός", "el", "οδός"),
            ("ΣΟΦΟΣ", "en", "σοφος"), ("STRASSE", "de", "strasse"), ("Straße", "de", "straße"), ("ẞ", "de", "ß"),
        ])
    func languages(word: String, language: String, folded: String) { #expect(fold(word, language: language) == folded) }

    @Test("the hyphens of Unicode are those of ASCII")
    func hyphens() { #expect(fold("e\u{2011}mail") == "e-mail") }

    @Test("nothing is left of a soft hyphen")
    func nothing() { #expect(fold("\u{AD}") == nil) }

    @Test("words keep their numbers while the table grows")
    func growth() {
        var table = WordTable()
        for round in 0..<2 {
            for k in 0..<5000 {
                let word = Array("word\(k)".utf8)
                #expect(table.insert(ByteSpan(0, word.count), of: word) == k, "round \(round)")
            }
        }
        #expect(table.count == 5000)
        #expect(table[4999].elementsEqual("word4999".utf8))
    }

    @Test(
        "syllables follow groups of vowels, without a silent e",
        arguments: [
            ("wall", 1), ("harbour", 2), ("gave", 1), ("named", 1), ("wanted", 2), ("houses", 2), ("makes", 1),
            ("table", 2), ("the", 1), ("reported", 3), ("inquiry", 3), ("café", 2), ("hmm", 1), ("churches", 2),
        ])
    func syllables(word: String, count: Int) { #expect(Syllables.count(in: Array(word.utf8)[...]) == count) }
}
