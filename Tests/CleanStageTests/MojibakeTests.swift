import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("UTF-8 that was misread, as it is found")
struct MojibakeTests {
    private func repaired(_ text: String) -> String {
        var traced = TracedText()
        traced.append(text.utf8, from: ByteSpan(0, text.utf8.count), .verbatim)
        return String(decoding: CharacterRepair.repaired(traced, references: false).bytes, as: UTF8.self)
    }

    @Test(
        "what was taken apart after it was misread is repaired",
        arguments: [
            ("Le cafA\u{303}© A\u{303}©tait fermA\u{303}©", "Le café était fermé"),
            ("NiA\u{303}±o pequeA\u{303}±o", "Niño pequeño"),
            ("GrA\u{303}¼A\u{303}Y\u{308}e aus KA\u{303}¶ln", "Grüße aus Köln"),
            ("MA\u{303}¼ller und SA\u{303}¶hne", "Müller und Söhne"),
            ("La\u{302}€™A\u{303}©tA\u{303}© A\u{303}\u{A0} OrlA\u{303}©ans", "L’été à Orléans"),
        ])
    func decomposed(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "misread words beside sound ones is repaired",
        arguments: [
            ("Le café et le cafÃ©", "Le café et le café"),
            ("Société gÃ©nÃ©rale – l’école", "Société générale – l’école"),
            ("“Yes” and â€œnoâ€\u{9D}", "“Yes” and “no”"),
            ("Å\u{A0}Ã¡rka řekla, že Å™eka je čistá", "Šárka řekla, že řeka je čistá"),
            ("naÃƒÂ¯ve and cafÃ©", "naïve and café"),
        ])
    func mixed(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "text that was misread up to four times is repaired",
        arguments: [
            ("Le cafÃƒÂ© ÃƒÂ©tait fermÃƒÂ©", "Le café était fermé"),
            ("Le cafÃƒÆ’Ã‚Â© ÃƒÆ’Ã‚Â©tait fermÃƒÆ’Ã‚Â©", "Le café était fermé"),
            ("Le cafÃƒÆ’Ã†â€™Ãƒâ€šÃ‚Â© ÃƒÆ’Ã†â€™Ãƒâ€šÃ‚Â©tait fermÃƒÆ’Ã†â€™Ãƒâ€šÃ‚Â©", "Le café était fermé"),
            ("ItÃ¢â‚¬â„¢s Ã¢â‚¬Å“doneÃ¢â‚¬Â\u{9D}", "It’s “done”"),
            ("ItÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢s ÃƒÂ¢Ã¢â€šÂ¬Ã…â€œdoneÃƒÂ¢Ã¢â€šÂ¬Ã‚Â\u{9D}", "It’s “done”"),
            (
                "ItÃƒÆ’Ã‚Â¢ÃƒÂ¢Ã¢â‚¬Å¡Ã‚Â¬ÃƒÂ¢Ã¢â‚¬Å¾Ã‚Â¢s ÃƒÆ’Ã‚Â¢ÃƒÂ¢Ã¢â‚¬Å¡Ã‚Â¬Ãƒâ€¦Ã¢â‚¬Å“doneÃƒÆ’Ã‚Â¢ÃƒÂ¢Ã¢â‚¬Å¡Ã‚Â¬Ãƒâ€šÃ‚Â\u{9D}",
                "It’s “done”"
            ),
            ("Ã\u{90}Å¸Ã‘â‚¬Ã\u{90}Â¸Ã\u{90}Â²Ã\u{90}ÂµÃ‘â€š, Ã\u{90}Â¼Ã\u{90}Â¸Ã‘â‚¬", "Привет, мир"),
            (
                "ÃƒÂ\u{90}Ã…Â¸Ãƒâ€˜Ã¢â€šÂ¬ÃƒÂ\u{90}Ã‚Â¸ÃƒÂ\u{90}Ã‚Â²ÃƒÂ\u{90}Ã‚ÂµÃƒâ€˜Ã¢â‚¬Å¡, ÃƒÂ\u{90}Ã‚Â¼ÃƒÂ\u{90}Ã‚Â¸Ãƒâ€˜Ã¢â€šÂ¬",
                "Привет, мир"
            ),
            ("AÃ„Å¸rÃ„Â± daÃ„Å¸Ã„Â±", "Ağrı dağı"),
            ("AÃƒâ€žÃ…Â¸rÃƒâ€žÃ‚Â± daÃƒâ€žÃ…Â¸Ãƒâ€žÃ‚Â±", "Ağrı dağı"),
            (
                "AÃƒÆ’Ã¢â‚¬Å¾Ãƒâ€¦Ã‚Â¸rÃƒÆ’Ã¢â‚¬Å¾Ãƒâ€šÃ‚Â± daÃƒÆ’Ã¢â‚¬Å¾Ãƒâ€¦Ã‚Â¸ÃƒÆ’Ã¢â‚¬Å¾Ãƒâ€šÃ‚Â±",
                "Ağrı dağı"
            ),
            ("ÃƒÂ©tÃ©", "été"),
        ])
    func layers(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "text that lost bytes on the way is repaired",
        arguments: [
            ("â€œIt is shut,â€ she said. â€œQuite.â€", "“It is shut,” she said. “Quite.”"),
            ("â€œIt is shutâ€\u{FFFD} she said.", "“It is shut\u{FFFD} she said."),
            ("â€œIt is shutâ€?, she said, â€œquiteâ€?.", "“It is shut”, she said, “quite”."),
            ("The keeper donâ??t know", "The keeper don’t know"),
        ])
    func lossy(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "an `à` whose second half became a blank is repaired",
        arguments: [
            ("voilÃ  tout, dÃ©jÃ  vu", "voilà tout, déjà vu"),
            ("voilÃ tout, dÃ©jÃ vu", "voilà tout, déjà vu"),
            ("Ã  la plage, prÃ¨s dâ€™ici", "à la plage, près d’ici"),
            (
                "la pÃ gina Ã©s aixÃ\u{AD}, ja ho serÃ  demÃ .\u{A}I la mÃ quina serÃ  aquÃ\u{AD}.",
                "la pàgina és així, ja ho serà demà.\u{A}I la màquina serà aquí."
            ),
        ])
    func blank(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "text that was misread in other encodings, or in one line of several is repaired",
        arguments: [
            ("Le caf√© de l‚Äô√©cole", "Le café de l’école"),
            ("It‚Äôs ‚Äúdone‚Äù ‚Äì now", "It’s “done” – now"),
            ("ItΓÇÖs ΓÇ£doneΓÇ¥", "It’s “done”"),
            ("Le caf├® de lÔÇÖ├®cole", "Le café de l’école"),
            ("РџСЂРёРІРµС‚, РјРёСЂ! Р\u{AD}С‚Рѕ РїРѕСЂС‚.", "Привет, мир! Это порт."),
            ("Itâ€™s â€śdoneâ€ť", "It’s “done”"),
            ("Le cafÃ© est fermÃ©.\u{A}“LÃ\u{A0}” – dit-il", "Le café est fermé.\u{A}“Là” – dit-il"),
        ])
    func other(garbled: String, right: String) {
        let read = repaired(garbled).replacing("\u{A0}", with: " ")
        #expect(Array(read.utf8) == Array(right.utf8), "\(read)")
    }

    @Test(
        "sound text that looks like it is not changed",
        arguments: [
            "Bremer – DrÃ¥ber",
            "IRMÃ de São Paulo",
            "x√π and caf√ of y",
            "Сёма и Рівне, Сім’я",
            "‚Ärger‘ im Haus",
            "The letter Ã is rare",
            "NÃO É",
            "«Â» et «Ã»",
            "Ä“hm”",
            "prix: 5 €, à côté",
            "Û?? well",
            "La pâ?? te",
            "┌─┐ a├──┤b",
            "Ôçö",
            "Île-de-France, Œuvre, Ýmir",
            "Рёв Сёстры Рі",
            "f(x) = a√©? no",
        ])
    func sound(text: String) { #expect(Array(repaired(text).utf8) == Array(text.utf8), "\(repaired(text))") }
}
