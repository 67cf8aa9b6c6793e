public import Text

/// Claims by mention, before it is known who is who.
public struct Attributions: Layer {
    /// `attributions`
    public static let name: LayerName = "attributions"
    /// By start of the span.
    public var claims: [Claim]

    /// These claims, by start.
    public init(_ claims: [Claim]) { self.claims = claims }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(claims: claims) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { claims = try reader.claims() }
}

/// Claims with the entities of their sources.
public struct Claims: Layer {
    /// `claims`
    public static let name: LayerName = "claims"
    /// By start of the span. As many as in ``Attributions``, in the same order.
    public var claims: [Claim]

    /// These claims, by start.
    public init(_ claims: [Claim]) { self.claims = claims }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(claims: claims) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { claims = try reader.claims() }
}

/// Links from this document's claims to those of others (or to other claims of its own).
public struct Links: Layer {
    /// How two claims stand to each other.
    public enum Relation: UInt8, Sendable, CaseIterable {
        case repeats, supports, disputes, related
        /// A later figure of something that grows, or changes in time.
        case updates

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// A link as seen from one of its ends; the other document has the same link the other way round.
    public struct Link: Hashable, Sendable {
        /// The index of the claim in this document.
        public var claim: Int
        /// Which of its statements is linked.
        public var statement: Int
        /// The id of the other document.
        public var document: String
        /// The other claim, as ``ClaimReference`` gives it.
        public var other: ClaimReference
        /// Which of its statements is linked.
        public var otherStatement: Int
        /// How the two stand to each other.
        public var relation: Relation
        /// How sure, in thousandths.
        public var score: Int
        /// Why, in words: `figures differ: at least 50 / 44 killed`.
        public var reason: String
        /// Whether the two have different sources and neither is a copy of the other, as far as the statements tell.
        public var isIndependent: Bool

        /// A link.
        public init(
            claim: Int, statement: Int = 0, document: String, other: ClaimReference, otherStatement: Int = 0,
            relation: Relation, score: Int, reason: String, isIndependent: Bool = true
        ) {
            self.claim = claim
            self.statement = statement
            self.otherStatement = otherStatement
            self.document = document
            self.other = other
            self.relation = relation
            self.score = score
            self.reason = reason
            self.isIndependent = isIndependent
        }
    }

    /// `links`
    public static let name: LayerName = "links"
    /// By claim, then other document, then other claim.
    public var links: [Link]
    /// How much of the document was compared.
    public var extent: ComparisonExtent

    /// These links, in order.
    public init(_ links: [Link], extent: ComparisonExtent = ComparisonExtent()) {
        self.links = links
        self.extent = extent
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var document: [UInt8] = [], reason: [UInt8] = []
        writer.write(list: links) { writer, link in
            writer.write(link.claim)
            writer.write(link.statement)
            writer.write(link.document, after: &document)
            writer.write(hash: link.other.passage)
            writer.write(link.other.occurrence)
            writer.write(link.otherStatement)
            writer.write(byte: link.relation.rawValue | (link.isIndependent ? 0 : Self.dependent))
            writer.write(link.score)
            writer.write(link.reason, after: &reason)
        }
        extent.encode(into: &writer)
    }

    /// The bit beside a relation that says that one of the two depends on the other.
    private static let dependent: UInt8 = 0x80

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var document: [UInt8] = [], reason: [UInt8] = []
        links = try reader.list { reader throws(LayerError) in
            let claim = try reader.integer(), statement = try reader.integer()
            let id = try reader.string(after: &document)
            let other = ClaimReference(passage: try reader.hash(), occurrence: try reader.integer())
            let otherStatement = try reader.integer()
            let coded = try reader.byte()
            guard let relation = Relation(rawValue: coded & ~Self.dependent) else {
                throw LayerError("no such relation")
            }
            return Link(
                claim: claim, statement: statement, document: id, other: other, otherStatement: otherStatement,
                relation: relation, score: try reader.integer(),
                reason: try reader.string(after: &reason), isIndependent: coded & Self.dependent == 0)
        }
        extent = try ComparisonExtent(decoding: &reader)
    }
}

/// A claim within its document by what it says, not by where it stands: an edit elsewhere leaves it alone.
public struct ClaimReference: Hashable, Comparable, Sendable {
    /// The stable hash of the claim's passage.
    public var passage: UInt64
    /// How many claims with the same passage come before it in the document.
    public var occurrence: Int

    /// The `occurrence`-th claim of that passage, from 0.
    public init(passage: UInt64, occurrence: Int) {
        self.passage = passage
        self.occurrence = occurrence
    }

    /// By passage, then occurrence.
    public static func < (a: ClaimReference, b: ClaimReference) -> Bool {
        (a.passage, a.occurrence) < (b.passage, b.occurrence)
    }

    /// The reference of each of the passages `spans` of `text`, in order.
    public static func of(_ spans: [ByteSpan], in text: [UInt8]) -> [ClaimReference] {
        var seen: [UInt64: Int] = [:]
        return spans.map { span in
            let passage = StableHash.of(text[span.range])
            defer { seen[passage, default: 0] += 1 }
            return ClaimReference(passage: passage, occurrence: seen[passage, default: 0])
        }
    }
}
