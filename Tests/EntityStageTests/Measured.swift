import CleanStage
import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

@testable import EntityStage

/// The dates and quantities of a text in a language, dated Monday, 19 January 2026.
struct Measured {
    let mentions: [(text: String, mention: Mention)]

    init(_ text: String, language: String = "en") async throws {
        let head = "---\nlanguage: \(language)\ndate: 2026-01-19\n---\n\n"
        let steps =
            try Step.prepare(CleanStage.self) + Step.prepare(SegmentStage.self) + Step.prepare(EntityStage.self)
        let document = MemoryRun.Document(
            DocumentFacts(id: "d", folder: "outlet", format: .markdown), source: Array((head + text).utf8))
        let layers = try await MemoryRun(StepGraph(steps), over: [document]).documents[0].layers
        let bytes = try layers.value(DocumentText.self)?.bytes ?? []
        mentions =
            try layers.value(Mentions.self)?.mentions.filter { !$0.kind.isName }
            .map { (UTF8Decoding.string(bytes, $0.span), $0) } ?? []
    }

    /// The mention as a line: what was found, its kind, its value.
    func line(_ found: String) -> String {
        guard let mention = mentions.first(where: { $0.text == found })?.mention else {
            return "not among \(mentions.map(\.text))"
        }
        switch mention.value {
        case .date(let date): return "\(mention.kind.label) \(date.iso)"
        case .quantity(let value) where !value.iso.isEmpty: return "\(mention.kind.label) \(value.iso)"
        case .quantity(let value): return "\(mention.kind.label) \(Self.text(value))"
        default: return "\(mention.kind.label) without a value"
        }
    }

    /// `50.. people`, `10..15 km`, `~1400 gulls`
    private static func text(_ value: QuantityValue) -> String {
        func text(_ number: Double) -> String {
            let rounded = (number * 1000).rounded() / 1000
            return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
        }
        var number = text(value.number)
        if value.lower != value.upper {
            number = (value.lower.map(text) ?? "") + ".." + (value.upper.map(text) ?? "")
        }
        return ([(value.approximate ? "~" : "") + number] + [value.unit, value.noun].filter { !$0.isEmpty })
            .joined(separator: " ")
    }
}

/// A sentence, what is to be found in it, and how it is to be understood.
struct MeasureExample: CustomTestStringConvertible, Sendable {
    let text: String
    let found: String
    let line: String

    init(_ text: String, _ found: String, _ line: String) {
        self.text = text
        self.found = found
        self.line = line
    }

    var testDescription: String { text }
}
