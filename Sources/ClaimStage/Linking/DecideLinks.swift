import StageKit
import Text

/// `link-claims.links`: which statements of a band are linked, and how, told to the documents that make them.
struct DecideLinks: FinishStep {
    static let name = "decisions"
    static let contract = StepContract(name, after: StatementIndex.name)

    /// Up to this many statements in a band, each is compared with each.
    private static let fullComparison = 512
    /// In a larger band, a statement is compared with so many behind it in the order of their elements.
    private static let window = 12

    private let options: LinkOptions

    init(options: OptionReader) throws(OptionProblem) { self.options = LinkOptions(options) }

    func constants(for row: FoldRow) -> [FoldKey] {
        guard row.elements.count > 1, row.key.band != nil, !isTooLarge(row) else { return [] }
        return row.elements.compactMap { FoldKey(statementOf: $0.bytes) }
    }

    /// Of a name that very many statements share, nothing follows: those that share a second one meet in its band.
    private func isTooLarge(_ row: FoldRow) -> Bool {
        row.key.band?.kind == .name && row.elements.count > Self.fullComparison
    }

    func constant(_ row: FoldRow) -> BandMember? { row.elements.first.flatMap { BandMember($0.bytes) } }

    func decide(_ rows: [FoldRow], _ table: [FoldKey: BandMember]) -> [Decision] { rows.flatMap { decide($0, table) } }

    private func decide(_ row: FoldRow, _ table: [FoldKey: BandMember]) -> [Decision] {
        guard row.elements.count > 1, let band = row.key.band, !isTooLarge(row) else { return [] }
        let members = row.elements.compactMap { FoldKey(statementOf: $0.bytes).flatMap { table[$0] } }
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        var links = LinksByDocument()
        BandPairs(members, band: band, withinDocuments: options.withinDocuments).forEach(reach: reach) { one, two in
            // every band says the same of a pair: it takes its two ends in the same order
            let isWithin = one.document == two.document
            let isInOrder = isWithin ? one.place < two.place : one.document.precedes(two.document)
            let (a, b) = isInOrder ? (one, two) : (two, one)
            guard let comparison = Comparison.between(a, b),
                let kept = options.kept(comparison, withinDocument: isWithin)
            else { return }
            links.add(a, b, kept)
        }
        return links.decisions(owner: row.key)
    }

    /// The links that a band gives, by the document that is told of them.
    private struct LinksByDocument {
        private var links: [String: [LinkDecision.Link]] = [:]

        mutating func add(_ a: IndexedStatement, _ b: IndexedStatement, _ comparison: Comparison) {
            links[a.document, default: []].append(.init(a, b, comparison))
            links[b.document, default: []].append(.init(b, a, comparison.mirrored))
        }

        func decisions(owner: FoldKey) -> [Decision] {
            links.sorted { $0.key.precedes($1.key) }.map {
                Decision(to: $0.key, LinkDecision(links: $0.value).encoded, owner: owner)
            }
        }
    }
}
