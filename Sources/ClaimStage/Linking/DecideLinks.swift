import StageKit
import Text

/// `link-claims.links`: which statements of a band are linked, and how, told to the documents that make them.
struct DecideLinks: FinishStep {
    static let name = "decisions"
    static let contract = StepContract(name, after: StatementIndex.name)
    static let firstLookedUp: FoldKey? = .firstStatement

    /// Up to this many statements in a band, each is compared with each.
    private static let fullComparison = 512
    /// In a larger band, a statement is compared with so many behind it in the order of their elements.
    private static let window = 12

    private let options: LinkOptions

    init(options: OptionReader) throws(OptionProblem) { self.options = LinkOptions(options) }

    func wanted(for row: FoldRow) -> [FoldKey] {
        guard row.elements.count > 1, row.key.band != nil, !isTooLarge(row) else { return [] }
        return row.elements.compactMap { StatementAddress(element: $0.bytes).map(FoldKey.init(statement:)) }
    }

    /// Of a name that very many statements share, nothing follows: those that share a second one meet in its band.
    private func isTooLarge(_ row: FoldRow) -> Bool {
        row.key.band?.kind == .name && row.elements.count > Self.fullComparison
    }

    func decide(_ rows: [FoldRow], _ table: StatementTable) -> [Decision] { rows.flatMap { decide($0, table) } }

    private func decide(_ row: FoldRow, _ table: StatementTable) -> [Decision] {
        guard row.elements.count > 1, let band = row.key.band, !isTooLarge(row) else { return [] }
        let members = row.elements.compactMap { table.number(of: $0.bytes) }
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        var related = NearestRelated()
        var links: [Ends] = []
        func tell(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
            links.append(Ends(own: a, other: b, comparison: comparison))
            links.append(Ends(own: b, other: a, comparison: comparison.mirrored))
        }
        let figures = FigureLists()
        BandPairs(members, of: table, band: band, withinDocuments: options.withinDocuments).forEach(reach: reach) {
            a, b, overlap in
            guard let comparison = Comparison.between(a, b, overlap, figures: figures, least: options.floor),
                let kept = options.kept(comparison, withinDocument: a.document == b.document)
            else { return }
            if kept.relation == .related, !options.tellsAll {
                related.add(a, b, kept)
            } else {
                tell(a, b, kept)
            }
        }
        for (a, b, comparison) in related.nearest { tell(a, b, comparison) }
        return links.isEmpty ? [] : Self.decisions(links, documents: table.documents, owner: row.key)
    }

    /// A link as one of its ends sees it.
    private struct Ends {
        let own: StatementView
        let other: StatementView
        let comparison: Comparison

        /// Whether it comes before another in the decision of its document.
        func precedes(_ link: Ends) -> Bool {
            if own.precedes(link.own) { return true }
            return !link.own.precedes(own) && other.precedes(link.other)
        }
    }

    /// The links that a band gives, by the document that is told of them.
    private static func decisions(_ links: [Ends], documents: [String], owner: FoldKey) -> [Decision] {
        let order = links.sorted { $0.precedes($1) }
        var decisions: [Decision] = []
        var start = 0
        while start < order.count {
            let document = order[start].own.document
            var end = start
            while end < order.count, order[end].own.document == document { end += 1 }
            let told = order[start..<end].map {
                LinkDecision.Link($0.own.place, documents[$0.other.document], $0.other.place, $0.comparison)
            }
            decisions.append(Decision(to: documents[document], LinkDecision(inOrder: told).encoded, owner: owner))
            start = end
        }
        return decisions
    }
}
