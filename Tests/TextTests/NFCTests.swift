import Testing
import Text

struct NFCTests {
    @Test(
        "text is composed, ordered and freed of what the form excludes",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("a\u{302}\u{323}", "\u{1EAD}"),
            ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{F900}", "\u{8C48}"), ("\u{958}", "\u{915}\u{93C}"),
            ("\u{6717}\u{329}\u{F75}", "\u{6717}\u{F71}\u{F74}\u{329}"),
        ])
    func normalized(text: String, form: String) {
        #expect(NFC.normalized(Array("x\(text)y".utf8)) == Array("x\(form)y".utf8))
    }

    @Test(
        "text in the form is left alone", arguments: ["plain", "Çok güzel – “öyle mi?”", "한국어", "q\u{323}\u{307}", ""])
    func unchanged(text: String) { #expect(NFC.normalized(Array(text.utf8)) == nil) }
}
