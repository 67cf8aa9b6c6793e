import StageKit
import Text

/// `link-claims.links`: the links of a document's claims, and its linked statements for questions.
struct JoinLinks: JoinStep {
    static let contract = StepContract(
        "links",
        reads: [Claims.name, StatementSignatures.name, Mentions.name, Metadata.name, DocumentText.name],
        writes: [Links.name, QuestionNodes.name], facts: [.id], after: DecideLinks.name)

    private let hand: HandLinks

    init(options: OptionReader) throws(OptionProblem) { hand = try HandLinks(options.file("decisions")) }

    /// All links of the document are addressed to it.
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] { [] }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        let signatures = try input.layer(StatementSignatures.self)
        var extent = ComparisonExtent(
            statements: signatures.signatures.count,
            compared: StatementIndex.statements(signatures, of: input.facts.id, mentions).count(where: \.isComparable))
        guard !decisions.isEmpty || !hand.merges.isEmpty else {
            return StepOutput(Links([], extent: extent), QuestionNodes([]))
        }
        let text = try input.layer(DocumentText.self).bytes
        let claims = try input.layer(Claims.self).claims
        let places = ClaimReference.places(of: claims, in: text)
        let names = Self.names(mentions, in: text)
        var found: [FoundLink] = []
        for bytes in decisions.values {
            guard let decision = try? LinkDecision(encoded: bytes) else { continue }
            for link in decision.links {
                if let claim = places[link.own.claim] { found.append(FoundLink(claim: claim, link: link)) }
            }
            if let bound = decision.bound { extent.bounds.append(Self.told(bound, names)) }
            extent.linksLeftOut += decision.leftOut
        }
        extent.bounds.sort {
            $0.pairsLeftOut != $1.pairsLeftOut ? $0.pairsLeftOut > $1.pairsLeftOut : $0.name.precedes($1.name)
        }
        /// What stands in another's content says nothing beside it.
        func isNested(_ found: FoundLink) -> Bool {
            guard found.link.document == input.facts.id, let other = places[found.link.other.claim] else {
                return false
            }
            let spans = [(found.claim, found.link.own.statement), (other, found.link.other.statement)].map {
                claims[$0].statements.indices.contains($1) ? claims[$0].statements[$1].span : claims[$0].span
            }
            return spans[0].overlaps(spans[1])
        }
        let told = SharedTexts.told(
            once: hand.applied(
                to: ClosestStatements.chosen(of: Self.unique(found).filter { !isNested($0) }), of: input.facts.id))
        let links = told.map { found in
            Links.Link(
                claim: found.claim, statement: found.link.own.statement, document: found.link.document,
                other: found.link.other.claim, otherStatement: found.link.other.statement,
                relation: found.link.comparison.relation, score: found.link.comparison.score,
                reason: found.link.comparison.reason.words { names[$0] }
                    + (found.isConfirmed ? "; confirmed by hand" : ""),
                isIndependent: found.link.comparison.isIndependent)
        }
        let metadata = try input.layer(Metadata.self)
        let reader = NodeReader(
            document: input.facts.id, text: text, claims: claims, places: places, mentions: mentions,
            signatures: Dictionary(
                signatures.signatures.map { (StatementPlace(claim: $0.reference, statement: $0.statement), $0) },
                uniquingKeysWith: { first, _ in first }),
            date: signatures.day.map(DaySpan.iso) ?? "", publisher: metadata.publisher ?? "",
            title: metadata.title ?? "", hand: hand)
        return StepOutput(Links(links, extent: extent), reader.nodes(told))
    }

    /// A bound as the document tells it.
    private static func told(_ bound: LinkDecision.Bound, _ names: [UInt32: String]) -> ComparisonExtent.Bound {
        let entities: [UInt32]
        let basis: ComparisonExtent.Basis
        switch bound.band.kind {
        case .name: (basis, entities) = (.name, [UInt32(truncatingIfNeeded: bound.band.value)])
        case .names:
            let pair = Bands.entities(bound.band)
            (basis, entities) = (.name, [pair.0, pair.1])
        case .figure, .count: (basis, entities) = (.figure, [])
        case .day: (basis, entities) = (.day, [])
        default: (basis, entities) = (.words, [])
        }
        return ComparisonExtent.Bound(
            basis, name: entities.compactMap { names[$0] }.joined(separator: ", "), statements: bound.statements,
            pairsLeftOut: bound.pairsLeftOut)
    }

    /// What the document calls each entity first.
    private static func names(_ mentions: [Mention], in text: [UInt8]) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for mention in mentions where mention.kind.isName && mention.entity != nil {
            let hash = IndexedStatement.hash(of: mention.entity)
            guard names[hash] == nil, mention.span.start >= 0, mention.span.end <= text.count else { continue }
            names[hash] = UTF8Decoding.string(text, mention.span)
        }
        return names
    }

    /// In order of the claim, the other document and the statement there, each pair once: the bands in which two
    /// statements meet say the same of them.
    private static func unique(_ found: [FoundLink]) -> [FoundLink] {
        let order = Set(found.map(\.link.document)).sorted { $0.precedes($1) }
        let ranks = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        let places = found.indices.map { k in
            Place(
                claim: found[k].claim, statement: found[k].link.own.statement,
                document: ranks[found[k].link.document] ?? 0, other: found[k].link.other, index: k)
        }.sorted()
        var last: Place?
        return places.compactMap { place in
            defer { last = place }
            if let last, last.isSamePair(as: place) { return nil }
            return found[place.index]
        }
    }

    /// Where a link stands among those of its document.
    private struct Place: Comparable {
        let claim: Int
        let statement: Int
        /// The number of the other document in the order of their ids.
        let document: Int
        let other: StatementPlace
        let index: Int

        func isSamePair(as place: Place) -> Bool {
            claim == place.claim && statement == place.statement && document == place.document && other == place.other
        }

        static func < (a: Place, b: Place) -> Bool {
            if a.claim != b.claim { return a.claim < b.claim }
            if a.statement != b.statement { return a.statement < b.statement }
            if a.document != b.document { return a.document < b.document }
            return a.other < b.other
        }
    }
}

/// A link with the number of its claim in the document.
struct FoundLink {
    var claim: Int
    var link: LinkDecision.Link
    /// Whether the user says that it is right.
    var isConfirmed = false
}
