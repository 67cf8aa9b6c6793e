import StageKit
import Text

@testable import StatisticsStage

/// A document for tests: sentences end at a full stop, words are what stands between spaces and full stops.
struct Sample {
    let facts: DocumentFacts
    let layers = LayerSet()
    private let text: [UInt8]

    init(
        _ string: String, id: String = "a.txt", publisher: String = "Courier", date: String = "2025-03-14",
        language: String? = nil
    ) {
        text = Array(string.utf8)
        facts = DocumentFacts(id: id)
        var spans: [ByteSpan] = []
        var sentences: [ByteSpan] = []
        var start = 0
        var sentence = 0
        for (k, byte) in (text + [UInt8(ascii: ".")]).enumerated() where byte == 0x20 || byte == UInt8(ascii: ".") {
            if k > start { spans.append(ByteSpan(start, k)) }
            start = k + 1
            if byte != 0x20 {
                if k > sentence { sentences.append(ByteSpan(sentence, min(k + 1, text.count))) }
                sentence = k + 1
            }
        }
        layers.set(DocumentText(text))
        layers.set(Sentences(sentences))
        layers.set(Tokens(spans: spans, kinds: spans.map { _ in .word }))
        layers.set(
            Metadata(
                [.init("publisher", publisher, .row), .init("date", date, .row)]
                    + (language.map { [.init("language", $0, .page)] } ?? [])))
    }

    /// With a mention of the entity at each place where its name stands.
    func mentioning(_ names: [String: String]) -> Sample {
        var mentions: [Mention] = []
        for (name, entity) in names {
            let name = Array(name.utf8)
            for k in text.indices where text[k...].starts(with: name) {
                mentions.append(Mention(ByteSpan(k, k + name.count), .person, entity: entity))
            }
        }
        layers.set(Mentions(mentions.sorted { $0.span < $1.span }))
        return self
    }

    /// With these claims.
    func claiming(_ claims: Claim...) -> Sample {
        layers.set(Claims(claims))
        return self
    }

    /// The summary of this document.
    func summary(_ type: any FoldStep.Type, _ options: [String: OptionValue] = [:]) throws -> Summary {
        let reader = OptionReader(options, descriptions: StatisticsStage.description.options)
        return try type.init(options: reader).summarize(
            StepInput(layers: layers, facts: facts, contract: type.contract))
    }
}

extension FoldTable {
    /// The sum of the summaries of `samples`.
    init(_ type: any FoldStep.Type, _ options: [String: OptionValue] = [:], over samples: Sample...) throws {
        try self.init(samples.map { try $0.summary(type, options) })
    }

    /// A measure of a row; 0 where there is none.
    func count(_ measure: String, _ table: StatisticsTable, _ columns: String...) -> Int {
        row(FoldKey(parts: [table.name] + columns))?.count(of: Array(measure.utf8)) ?? 0
    }

    /// The key columns of the rows of `table`, in order.
    func keys(_ table: StatisticsTable) throws -> [[String]] {
        try keys.map { try $0.parts() }.filter { $0.first == table.name }.map { Array($0.dropFirst()) }
    }
}
