package import StageKit

/// Documents that a stage has to survive, each named for what is hard about it.
package enum HostileDocuments {
    /// All of them.
    package static func all() -> [MemoryRun.Document] {
        texts().map { name, text in
            MemoryRun.Document(DocumentFacts(id: name, folder: "outlet"), source: Array(text.utf8))
        }
    }

    private static func texts() -> [(name: String, text: String)] {
        let sentence = "Mayor Ana Brandt said on 3 May 2021 that “between 40 and 50 people” were hurt. "
        var large = ""
        while large.utf8.count < 1 << 20 { large += sentence + "Others deny it.\n\n" }
        return [
            ("empty", ""),
            ("blank", " \n\t\n\u{A0}\u{2003}\n\n"),
            ("one megabyte", large),
            ("one line", String(repeating: sentence, count: 3000)),
            ("one word", String(repeating: "Donaudampfschiff", count: 8000)),
            ("dots", String(repeating: "ab.", count: 40_000)),
            ("hyphens", String(repeating: "1-", count: 40_000) + "a"),
            ("opening marks", String(repeating: "“‘(\"", count: 8000)),
            ("marks that never meet", String(repeating: " ‘a” ", count: 8000)),
            ("right to left", "قال الوزير: «لم نكن نعلم». هل هذا صحيح؟ نعم!\n\nאמר השר: \"לא ידענו\". (12.5.2021)"),
            ("emoji", "👩‍👩‍👧‍👦 said 👍🏽! 🇹🇷🇩🇪🇫 ☠️… ‘🙂’ #️⃣ 1️⃣ \u{200D}\u{FE0F}\u{200D}"),
            ("punctuation", "?!.,;:—–-…\"'“”‘’«»()[]{}<>/\\|@#$%^&*_+=~`¿¡§"),
            ("combining marks", "a\u{301}\u{302}\u{303} Z\u{335}\u{341}a\u{327}lgo \u{301}\u{301} e\u{301}. \u{1AB0}N"),
            ("CRLF", "One.\r\n\r\nTwo said:\r\n\r\n“Three.\r\n\r\n“Four.”\r\nFive\rSix\r\n"),
            ("mixed scripts", "Москва said «да». Αθήνα: „ναι“; 東京「はい」。İstanbul’da ılık. ﬁn. Ω≈ç√ 한국어 문장."),
            ("controls", "a\u{0}b\u{1}\u{7F}\u{85}\u{2028}c\u{2029}\u{FEFF}d\u{FFFD}\u{FFFE}. E"),
            ("numbers", "1,,2..3 --4-- 5.6.7,8:9/0 $-1 €1.234,56 99999999999999999999999999999999 %% 1e400 30/02/2021"),
            ("dates", "0 BC, 31 February 99999, the 0th of May, -1 years ago, between 9999999999 and 1, week 54"),
            (
                "links",
                "http:// https://a..b @ @@x #a# mailto: www. a@b@c x@ http://\(String(repeating: "a/", count: 900))"
            ),
        ]
    }
}
