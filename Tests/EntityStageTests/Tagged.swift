import SegmentStage
import StageKit
import TestSupport
import Text

@testable import EntityStage

/// Documents, read as they are, cut and tagged.
struct Tagged {
    let run: MemoryRun

    /// The first document's date is `date`, as a dateline of its own.
    init(_ texts: String..., date: String? = nil, options: [String: OptionValue] = [:]) async throws {
        let steps =
            try Step.prepare(PlainTextStage.self) + Step.prepare(SegmentStage.self)
            + Step.prepare(EntityStage.self, options: options)
        let head = date.map { "\($0)\n\n" } ?? ""
        let documents = texts.enumerated().map {
            MemoryRun.Document(DocumentFacts(id: "d\($0)"), source: Array((head + $1).utf8))
        }
        run = try await MemoryRun(StepGraph(steps), over: documents)
    }

    /// The mentions of a document with their texts, without the dateline.
    func mentions(_ document: Int = 0) throws -> [(text: String, mention: Mention)] {
        let layers = run.documents[document].layers
        let text = try layers.value(DocumentText.self)?.bytes ?? []
        return try layers.value(Mentions.self)?.mentions.map { (UTF8Decoding.string(text, $0.span), $0) } ?? []
    }

    /// The entities of the names of a document, in their order.
    func nameEntities(_ document: Int = 0) throws -> [String?] {
        try mentions(document).map(\.mention).filter(\.kind.isName).map(\.entity)
    }

    /// The entity of the first mention with this text.
    func entity(_ text: String, in document: Int = 0) throws -> String? {
        try mentions(document).first { $0.text == text }?.mention.entity
    }

    /// The kind of the first mention with this text.
    func kind(_ text: String, in document: Int = 0) throws -> Mention.Kind? {
        try mentions(document).first { $0.text == text }?.mention.kind
    }

    /// The decisions of the finish, by entity and form.
    func decisions() throws -> [EntityDecision] {
        try run.decisions["tag-entities.entities"]?.map { try EntityDecision(encoded: $0.value) } ?? []
    }
}
