import Testing

@testable import EntityStage

@Suite("Acronyms")
struct AcronymTests {
    @Test(
        "letters stand for the beginnings of words",
        arguments: [
            ("sdf", "syrian democratic forces", true), ("mit", "milli istihbarat teskilati", true),
            ("sohr", "syrian observatory for human rights", true), ("mit", "national intelligence organization", false),
            ("iskp", "islamic state", false),
        ])
    func letters(acronym: String, name: String, fits: Bool) {
        #expect(Acronym.abbreviates(acronym, name.split(separator: " ")) == fits)
    }
}
