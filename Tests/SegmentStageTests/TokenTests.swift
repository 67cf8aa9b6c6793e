import SegmentStage
import StageKit
import Testing

/// In each text a stroke stands between two tokens that no blank parts.
@Suite("Tokens")
struct TokenTests {
    private func expectTokens(
        _ marked: String, language: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = marked.split { $0 == " " || $0 == "|" }.map(String.init)
        let text = marked.split(separator: "|").joined()
        #expect(try Segmented(text, language: language).tokens == expected, sourceLocation: sourceLocation)
    }

    @Test(
        "contractions and possessives are one token on the surface",
        arguments: ["Don't go|.", "It’s Kern's wall|, the workers' wall|.", "'Tis said|.", "in the '90s|."])
    func apostrophes(marked: String) throws { try expectTokens(marked) }

    @Test(
        "hyphens part words, but not what is no word by itself",
        arguments: [
            "a well|-|known man", "the pre-war|, non-state co-owner", "an e-mail",
            "18|-|fold", "H2O-esque",
        ])
    func hyphens(marked: String) throws { try expectTokens(marked) }

    @Test(
        "numbers keep their separators and lose units, signs and ranges",
        arguments: [
            "1,000|.", "3.5|%", "$|20|m", "US$|5", "10|-|15", "10|–|15", "5|km", "5|pm",
            "the 4th of 1990s",
            "05/03/2024 12:30|.", "303-832-8160", "1|,|2|,|3", "€|5",
        ])
    func numbers(marked: String) throws { try expectTokens(marked) }

    @Test("in languages with a decimal comma it belongs to the number")
    func decimalComma() throws {
        try expectTokens("3,5 km", language: "de-AT")
        try expectTokens("3|,|5 km", language: "en")
    }

    @Test(
        "addresses are one token",
        arguments: [
            "(|http://a.example.org/x_(y)?q=1|)|.", "ana.b@example.org|,", "@harbour #wall|!", "www.example.org|?",
            "alt.harbour.walls|.", "doi.example.com|)",
        ])
    func addresses(marked: String) throws { try expectTokens(marked) }

    @Test("runs of marks are one token, brackets and quotation marks stand alone")
    func marks() throws { try expectTokens("What|?! (|“|No|…|”|) -- well|...") }

    @Test("and/or is cut, b/c is not")
    func strokes() throws { try expectTokens("and|/|or b/c w/ him|/|her") }

    @Test(
        "a hyphen at which no line breaks is a hyphen",
        arguments: ["re\u{2011}enter the e\u{2011}mail", "well|\u{2011}|known"])
    func wideHyphens(marked: String) throws { try expectTokens(marked) }

    @Test("a variation selector belongs to the sign before it and is no word")
    func variationSelectors() throws {
        try expectTokens("✌\u{FE0F} ❤\u{FE0F} 1\u{FE0F}\u{20E3} 1|✌🏽 fine")
        let alone = try Segmented("so \u{FE0F} fine")
        #expect(alone.tokens == ["so", "fine"])
        let loose = try Segmented("an accent \u{301} alone")
        #expect(loose.kinds == [.word, .word, .symbol, .word])
    }

    @Test("emoji with their joiners and flags are one token each")
    func emoji() throws { try expectTokens("👩‍👩‍👧‍👦|👍🏽 🇹🇷|🇩🇪") }

    @Test("each token has its kind")
    func kinds() throws {
        let found = try Segmented("Kern's 5 % of a.b@example.org fell, e.g. €3!")
        #expect(
            found.kinds == [
                .word, .number, .symbol, .word, .address, .word, .punctuation, .word, .symbol, .number, .punctuation,
            ])
    }
}
