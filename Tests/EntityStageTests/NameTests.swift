import StageKit
import Testing
import Text

@testable import EntityStage

@Suite("Names")
struct NameTests {
    @Test(
        "names are told by their words and by the words around them",
        arguments: [
            ("The Danish Interior Ministry said no.", "Danish Interior Ministry", Mention.Kind.organization),
            ("He studied at the University of Vienna then.", "University of Vienna", .organization),
            ("It happened in Damascus at night.", "Damascus", .place),
            ("They crossed Khorasan Province on foot.", "Khorasan Province", .place),
            ("The Danish president Mette Holm spoke.", "Mette Holm", .person),
            ("Nothing came of the talks, Maria Petersen said.", "Maria Petersen", .person),
            ("Nobody told Captain Tolliver about it.", "Tolliver", .person),
            ("The letter came from Piet van der Lunnet in spring.", "Piet van der Lunnet", .person),
            ("A call from Sean O'Brannoc woke her.", "Sean O'Brannoc", .person),
            ("They met in Sarajevo and in Lagos.", "Lagos", .place),
            ("The Kurds left the town.", "Kurds", .group),
            ("He fought in the Second World War as a boy.", "Second World War", .event),
            ("The office of Muqtada al-Hadi was shut.", "Muqtada al-Hadi", .person),
            (
                "It was the Office for Migration and Refugees that wrote.", "Office for Migration and Refugees",
                .organization
            ),
        ])
    func kinds(text: String, name: String, kind: Mention.Kind) async throws {
        let tagged = try await Tagged(text)
        #expect(try tagged.kind(name) == kind)
    }

    @Test("a word that only begins sentences is no name")
    func sentenceStart() async throws {
        let tagged = try await Tagged("Meanwhile it rained. Elsewhere it snowed. However, nobody came.")
        #expect(try tagged.mentions().isEmpty)
    }

    @Test("mentions come by their start and do not overlap")
    func order() async throws {
        let tagged = try await Tagged(
            "On 5 March 2024, Maria Petersen of the Danish Interior Ministry paid $5 million to 20 Danes.")
        let spans = try tagged.mentions().map(\.mention.span)
        #expect(spans.count >= 6)
        for (a, b) in zip(spans, spans.dropFirst()) { #expect(a.end <= b.start) }
    }
}
