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
        guard row.elements.count > 1, row.key.band != nil else { return [] }
        // of a band that is not compared only who is told so
        return row.elements.prefix(isTooLarge(row) ? 1 : row.elements.count).compactMap {
            StatementAddress(element: $0.bytes).map(FoldKey.init(statement:))
        }
    }

    /// Of a name that very many statements share, nothing follows: those that share a second one meet in its band.
    private func isTooLarge(_ row: FoldRow) -> Bool {
        row.key.band?.kind == .name && row.elements.count > Self.fullComparison
    }

    func decide(_ rows: [FoldRow], _ table: StatementTable) -> [Decision] { rows.flatMap { decide($0, table) } }

    private func decide(_ row: FoldRow, _ table: StatementTable) -> [Decision] {
        guard row.elements.count > 1, let band = row.key.band else { return [] }
        let bound = bound(of: row, band)
        if let bound, isTooLarge(row) {
            guard let first = row.elements.first.flatMap({ table.number(of: $0.bytes) }) else { return [] }
            let document = table.documents[Int(table.document(of: first))]
            return [Decision(to: document, LinkDecision(inOrder: [], bound: bound).encoded, owner: row.key)]
        }
        let members = row.elements.compactMap { table.number(of: $0.bytes) }
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        var found = NearestLinks(members: members.count)
        var links: [Ends] = []
        func tell(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
            links.append(Ends(own: a, other: b, comparison: comparison))
            links.append(Ends(own: b, other: a, comparison: comparison.mirrored))
        }
        let figures = FigureLists(of: members.count)
        BandPairs(members, of: table, band: band, withinDocuments: options.withinDocuments).forEach(reach: reach) {
            a, b, overlap in
            guard let comparison = Comparison.between(a, b, overlap, figures: figures, least: options.floor),
                let kept = options.kept(comparison, withinDocument: a.document == b.document)
            else { return }
            if options.tellsAll { tell(a, b, kept) } else { found.add(a, b, kept) }
        }
        let nearest = found.nearest
        for (a, b, comparison) in nearest { tell(a, b, comparison) }
        let extent = Extent(
            bound: bound, leftOut: found.count - nearest.count,
            teller: members.first.map { Int(table.document(of: $0)) })
        return Self.decisions(links, extent, documents: table.documents, owner: row.key)
    }

    /// What is told of a band that has too many statements for each to be compared with each.
    private func bound(of row: FoldRow, _ band: Bands.Band) -> LinkDecision.Bound? {
        let count = row.elements.count
        guard count > Self.fullComparison else { return nil }
        let window = isTooLarge(row) ? 0 : Self.window
        let compared = window * count - window * (window + 1) / 2
        return LinkDecision.Bound(
            band: band, statements: count, pairsLeftOut: count * (count - 1) / 2 - compared)
    }

    /// What was left out in a band, told to one of its documents.
    private struct Extent {
        let bound: LinkDecision.Bound?
        let leftOut: Int
        /// The document that is told.
        let teller: Int?

        var isComplete: Bool { bound == nil && leftOut == 0 }

        /// The decision for a document with these links.
        func decision(_ links: [LinkDecision.Link], for document: Int) -> LinkDecision {
            document == teller
                ? LinkDecision(inOrder: links, bound: bound, leftOut: leftOut)
                : LinkDecision(inOrder: links)
        }
    }

    /// A link as one of its ends sees it.
    private struct Ends {
        let own: StatementView
        let other: StatementView
        let comparison: Comparison

        /// Where one of several links stands in the decision of its document: without the comparison, whose references would
        /// be counted whenever it is moved.
        struct Place {
            let own: StatementView
            let other: StatementView
            let number: Int

            /// The places of links, in order.
            static func order(of links: [Ends]) -> [Place] {
                links.indices.map { Place(own: links[$0].own, other: links[$0].other, number: $0) }
                    .sorted { $0.precedes($1) }
            }

            private func precedes(_ link: Place) -> Bool {
                if own.precedes(link.own) { return true }
                return !link.own.precedes(own) && other.precedes(link.other)
            }
        }
    }

    /// The links that a band gives, by the document that is told of them, and what was left out, told to one.
    private static func decisions(
        _ links: [Ends], _ extent: Extent, documents: [String], owner: FoldKey
    ) -> [Decision] {
        let order = Ends.Place.order(of: links)
        var decisions: [Decision] = []
        if let teller = extent.teller, !extent.isComplete, !links.contains(where: { $0.own.document == teller }) {
            decisions.append(Decision(to: documents[teller], extent.decision([], for: teller).encoded, owner: owner))
        }
        var start = 0
        while start < order.count {
            let document = order[start].own.document
            var end = start
            while end < order.count, order[end].own.document == document { end += 1 }
            let told = order[start..<end].map {
                LinkDecision.Link(
                    $0.own.place, documents[$0.other.document], $0.other.place, links[$0.number].comparison)
            }
            let decision = extent.decision(told, for: document)
            decisions.append(Decision(to: documents[document], decision.encoded, owner: owner))
            start = end
        }
        return decisions
    }
}
