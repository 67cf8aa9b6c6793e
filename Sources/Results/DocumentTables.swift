import Digests
import GRDB
import StageKit
import Text

/// Writes the rows of one document after another.
final class DocumentTables {
    private let writers: [String: TableWriter]

    init(in db: Database) throws {
        var writers: [String: TableWriter] = [:]
        for shape in ResultsSchema.documentTables { writers[shape.name] = try TableWriter(shape, in: db) }
        self.writers = writers
    }

    /// Writes what the layers of `result` say, and returns the digest of the rows of each table.
    func write(_ result: DocumentResult) throws -> [String: SetDigest] {
        let layers = result.layers
        let positions = try Positions(layers)
        let sentences = SpanFinder(spans: try layers.value(Sentences.self)?.spans ?? [])
        try writeFacts(result, positions, sentences)
        try writeBlocks(result, positions, sentences)
        try writeQuotations(result, positions)
        let mentions = try writeMentions(result, positions, sentences)
        let claims = try writeClaims(result, positions, sentences, mentions: mentions)
        try writeLinks(result, claims: claims)
        return writers.mapValues { $0.shape.isAppendix ? $0.takeSum().uncounted : $0.takeSum() }
    }

    private func rows(_ table: String, _ body: (TableWriter) throws -> Void) rethrows {
        if let writer = writers[table] { try body(writer) }
    }

    private func writeFacts(_ result: DocumentResult, _ positions: Positions, _ sentences: SpanFinder) throws {
        let metadata = try result.layers.value(Metadata.self)
        let tokens = try result.layers.value(Tokens.self)
        try rows("document_rows") { row in
            row.text(result.id)
            row.text(metadata?.title)
            row.text(metadata?.date)
            row.text(metadata?.publisher)
            row.text(metadata?.author)
            row.text(metadata?.language)
            row.integer(tokens.map { $0.kinds.count { $0 == .word || $0 == .number } })
            row.integer(result.layers.contains(Sentences.name) ? sentences.spans.count : nil)
            row.integer(result.byteCount)
            row.text(result.sha256)
            try row.endRow()
        }
        try rows("document_texts") { row in
            row.text(result.id)
            row.text(positions.text[...])
            try row.endRow()
        }
        try rows("metadata") { row in
            for entry in metadata?.entries ?? [] {
                row.text(result.id)
                row.text(entry.key)
                row.text(entry.value)
                row.text(entry.place.label)
                try row.endRow()
            }
        }
    }

    private func writeBlocks(_ result: DocumentResult, _ positions: Positions, _ sentences: SpanFinder) throws {
        let blocks = try result.layers.value(Blocks.self)?.blocks ?? []
        try rows("block_rows") { row in
            for (n, block) in blocks.enumerated() {
                row.text(result.id)
                row.integer(n)
                row.text(block.kind.label)
                row.bool(block.isKept)
                if block.isKept { row.null() } else { row.text(block.reason) }
                positions.write(block.span, source: block.isKept ? nil : block.removedSource, to: row)
                if block.isKept { row.null() } else { row.text(block.removedText) }
                try row.endRow()
            }
        }
        let kept = blocks.enumerated().filter { $0.element.isKept }
        let finder = SpanFinder(spans: kept.map(\.element.span))
        try rows("sentence_rows") { row in
            for (n, span) in sentences.spans.enumerated() {
                row.text(result.id)
                row.integer(n)
                row.integer(finder.index(of: span).map { kept[$0].offset })
                positions.write(span, to: row)
                try row.endRow()
            }
        }
    }

    private func writeQuotations(_ result: DocumentResult, _ positions: Positions) throws {
        try rows("quotation_rows") { row in
            for (n, quotation) in (try result.layers.value(Quotations.self)?.quotations ?? []).enumerated() {
                row.text(result.id)
                row.integer(n)
                positions.write(quotation.span, to: row)
                row.text("\(quotation.form)")
                row.bool(quotation.closed)
                row.integer(quotation.depth)
                try row.endRow()
            }
        }
    }

    /// Returns the ids of the mentions, in order.
    private func writeMentions(
        _ result: DocumentResult, _ positions: Positions, _ sentences: SpanFinder
    ) throws -> [String] {
        let mentions = try result.layers.value(Mentions.self)?.mentions ?? []
        let ids = ClaimReference.of(mentions.map { positions.clamped($0.span) }, in: positions.text)
            .map { PassageID.mention($0, in: result.id) }
        try rows("mentions") { row in
            for (n, mention) in mentions.enumerated() {
                row.text(ids[n])
                row.text(result.id)
                row.integer(n)
                row.integer(sentences.index(of: mention.span))
                positions.write(mention.span, to: row)
                row.text(positions.words(mention.span))
                row.text(mention.kind.label)
                row.text(mention.entity)
                try row.endRow()
            }
        }
        for (n, mention) in mentions.enumerated() {
            switch mention.value {
            case .quantity(let quantity)?: try write(quantity, ids[n], n, in: result.id)
            case .date(let date)?: try write(date, ids[n], n, in: result.id)
            case nil: continue
            }
        }
        return ids
    }

    private func write(_ quantity: QuantityValue, _ mention: String, _ n: Int, in document: String) throws {
        try rows("quantities") { row in
            row.text(mention)
            row.text(document)
            row.integer(n)
            row.real(quantity.number)
            row.real(quantity.lower)
            row.real(quantity.upper)
            row.text(quantity.unit)
            row.text(quantity.noun)
            row.bool(quantity.approximate)
            try row.endRow()
        }
    }

    private func write(_ date: DateValue, _ mention: String, _ n: Int, in document: String) throws {
        try rows("dates") { row in
            row.text(mention)
            row.text(document)
            row.integer(n)
            for value in [date.iso, date.lower, date.upper, date.anchor] { row.text(value.isEmpty ? nil : value) }
            try row.endRow()
        }
    }

    /// Returns the ids of the claims, in order.
    private func writeClaims(
        _ result: DocumentResult, _ positions: Positions, _ sentences: SpanFinder, mentions: [String]
    ) throws -> [String] {
        let claims = try result.layers.value(Claims.self)?.claims ?? []
        let ids = ClaimReference.of(claims.map { positions.clamped($0.span) }, in: positions.text)
            .map { PassageID.claim($0, in: result.id) }
        try rows("claims") { row in
            for (n, claim) in claims.enumerated() {
                row.text(ids[n])
                row.text(result.id)
                row.integer(n)
                row.integer(sentences.index(of: claim.span))
                positions.write(claim.span, to: row)
                row.text(positions.words(claim.span))
                row.text(claim.source.map(positions.words))
                row.text(claim.sourceMention.flatMap { mentions.indices.contains($0) ? mentions[$0] : nil })
                row.text(claim.sourceEntity)
                row.text(claim.cue.map(positions.words))
                row.text(ArraySlice(claim.content.map(positions.words).joined(separator: " … ".utf8)))
                row.text(claim.form.label)
                row.text(claim.stance.label)
                row.bool(claim.negated)
                try row.endRow()
            }
        }
        return ids
    }

    /// A link is written once, by the document of the claim whose id comes first: the other document has it too.
    private func writeLinks(_ result: DocumentResult, claims: [String]) throws {
        var seen: Set<[String]> = []
        try rows("claim_links") { row in
            for link in try result.layers.value(Links.self)?.links ?? [] where claims.indices.contains(link.claim) {
                let claim = claims[link.claim]
                let other = PassageID.claim(link.other, in: link.document)
                guard claim < other, seen.insert([claim, other]).inserted else { continue }
                row.text(claim)
                row.text(other)
                row.text(link.relation.label)
                row.real(Double(link.score) / 1000)
                row.text(link.reason)
                row.text(result.id)
                row.text(link.document)
                try row.endRow()
            }
        }
    }
}

extension TableWriter {
    fileprivate func text(_ value: ArraySlice<UInt8>?) { if let value { text(value) } else { null() } }
}

extension Metadata.Place {
    /// The name in results.
    fileprivate var label: String {
        switch self {
        case .row: "metadata file"
        case .frontMatter: "front matter"
        case .page: "page"
        case .text: "text"
        }
    }
}
