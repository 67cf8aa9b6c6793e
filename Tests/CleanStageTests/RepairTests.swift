import StageKit
import Testing
import Text

@testable import CleanStage

struct RepairTests {
    private func repaired(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let traced = TracedText(
            bytes: bytes,
            runs: bytes.isEmpty ? [] : [.init(length: bytes.count, source: ByteSpan(0, bytes.count), form: .verbatim)])
        return String(decoding: CharacterRepair.repaired(traced, references: true).bytes, as: UTF8.self)
    }

    /// `text` as UTF-8 that was read as Windows-1252.
    private func misread(_ text: String) -> String {
        CodePage.windows1252.decode(text.utf8)
    }

    @Test(
        "text that was misread once or twice is repaired",
        arguments: ["Çok güzel, değil mi?", "“It’s closed” – she said…", "Привет, мир", "naïve façade", "東京タワー"])
    func misread(text: String) {
        #expect(repaired(misread(text)) == text)
        #expect(repaired(misread(misread(text))) == text)
    }

    @Test(
        "sound text is not changed",
        arguments: [
            "Ça va ? «Très bien», dit-il – 20 £.", "SÃO PAULO – NÃO É", "A 5×£3 deal…", "Łódź, Škoda, Ærø, Þór",
            "„Grüße“",
            "Ä£Ä is a name", "2 ÷ 3 ≈ 0,67", "İstanbul’da ığdır", "Ένα, δύο – τρία",
        ])
    func sound(text: String) { #expect(repaired(text) == text) }

    @Test("references, invisible characters and ligatures are read out")
    func characters() {
        #expect(repaired("Tom &amp; J&eacute;r&#244;me &unknown; &#x201C;x") == "Tom & Jérôme &unknown; “x")
        #expect(repaired("so\u{AD}ft ze\u{200B}ro \u{FEFF}mark \u{FB01}sh a\u{1}b") == "soft zero mark fish ab")
    }

    @Test("joiners stay where they shape the script")
    func joiners() { #expect(repaired("می\u{200C}خواهم 👩\u{200D}🚀 a\u{200D}b") == "می\u{200C}خواهم 👩\u{200D}🚀 ab") }

    @Test(
        "text is brought to NFC",
        arguments: [("e\u{301}", "é"), ("\u{212B}", "Å"), ("\u{1100}\u{1161}\u{11A8}", "각"), ("a\u{323}\u{302}", "ậ")])
    func composed(parts: String, whole: String) {
        #expect(repaired(parts).unicodeScalars.elementsEqual(whole.unicodeScalars))
    }
}
