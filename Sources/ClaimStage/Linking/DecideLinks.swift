import StageKit

/// `link-claims.links`: which claims of a band are linked, and how.
struct DecideLinks: FinishStep {
    static let name = "link-claims.links"
    static let contract = StepContract(name, after: ClaimIndex.name)

    /// Up to this many claims in a band, each is compared with each.
    private static let fullComparison = 64
    /// In a larger band, a claim is compared with so many behind it in the order of their content.
    private static let window = 12

    init(options: OptionReader) throws(OptionProblem) {}

    func decide(_ rows: [FoldRow], _ table: FoldLookup) -> [Decision] { rows.flatMap(decide) }

    private func decide(_ row: FoldRow) -> [Decision] {
        guard row.elements.count > 1 else { return [] }
        // bytes that can't be read are no member: the store has checked them before
        let members = row.elements.compactMap { try? IndexMember(encoded: $0.bytes) }
        var links: [Int: [LinkDecision.Link]] = [:]
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        for (k, member) in members.enumerated() {
            for j in k + 1..<max(k + 1, min(members.count, k + 1 + reach)) {
                let other = members[j]
                guard member.document != other.document,
                    let forth = Comparison(member.signature, other.signature),
                    let back = Comparison(other.signature, member.signature)
                else { continue }
                links[k, default: []].append(.init(other, forth))
                links[j, default: []].append(.init(member, back))
            }
        }
        return links.keys.sorted().map { k in
            Decision(
                FoldKey(band: row.key, document: members[k].document, claim: members[k].signature.reference),
                LinkDecision(links: links[k] ?? []).encoded, owner: row.key)
        }
    }
}

/// The links of one claim within one band.
struct LinkDecision {
    /// One link.
    struct Link: Equatable {
        /// The id of the other document.
        var document: String
        /// The claim there.
        var claim: ClaimReference
        /// How the two stand to each other.
        var comparison: Comparison

        init(_ other: IndexMember, _ comparison: Comparison) {
            document = other.document
            claim = other.signature.reference
            self.comparison = comparison
        }

        init(decoding reader: inout ByteReader) throws(LayerError) {
            document = try reader.string()
            claim = ClaimReference(passage: try reader.unsigned(), occurrence: try reader.integer())
            comparison = try Comparison(decoding: &reader)
        }
    }

    var links: [Link]

    /// The canonical bytes: links by document, then claim.
    var encoded: [UInt8] {
        let sorted = links.sorted { a, b in
            a.document == b.document ? a.claim < b.claim : a.document.utf8.lexicographicallyPrecedes(b.document.utf8)
        }
        var writer = ByteWriter()
        writer.write(list: sorted) { writer, link in
            writer.write(link.document)
            writer.write(link.claim.passage)
            writer.write(link.claim.occurrence)
            link.comparison.encode(into: &writer)
        }
        return writer.bytes
    }

    init(links: [Link]) { self.links = links }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        links = try reader.list { reader throws(LayerError) in try Link(decoding: &reader) }
        try reader.finish()
    }
}

extension Comparison {
    func encode(into writer: inout ByteWriter) {
        writer.write(byte: relation.rawValue)
        writer.write(score)
        writer.write(reason)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        guard let relation = Links.Relation(rawValue: try reader.byte()) else { throw LayerError("no such relation") }
        self.relation = relation
        score = try reader.integer()
        reason = try reader.string()
    }
}
