package import StageKit
import Text

/// Three short documents about one invented affair, with every layer that results hold.
package enum HandmadeCorpus {
    /// In order of their ids.
    package static let documents = [ferry, harbour, telegram]

    /// What was decided on the forms of names.
    package static let decisions: [(key: FoldKey, decision: EntityDecision)] = [
        (FoldKey("Mira Šostak"), person("first form")),
        (FoldKey("Šostak"), person("surname of Mira Šostak")),
        (
            FoldKey("Harbour Board"),
            EntityDecision(
                entity: "organization:harbour-board", name: "Harbour Board", kind: .organization, reason: "first form")
        ),
    ]

    /// In an English newspaper, with a head that is no part of the text.
    package static let harbour: HandmadeDocument = {
        let document = HandmadeDocument(
            "corpus/harbour.txt",
            """
            The Harbour Board says at least 50 crates were lost. It rained on 3 May 2024.

            “Nobody warned us,” Mira Šostak said. The board denies it was told. \
            “Nobody warned us,” Mira Šostak said.
            """,
            head: "Give today!\nDaily Lamp\n\n",
            metadata: [
                .init("title", "What the Harbour | Board *knew*", .page), .init("date", "2024-05-04", .page),
                .init("publisher", "Daily Lamp", .row), .init("language", "en", .text),
            ],
            removed: [("Give today!", "donation request")])
        document.layers.set(
            Quotations([
                .init(
                    document.span("“Nobody warned us,”"), content: document.span("Nobody warned us,"), form: .marked,
                    closed: true)
            ]))
        document.layers.set(
            Mentions([
                Mention(document.span("Harbour Board"), .organization, entity: "organization:harbour-board"),
                Mention(
                    document.span("at least 50 crates"), .quantity,
                    value: .quantity(QuantityValue(50, lower: 50, upper: nil, noun: "crates"))),
                Mention(
                    document.span("3 May 2024"), .date,
                    value: .date(DateValue("2024-05-03", lower: "2024-05-03", upper: "2024-05-03"))),
                Mention(document.span("Mira Šostak"), .person, entity: "person:mira-sostak"),
                Mention(document.span("Mira Šostak", 1), .person, entity: "person:mira-sostak"),
            ]))
        let lost = "The Harbour Board says at least 50 crates were lost."
        document.layers.set(
            Claims([
                Claim(
                    document.span(lost), source: document.span("The Harbour Board"), sourceMention: 0,
                    sourceEntity: "organization:harbour-board", cue: document.span("says"),
                    content: [document.span("at least 50 crates were lost")], form: .indirect, stance: .asserted),
                warning(in: document, 0), warning(in: document, 1),
            ]))
        document.layers.set(
            Links([
                .init(
                    claim: 0, document: "corpus/telegram.txt",
                    other: document.reference("Officials said 44 crates were lost."), relation: .disputes, score: 810,
                    reason: "figures differ: at least 50 / 44 crates")
            ]))
        return document
    }()

    /// In a wire service's words.
    package static let telegram: HandmadeDocument = {
        let document = HandmadeDocument(
            "corpus/telegram.txt", "Officials said 44 crates were lost. Šostak was not at the wall.",
            metadata: [
                .init("title", "Toll", .frontMatter), .init("date", "2024-06-01", .frontMatter),
                .init("publisher", "Wire", .row),
            ])
        document.layers.set(
            Mentions([
                Mention(
                    document.span("44 crates"), .quantity,
                    value: .quantity(QuantityValue(44, lower: 44, upper: 44, noun: "crates"))),
                Mention(document.span("Šostak"), .person, entity: "person:mira-sostak"),
            ]))
        let lost = "Officials said 44 crates were lost."
        document.layers.set(
            Claims([
                Claim(
                    document.span(lost), source: document.span("Officials"), cue: document.span("said"),
                    content: [document.span("44 crates were lost")], form: .indirect, stance: .asserted)
            ]))
        document.layers.set(
            Links([
                .init(
                    claim: 0, document: "corpus/harbour.txt",
                    other: document.reference("The Harbour Board says at least 50 crates were lost."),
                    relation: .disputes, score: 810, reason: "figures differ: at least 50 / 44 crates")
            ]))
        return document
    }()

    /// Without a date or a publisher, and without anything said.
    package static let ferry = HandmadeDocument("corpus/ferry.txt", "The ferry runs again.")

    private static func person(_ reason: String) -> EntityDecision {
        EntityDecision(entity: "person:mira-sostak", name: "Mira Šostak", kind: .person, reason: reason)
    }

    private static func warning(in document: HandmadeDocument, _ occurrence: Int) -> Claim {
        let span = document.span("“Nobody warned us,” Mira Šostak said.", occurrence)
        func inside(_ words: String) -> ByteSpan { document.span(words, occurrence) }
        return Claim(
            span, source: inside("Mira Šostak"), sourceMention: 3 + occurrence, sourceEntity: "person:mira-sostak",
            cue: inside(" said"), content: [inside("“Nobody warned us,”")], form: .direct, stance: .asserted,
            negated: true)
    }
}
