import Foundation
@_spi(_Unicode) import Swift
import Testing
import Text

@Suite("Unicode's Normalization Form C")
struct NFCTests {
    /// Every scalar that is assigned, in portions.
    private static let portions: [[Unicode.Scalar]] = {
        let scalars = (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init).filter {
            ![.unassigned, .privateUse, .surrogate].contains($0.properties.generalCategory)
        }
        let all = Array(scalars)
        return stride(from: 0, to: all.count, by: 512).map { Array(all[$0..<min($0 + 512, all.count)]) }
    }()

    @Test(
        "every assigned scalar comes out as Swift has it: alone, behind a letter with marks after it, and decomposed",
        arguments: ["alone", "with marks", "decomposed"])
    func everyScalar(how: String) {
        #expect(Self.portions.count > 300)
        for portion in Self.portions {
            let texts = portion.map { scalar in
                switch how {
                case "alone": "x\(scalar)y"
                case "with marks": "e\(scalar)\u{323}\u{301}"
                default: String(scalar).decomposedStringWithCanonicalMapping + "y"
                }
            }
            for text in texts where Self.form(text) != Array(String(String.UnicodeScalarView(text._nfc)).utf8) {
                Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) }) gives \(Self.form(text))")
            }
            // On Linux, Foundation takes some scalars beyond U+FFFF for letters when marks follow, and lacks newer marks.
            guard how != "with marks" else { continue }
            let all = texts.joined(separator: "\n")
            #expect(Self.form(all) == Array(all.precomposedStringWithCanonicalMapping.utf8))
        }
    }

    private static func form(_ text: String) -> [UInt8] { NFC.normalized(Array(text.utf8)) ?? Array(text.utf8) }

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
