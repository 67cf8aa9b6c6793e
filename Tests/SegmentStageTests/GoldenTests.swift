import SegmentStage
import StageKit
import TestSupport
import Testing

/// Invented texts of several kinds with their sentences and quotations, as files that a reader can go through.
@Suite("Golden texts")
struct GoldenTests {
    @Test(
        "sentences and quotations of texts of several kinds",
        arguments: ["news", "interview", "message", "verse", "german", "french", "turkish"])
    func texts(name: String) throws {
        let (language, paragraphs) = try #require(Self.texts[name])
        let found = try Segmented(paragraphs, language: language)
        var lines = found.sentences.map { "S " + $0.replacing("\n", with: " / ") }
        for (quotation, words) in zip(found.quotations, found.quoted) {
            let closed = quotation.closed ? "" : ", open"
            lines.append(
                "Q [\(quotation.form.label), \(quotation.depth)\(closed)] " + words.replacing("\n", with: " / "))
        }
        Golden.expect(lines.joined(separator: "\n") + "\n", matches: name + ".txt")
    }

    private static let texts: [String: (language: String, paragraphs: [String])] = [
        "news": (
            "en",
            [
                "Quay at Tolmouth closed after crane fault", "TOLMOUTH, March 4 - The quay was closed at 6.40 a.m.",
                "“We heard it first. It sounded like a train,” said Dr. A. L. Fenwick of Fenwick & Daughters Ltd. "
                    + "The firm’s “safety week” had ended on Sunday.",
                "The harbour master told reporters:",
                "I have closed the quay until the engineers have seen it. We can't say when it will open again.",
                "The crane weighs approx. 42.5 t (see p. 3) and was bought for $1.2m in 2009. Nobody was hurt.",
            ]
        ),
        "interview": (
            "en",
            [
                "When did you see it?", "Well ... I don't know. About five? It was dark.",
                "“He said to me, ‘Don’t touch that!’ and I didn’t,” she recalls. “Not once.",
                "“Afterwards nobody asked.”", "Fenwick left the firm in the '90s; his sons' boat was sold.",
            ]
        ),
        "message": (
            "en",
            [
                "From: Ada Fenwick <ada@fenwick.example.org> 03/04/2021 09:12 AM Dear all,",
                "who has the keys? the office is shut. Send them to me :) Nobody else has any.",
                "1) the small key 2) the big key", "Best regards, Ada", "See https://fenwick.example.org/keys.",
            ]
        ),
        "verse": ("en", ["The tide goes out,\nthe tide comes in;\nWho counts the boats?\nNot I, the wind."]),
        "german": (
            "de",
            [
                "Der Kran fiel am 4. März um 6.40 Uhr, d. h. vor der Frühschicht.",
                "„Wir hörten es zuerst. Es klang wie ein Zug“, sagte Fr. Dr. Fenwick. »Ja«, sagte ihr Sohn.",
                "Im 20. Jahrhundert gab es hier z. B. drei Kräne, Boote usw. Der letzte blieb.",
            ]
        ),
        "french": (
            "fr",
            [
                "La grue est tombée hier, a dit M. Le Goff. L'homme l'avait vue.",
                "« Nous l'avons entendue. C'était comme un train », dit Mme Fenwick. « Et puis ? » Rien.",
            ]
        ),
        "turkish": (
            "tr",
            [
                "Vinç 4. Mart'ta, saat 6.40'ta düştü. Doç. Dr. Fenwick oradaydı.",
                "“Önce biz duyduk. Tren gibiydi,” dedi. 20. yüzyılda burada üç vinç vardı.",
            ]
        ),
    ]
}
