import SegmentStage
import StageKit
import Testing

/// In each text a stroke stands where a sentence ends and another begins.
@Suite("Languages")
struct LanguageTests {
    private func expectBorders(
        _ marked: String, _ language: String?, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = marked.split(separator: "|").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        let text = marked.split(separator: "|", omittingEmptySubsequences: false).joined()
        #expect(try Segmented(text, language: language).sentences == expected, sourceLocation: sourceLocation)
    }

    @Test(
        "German: abbreviations in parts, ordinals with a full stop, quotations",
        arguments: [
            "Sie kamen am 3. Mai in die Stadt. |Er blieb bis zum 5. Oktober 2021.",
            "Das gilt z. B. für den Hafen, d. h. für alle. |Niemand widersprach.",
            "Im 19. Jahrhundert war Ludwig XIV. schon lange tot. |Die Mauer stand.",
            "Er wohnt bei Fr. Dr. Kern in der Hafenstr. 5 usw. |Sie wohnt dort nicht.",
            "Sand, Kies usw. |Das alles fehlte.",
            "Der Preis stieg auf 12. |Das war zu viel.",
            "„Wir wussten es. |Niemand fragte uns“, sagte sie. |Dann ging sie.",
            "»Ja.« |Er schwieg.",
        ])
    func german(marked: String) throws { try expectBorders(marked, "de") }

    @Test(
        "French: M. is a title, marks stand apart, an article may begin a sentence",
        arguments: [
            "Hier, a dit M. Le Goff, le mur est tombé. |Personne n'a parlé.",
            "« Nous savions. » |Elle est partie.", "« Nous savions », dit-elle. |Puis elle est partie.",
            "Du sable, du gravier, etc. |L'Europe paie.",
            "Voir p. ex. la page 12. |C'est faux.", "Qui savait ? |Personne !",
        ])
    func french(marked: String) throws { try expectBorders(marked, "fr") }

    @Test(
        "Spanish: titles, p. ej., marks that open questions",
        arguments: [
            "El Sr. Orle vio a la Sra. Brandt. |No dijo nada.", "Falta todo, p. ej. la arena. |Nadie lo sabe.",
            "¿Quién lo sabía? |¡Nadie! |La pared era nueva.", "Cayó «de noche». |¿Por qué?",
        ])
    func spanish(marked: String) throws { try expectBorders(marked, "es") }

    @Test(
        "Italian and Portuguese: titles and companies",
        arguments: [
            ("it", "Il sig. Orle e la dott.ssa Brandt della Muro S.p.A. sono partiti. |Nessuno parla."),
            ("it", "Mancano sabbia, ghiaia ecc. |Il muro è caduto."),
            ("pt", "O Sr. Orle e a Dra. Brandt saíram às 5 h. |Ninguém falou."),
            ("pt", "Faltam areia, pedra etc. |O muro caiu."),
        ])
    func italianAndPortuguese(language: String, marked: String) throws { try expectBorders(marked, language) }

    @Test(
        "Dutch and Polish: abbreviations in the middle of a sentence, dates",
        arguments: [
            ("nl", "Dhr. Kern en mevr. Brandt kwamen o.a. voor de muur. |Niemand sprak."),
            ("nl", "Zand, grind enz. |De muur viel."),
            ("pl", "Mur runął 3. dnia o godz. 5 rano, tj. w nocy. |Nikt nie wiedział."),
            ("pl", "Byli tam m.in. prof. Kern i ks. Orle. |Potem wyszli."),
        ])
    func dutchAndPolish(language: String, marked: String) throws { try expectBorders(marked, language) }

    @Test(
        "Turkish: ordinals before names and small words, titles, suffixes behind an apostrophe",
        arguments: [
            "Duvar 3. Liman'da değil, 19. yüzyılda yapıldı. |Kimse bilmiyordu.",
            "Sn. Kern ve Doç. Dr. Orle geldi. |Sonra sustular.", "XIV. yüzyıl bitti. |Bu yenisi.",
            "Kum, çakıl vb. |Bu yetmedi.",
        ])
    func turkish(marked: String) throws { try expectBorders(marked, "tr") }

    @Test(
        "Russian: letters with a full stop, years and cities",
        arguments: [
            "В 2020 г. стена упала, т. е. её нет. |Никто не знал.", "Песок, камень и т. д. |Они молчали.",
            "Это ул. Портовая, д. 5. |Там живёт г-н Орле.", "«Мы знали. |Нас не спросили», — сказала она. |Потом ушла.",
        ])
    func russian(marked: String) throws { try expectBorders(marked, "ru") }

    @Test("Greek asks with a semicolon, whatever language is declared", arguments: ["el", "en", nil])
    func greek(language: String?) throws {
        try expectBorders("Ποιος το ήξερε; |Κανείς· ούτε ο Κερν. |Ο τοίχος έπεσε.", language)
    }

    @Test("Greek abbreviations")
    func greekAbbreviations() throws {
        try expectBorders("Ο κ. Κερν ήρθε, π.χ. χθες το βράδυ. |Κανείς δεν μίλησε.", "el")
    }

    @Test(
        "Arabic and Urdu: question marks, full stops, titles",
        arguments: [
            ("ar", "هل سقط الجدار؟ |نعم، قال د. كرن. |لا أحد يعرف."),
            ("ur", "دیوار گر گئی۔ |کون جانتا تھا؟ |کوئی نہیں۔"),
        ])
    func arabicScript(language: String, marked: String) throws { try expectBorders(marked, language) }

    @Test(
        "Chinese, Japanese, Hindi and Armenian have full stops of their own",
        arguments: [
            "墙倒了。|谁知道？|没有人！", "壁が倒れた。|「誰も知らなかった。」|彼は黙った。", "दीवार गिर गई। |कौन जानता था? |कोई नहीं।",
            "Պատը փլվեց։ |Ոչ ոք չգիտեր։",
        ])
    func farther(marked: String) throws { try expectBorders(marked, nil) }

    @Test("what is an ordinal in German ends a sentence in English")
    func english() throws {
        try expectBorders("He counted to 3. |Mai left.", "en")
        try expectBorders("He counted to 3. |Mai left.", nil)
        try expectBorders("Er ging am 3. Mai.", "de-AT")
    }
}

/// In each text a stroke stands between two tokens that no blank parts.
@Suite("Tokens of other languages")
struct LanguageTokenTests {
    @Test(
        "articles with an apostrophe, hyphens, ordinals and other scripts",
        arguments: [
            ("fr", "l'|Europe d’|abord aujourd'hui|."), ("it", "dell'|arte un'|ora|."), ("en", "o'clock d'Orle"),
            ("de", "Rhein-Main-Gebiet am 3. Mai"), ("ru", "из-за г-н."), ("tr", "Ankara'da 2. kat"),
            ("ca", "col·lecció"), ("ja", "タワー|が|倒|れ|た|。"), ("zh", "墙|倒|了|。"), ("es", "¿|Quién|?"),
        ])
    func tokens(language: String, marked: String) throws {
        let expected = marked.split { $0 == "|" || $0 == " " }.map(String.init)
        let text = marked.split(separator: "|").joined()
        #expect(try Segmented(text, language: language).tokens == expected)
    }

    @Test("a language without spaces is cut into words of some sort, and nothing is lost")
    func thai() throws {
        let found = try Segmented("กำแพงพังลง ไม่มีใครรู้", language: "th")
        #expect(found.tokens.joined() == "กำแพงพังลงไม่มีใครรู้")
    }
}
