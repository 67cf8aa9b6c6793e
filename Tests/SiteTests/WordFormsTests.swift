import Testing

@testable import Site

@Suite struct WordFormsTests {
    @Test(
        "words are found without accents, and by what readers write for letters of their own",
        arguments: [
            ("Straße, STRASSE", ["strasse", "strasse"]), ("İlkay Işıkdere", ["ilkay", "isikdere"]),
            ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]), ("Łódź", ["lodz"]), ("cafés d’œuvre", ["cafes", "d", "oeuvre"]),
            ("don't", ["don", "t"]), ("港の壁", ["港", "の", "壁"]),
        ])
    func forms(text: String, words: [String]) {
        var forms = WordForms()
        var numbers: [Int32] = []
        forms.each(in: Array(text.utf8)[...]) { numbers.append($0) }
        #expect(numbers.map { forms.words[Int($0)] } == words)
    }
}
