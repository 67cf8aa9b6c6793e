import Testing

@testable import Words

@Suite("Forms of words")
struct LemmaTests {
    @Test(
        "the forms of a word follow rules, or a list",
        arguments: [
            ("wall", ["wall", "walls", "walled", "walling"]), ("say", ["say", "says", "said", "saying"]),
            ("stop", ["stop", "stops", "stopped", "stopping"]), ("city", ["city", "cities", "citied", "citying"]),
            ("make", ["make", "makes", "made", "making"]), ("box", ["box", "boxes", "boxed", "boxing"]),
            ("hope", ["hope", "hopes", "hoped", "hoping"]), ("hop", ["hop", "hops", "hopped", "hopping"]),
            ("visit", ["visit", "visits", "visited", "visiting"]),
            ("admit", ["admit", "admits", "admitted", "admitting"]),
            ("travel", ["travel", "travels", "travelled", "traveled", "travelling", "traveling"]),
            ("play", ["play", "plays", "played", "playing"]),
            ("die", ["die", "dies", "died", "dying"]), ("agree", ["agree", "agrees", "agreed", "agreeing"]),
            ("rain", ["rain", "rains", "rained", "raining"]), ("child", ["child", "children"]),
            ("fisherman", ["fisherman", "fishermans", "fishermen", "fishermaned", "fishermaning"]),
            ("fix", ["fix", "fixes", "fixed", "fixing"]), ("see", ["see", "sees", "saw", "seeing", "seen"]),
        ])
    func forms(lemma: String, forms: [String]) { #expect(Lemma.forms(of: lemma) == forms) }

    @Test(
        "the basic form of a word follows rules, or a list",
        arguments: [
            ("walls", "wall"), ("said", "say"), ("stopped", "stop"), ("cities", "city"), ("ties", "tie"),
            ("boxes", "box"), ("houses", "house"), ("hoping", "hope"), ("hopping", "hop"), ("visited", "visit"),
            ("opened", "open"), ("created", "create"), ("heated", "heat"), ("handled", "handle"), ("called", "call"),
            ("decided", "decide"), ("changed", "change"), ("dying", "die"), ("children", "child"), ("was", "be"),
            ("saw", "see"), ("leaves", "leave"), ("movies", "movie"), ("traveled", "travel"), ("agreed", "agree"),
            ("focused", "focus"), ("gases", "gas"), ("argued", "argue"), ("better", "good"),
            ("fishermen", "fisherman"), ("policemen", "policeman"),
        ])
    func basic(form: String, basic: String) { #expect(BasicForm.of(form) == basic) }

    @Test(
        "a word that only looks like a form of another one is its own",
        arguments: [
            "this", "during", "nothing", "always", "glass", "bus", "analysis", "bring", "need", "hundred", "morning",
            "evening", "red", "spring", "politics", "gas", "series", "police", "harbour", "specimen", "étudiants",
            "it's", "a1s",
            "",
        ])
    func own(word: String) { #expect(BasicForm.of(word) == word) }

    @Test("a word is among the forms of its basic form, for all words of the list")
    func consistent() {
        for words in Lemma.lists(Embedded.basicFormsEn.description) {
            for word in words.dropFirst() {
                #expect(BasicForm.of(word) == words[0])
                #expect(Lemma.forms(of: words[0]).contains(word), "\(words[0]): \(word)")
            }
        }
    }

    @Test("other languages have no basic forms, and a language that is not known is taken for English")
    func languages() {
        #expect(BasicForm.covers(language: nil) && BasicForm.covers(language: "en-GB"))
        #expect(!BasicForm.covers(language: "de") && !BasicForm.covers(language: "enm"))
    }
}
