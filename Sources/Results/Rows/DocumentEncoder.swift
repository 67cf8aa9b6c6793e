import Digests
import StageKit
import Text

/// Reads the layers of one document and gathers the rows that they give.
struct DocumentEncoder {
    let positions: Positions
    /// How often the document mentions which entity in which words.
    private(set) var names: [EntityName: Int] = [:]

    private let result: DocumentResult
    private let sentences: SpanFinder
    private var ids: PassageIDs
    private let documentRow, textRow, wordRow, metadataRow, blockRow, sentenceRow, quotationRow: RowEncoder
    private let mentionRow, quantityRow, dateRow, claimRow, statementRow, linkRow, repeatRow, pairRow: RowEncoder
    private let questionRow, answerRow, questionClaimRow, comparisonRow: RowEncoder

    init(_ result: DocumentResult) throws(LayerError) {
        self.result = result
        positions = try Positions(result.layers)
        sentences = SpanFinder(spans: try result.layers.value(Sentences.self)?.spans ?? [])
        ids = PassageIDs(result.id)
        documentRow = RowEncoder(ResultsSchema.documents, document: result.id, positions)
        textRow = RowEncoder(ResultsSchema.texts, document: result.id, positions)
        wordRow = RowEncoder(ResultsSchema.words, document: result.id, positions)
        metadataRow = RowEncoder(ResultsSchema.metadata, document: result.id, positions)
        blockRow = RowEncoder(ResultsSchema.blocks, document: result.id, positions)
        sentenceRow = RowEncoder(ResultsSchema.sentences, document: result.id, positions)
        quotationRow = RowEncoder(ResultsSchema.quotations, document: result.id, positions)
        mentionRow = RowEncoder(ResultsSchema.mentions, document: result.id, positions)
        quantityRow = RowEncoder(ResultsSchema.quantities, document: result.id, positions)
        dateRow = RowEncoder(ResultsSchema.dates, document: result.id, positions)
        claimRow = RowEncoder(ResultsSchema.claims, document: result.id, positions)
        statementRow = RowEncoder(ResultsSchema.statements, document: result.id, positions)
        linkRow = RowEncoder(ResultsSchema.links, document: result.id, positions)
        repeatRow = RowEncoder(ResultsSchema.repeats, document: result.id, positions)
        pairRow = RowEncoder(ResultsSchema.pairs, document: result.id, positions)
        questionRow = RowEncoder(ResultsSchema.questions, document: result.id, positions)
        answerRow = RowEncoder(ResultsSchema.answers, document: result.id, positions)
        questionClaimRow = RowEncoder(ResultsSchema.questionClaims, document: result.id, positions)
        comparisonRow = RowEncoder(ResultsSchema.comparisons, document: result.id, positions)
    }

    /// The tables, in the order of ``ResultsSchema/documentTables``.
    var tables: [RowEncoder] {
        [
            documentRow, textRow, wordRow, metadataRow, blockRow, sentenceRow, quotationRow, mentionRow, quantityRow,
            dateRow,
            claimRow, statementRow, linkRow, questionRow, answerRow, questionClaimRow, repeatRow,
            pairRow, comparisonRow,
        ]
    }

    /// Gathers the rows of every table.
    mutating func encode() throws(LayerError) {
        let metadata = try result.layers.value(Metadata.self)
        try encodeFacts(metadata)
        try encodeBlocks()
        try encodeQuotations()
        try encodeMentions()
        let compared = try result.layers.value(Links.self)
        let links = compared?.links ?? []
        let claims = try encodeClaims(date: metadata?.date, links: links)
        encode(links, claims: claims)
        encodePairs(links)
        if let compared { encode(compared.extent) }
        try encodeQuestions(claims: claims)
    }

    private func encodeQuestions(claims: [String]) throws(LayerError) {
        guard let layer = try result.layers.value(Questions.self) else { return }
        for (n, question) in layer.questions.enumerated() {
            questionRow.begin(n)
            questionRow.shared(question.id, as: .searched)
            questionRow.choice(question.kind.rawValue, question.kind.label)
            questionRow.text(question.heading)
            questionRow.text(question.entities.joined(separator: ", "))
            questionRow.text(question.first.isEmpty ? nil : question.first)
            questionRow.text(question.last.isEmpty ? nil : question.last)
            for count in [question.statements, question.sources, question.publishers, question.answers.count] {
                questionRow.integer(count)
            }
            for flag in [question.isDisputed, question.isUpdated, question.isAgreed] { questionRow.bool(flag) }
            questionRow.text(question.place.isEmpty ? nil : question.place)
            questionRow.integer(question.independent)
            for (k, answer) in question.answers.enumerated() {
                answerRow.begin(n, k: k)
                answerRow.shared(question.id, as: .searched)
                answerRow.text(answer.text)
                answerRow.real(answer.lower)
                answerRow.real(answer.upper)
                answerRow.text(answer.holders.joined(separator: ", "))
                answerRow.integer(answer.statements)
                answerRow.integer(answer.publishers)
                answerRow.text(answer.first.isEmpty ? nil : answer.first)
                answerRow.text(answer.last.isEmpty ? nil : answer.last)
                answerRow.integer(answer.independent)
                answerRow.text(answer.latest.joined(separator: ", "))
            }
        }
        for (n, part) in layer.parts.enumerated() where claims.indices.contains(part.claim) {
            questionClaimRow.begin(n)
            questionClaimRow.shared(part.question, as: .searched)
            questionClaimRow.row(part.claim, hashed: claims[part.claim])
            questionClaimRow.integer(part.statement)
            questionClaimRow.integer(part.answer)
            questionClaimRow.bool(part.isLatest)
        }
    }

    /// The first row says how many statements were compared, each other one what so many share that not every pair was.
    private func encode(_ extent: ComparisonExtent) {
        guard extent.statements > 0 else { return }
        comparisonRow.begin(0)
        comparisonRow.choice(0, "statements")
        comparisonRow.null()
        comparisonRow.integer(extent.statements)
        comparisonRow.integer(extent.compared)
        comparisonRow.null()
        comparisonRow.integer(extent.linksLeftOut)
        for (n, bound) in extent.bounds.enumerated() {
            comparisonRow.begin(n + 1)
            comparisonRow.choice(bound.basis.rawValue + 1, bound.basis.label)
            comparisonRow.text(bound.name.isEmpty ? nil : bound.name)
            comparisonRow.integer(bound.statements)
            comparisonRow.null()
            comparisonRow.integer(bound.pairsLeftOut)
            comparisonRow.null()
        }
    }

    private func encodeFacts(_ metadata: Metadata?) throws(LayerError) {
        let tokens = try result.layers.value(Tokens.self)
        documentRow.begin(0)
        documentRow.text(metadata?.title)
        documentRow.text(metadata?.date)
        documentRow.text(metadata?.publisher)
        documentRow.text(metadata?.author)
        documentRow.text(metadata?.language)
        // as everywhere, a number in digits is no word
        documentRow.integer(tokens.map { $0.kinds.count { $0 == .word } })
        documentRow.integer(result.layers.contains(Sentences.name) ? sentences.spans.count : nil)
        documentRow.integer(result.byteCount)
        documentRow.text(result.sha256)
        textRow.whole(positions.text)
        if let tokens, let sentences = try result.layers.value(Sentences.self) {
            wordRow.begin(0)
            wordRow.blob(WordSpans.encode(tokens, in: sentences))
            wordRow.blob(WordMarks.encode(tokens, in: positions.text, language: metadata?.language))
        }
        for (n, entry) in (metadata?.entries ?? []).enumerated() {
            metadataRow.begin(n)
            metadataRow.text(entry.key)
            metadataRow.text(entry.value)
            metadataRow.choice(entry.place.rawValue, entry.place.label)
        }
    }

    private func encodeBlocks() throws(LayerError) {
        let blocks = try result.layers.value(Blocks.self)?.blocks ?? []
        for (n, block) in blocks.enumerated() {
            blockRow.begin(n)
            blockRow.choice(block.kind.rawValue, block.kind.label)
            blockRow.bool(block.isKept)
            if block.isKept { blockRow.null() } else { blockRow.text(block.reason) }
            blockRow.place(block.span, source: block.isKept ? nil : block.removedSource)
            if block.isKept { blockRow.null() } else { blockRow.text(block.removedText) }
        }
        let kept = blocks.enumerated().filter { $0.element.isKept }
        let finder = SpanFinder(spans: kept.map(\.element.span))
        for (n, span) in sentences.spans.enumerated() {
            sentenceRow.begin(n)
            sentenceRow.integer(finder.index(of: span).map { kept[$0].offset })
            sentenceRow.place(span)
        }
    }

    private func encodeQuotations() throws(LayerError) {
        for (n, quotation) in (try result.layers.value(Quotations.self)?.quotations ?? []).enumerated() {
            quotationRow.begin(n)
            quotationRow.place(quotation.span)
            quotationRow.choice(quotation.form.rawValue, quotation.form.label)
            quotationRow.bool(quotation.closed)
            quotationRow.integer(quotation.depth)
        }
    }

    private mutating func encodeMentions() throws(LayerError) {
        let mentions = try result.layers.value(Mentions.self)?.mentions ?? []
        let references = ClaimReference.of(mentions.map { positions.clamped($0.span) }, in: positions.text)
        for (n, mention) in mentions.enumerated() {
            mentionRow.begin(n)
            mentionRow.text(ids.mention(references[n]))
            mentionRow.integer(sentences.index(of: mention.span))
            mentionRow.place(mention.span)
            mentionRow.ownWords()
            mentionRow.choice(mention.kind.rawValue, mention.kind.label)
            mentionRow.shared(mention.entity, as: .searched)
            if let entity = mention.entity, mention.kind.isName {
                names[EntityName(entity: entity, text: positions.words(mention.span)), default: 0] += 1
            }
            switch mention.value {
            case .quantity(let quantity)?: encode(quantity, n)
            case .date(let date)?: encode(date, n)
            case nil: continue
            }
        }
    }

    private func encode(_ quantity: QuantityValue, _ n: Int) {
        quantityRow.begin(n)
        quantityRow.real(Optional(quantity.number))
        quantityRow.real(quantity.lower)
        quantityRow.real(quantity.upper)
        quantityRow.text(quantity.unit)
        quantityRow.text(quantity.noun)
        quantityRow.bool(quantity.approximate)
        quantityRow.shared(quantity.event.isEmpty ? nil : quantity.event)
        quantityRow.shared(quantity.holder.isEmpty ? nil : quantity.holder)
        if !quantity.iso.isEmpty { encode(DateValue(quantity.iso), n) }
    }

    private func encode(_ date: DateValue, _ n: Int) {
        dateRow.begin(n)
        for value in [date.iso, date.lower, date.upper] { dateRow.text(value.isEmpty ? nil : value) }
        dateRow.shared(date.anchor.isEmpty ? nil : date.anchor)
    }

    /// Returns the ids of the claims, in order.
    private mutating func encodeClaims(date: String?, links: [Links.Link]) throws(LayerError) -> [String] {
        let claims = try result.layers.value(Claims.self)?.claims ?? []
        let mentions = try result.layers.value(Mentions.self)?.mentions ?? []
        let references = ClaimReference.of(claims.map { positions.clamped($0.span) }, in: positions.text)
        let ids = references.map { self.ids.claim($0) }
        let linked = Set(links.filter { $0.relation == .repeats || $0.relation == .disputes }.map(\.claim))
        for (n, claim) in claims.enumerated() {
            claimRow.begin(n)
            claimRow.text(ids[n])
            claimRow.integer(sentences.index(of: claim.span))
            claimRow.place(claim.span)
            claimRow.ownWords()
            claimRow.passage(claim.source)
            claimRow.row(claim.sourceMention.flatMap { mentions.indices.contains($0) ? $0 : nil })
            claimRow.shared(claim.sourceEntity, as: .searched)
            claimRow.passage(claim.cue)
            claimRow.passage(joining: claim.content)
            claimRow.choice(claim.form.rawValue, claim.form.label)
            claimRow.choice(claim.stance.rawValue, claim.stance.label)
            claimRow.bool(claim.negated)
            claimRow.elsewhere(date)
            claimRow.choice(claim.kind.rawValue, claim.kind.label)
            claimRow.choice(claim.voice.rawValue, claim.voice.label)
            claimRow.row(claim.within.flatMap { claims.indices.contains($0) ? $0 : nil })
            claimRow.shared(claim.sourceDescription?.words)
            claimRow.bool(claim.isReported)
            claimRow.shared(description(of: claim), as: .searched)
            claimRow.integer(weight(of: claim, isLinked: linked.contains(n)))
            encodeStatements(of: claim, n, mentions)
        }
        return ids
    }

    /// The words by which a source without a name is told, in small letters; nil where the source has a name or is not told.
    private func description(of claim: Claim) -> String? {
        guard claim.sourceEntity == nil, let source = claim.source else { return nil }
        let words = claim.sourceDescription?.words ?? String(decoding: positions.words(source), as: UTF8.self)
        return words.lowercased()
    }

    /// How much a claim says for its source in a report: 0 for one that is not reported or has no more than
    /// ``shortest`` letters; else 1, and 1 more with a figure, 2 more where another claim repeats or disputes it.
    private func weight(of claim: Claim, isLinked: Bool) -> Int {
        guard claim.isReported else { return 0 }
        let content = positions.joined(claim.content, by: " … ")
        guard content.count(where: { !UTF8Decoding.isContinuation($0) }) > Self.shortest else { return 0 }
        let hasFigure = content.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return 1 + (hasFigure ? 1 : 0) + (isLinked ? 2 : 0)
    }

    /// A claim with fewer letters says little by itself.
    private static let shortest = 25

    private func encodeStatements(of claim: Claim, _ n: Int, _ mentions: [Mention]) {
        for (k, statement) in claim.statements.enumerated() {
            statementRow.begin(n, k: k)
            statementRow.place(statement.span)
            statementRow.ownWords(orThoseOf: claim.pieces(of: statement))
            statementRow.bool(statement.negated)
            statementRow.bool(statement.hedged)
            let figures = statement.figures.filter(mentions.indices.contains).map { mentions[$0].span }
            if figures.isEmpty { statementRow.null() } else { statementRow.text(positions.joined(figures, by: "; ")) }
        }
    }

    /// A link is written once, by the document of the claim whose id comes first: the other document has it too.
    private func encode(_ links: [Links.Link], claims: [String]) {
        var groups = RepeatGroups(document: result.id)
        var rows: [LinkRow] = []
        var other = PassageIDs(result.id)
        for link in links where claims.indices.contains(link.claim) {
            other.document = link.document
            let id = other.claim(link.other)
            if claims[link.claim] < id || claims[link.claim] == id && link.statement < link.otherStatement {
                rows.append(LinkRow(number: link.claim, other: id, link: link, place: rows.count))
            }
            let leads =
                link.document == result.id ? claims[link.claim] < id : result.id.precedes(link.document)
            if leads { groups.take(leader: link) } else { groups.take(follower: link) }
        }
        rows.sort()
        var last: LinkRow?
        var k = 0
        for row in rows {
            if let last, row.isSamePair(as: last) { continue }
            k = row.number == last?.number ? k + 1 : 0
            last = row
            linkRow.begin(row.number, k: k)
            linkRow.integer(row.link.statement)
            linkRow.text(row.other)
            linkRow.integer(row.link.otherStatement)
            linkRow.choice(row.link.relation.rawValue, row.link.relation.label)
            linkRow.thousandths(row.link.score)
            linkRow.shared(row.link.reason)
            linkRow.path(row.link.document)
            linkRow.bool(row.link.isIndependent)
        }
        for group in groups.leading {
            repeatRow.begin(group.claim)
            repeatRow.integer(group.documents)
            repeatRow.real(Double(group.score) / 1000)
        }
    }

    /// The documents with a later path that repeat several claims of this one.
    private func encodePairs(_ links: [Links.Link]) {
        var claims: [String: Set<Int>] = [:]
        for link in links where link.relation == .repeats && result.id.precedes(link.document) {
            claims[link.document, default: []].insert(link.claim)
        }
        let pairs = claims.filter { $0.value.count >= Self.leastInCommon }.sorted { $0.key.precedes($1.key) }
        for (n, pair) in pairs.enumerated() {
            pairRow.begin(n)
            pairRow.path(pair.key)
            pairRow.integer(pair.value.count)
        }
    }

    /// Documents that have fewer claims in common are no pair.
    private static let leastInCommon = 3
}

/// A link, to be put in order.
private struct LinkRow: Comparable {
    let number: Int
    let other: String
    let link: Links.Link
    let place: Int

    /// Whether both link the same statements.
    func isSamePair(as row: LinkRow) -> Bool {
        number == row.number && other == row.other && link.statement == row.link.statement
            && link.otherStatement == row.link.otherStatement
    }

    static func < (a: LinkRow, b: LinkRow) -> Bool {
        if a.number != b.number { return a.number < b.number }
        if a.other != b.other { return a.other < b.other }
        if a.link.statement != b.link.statement { return a.link.statement < b.link.statement }
        if a.link.otherStatement != b.link.otherStatement { return a.link.otherStatement < b.link.otherStatement }
        return a.place < b.place
    }

    static func == (a: LinkRow, b: LinkRow) -> Bool { a.place == b.place }
}
