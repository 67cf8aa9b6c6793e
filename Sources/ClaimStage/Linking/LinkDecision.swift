import StageKit
import Text

/// The links that a band gives to the claims of one document.
struct LinkDecision {
    /// One link.
    struct Link: Equatable {
        /// The claim in this document.
        var own: ClaimReference
        /// The id of the other document.
        var document: String
        /// The claim there.
        var other: ClaimReference
        /// How the two stand to each other.
        var comparison: Comparison

        init(_ own: IndexedClaim, _ other: IndexedClaim, _ comparison: Comparison) {
            self.own = own.signature.reference
            document = other.document
            self.other = other.signature.reference
            self.comparison = comparison
        }

        init(_ own: ClaimReference, _ document: String, _ other: ClaimReference, _ comparison: Comparison) {
            self.own = own
            self.document = document
            self.other = other
            self.comparison = comparison
        }
    }

    /// By own claim, then document, then the claim there.
    var links: [Link]

    /// The canonical bytes.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        var document: [UInt8] = []
        var last: Link?
        writer.write(list: links) { writer, link in
            let sharesOwn = last?.own == link.own, sharesDocument = last?.document == link.document
            writer.write(byte: (sharesOwn ? 1 : 0) | (sharesDocument ? 2 : 0))
            if !sharesOwn { link.own.encode(into: &writer) }
            if !sharesDocument { writer.write(link.document, after: &document) }
            link.other.encode(into: &writer)
            link.comparison.encode(into: &writer)
            last = link
        }
        return writer.bytes
    }

    /// These links, in any order.
    init(links: [Link]) { self.links = links.sorted() }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        var document: [UInt8] = []
        var last: Link?
        links = try reader.list { reader throws(LayerError) in
            let shared = try reader.byte()
            let own = shared & 1 != 0 ? last?.own : try ClaimReference(decoding: &reader)
            let id = shared & 2 != 0 ? last?.document : try reader.string(after: &document)
            guard let own, let id else { throw LayerError("the first link shares something") }
            let link = Link(
                own, id, try ClaimReference(decoding: &reader), try Comparison(decoding: &reader))
            last = link
            return link
        }
        try reader.finish()
    }
}

extension LinkDecision.Link: Comparable {
    /// By own claim, then document, then the claim there.
    static func < (a: Self, b: Self) -> Bool {
        if a.own != b.own { return a.own < b.own }
        return a.document == b.document
            ? a.other < b.other : a.document.precedes(b.document)
    }
}

extension ClaimReference {
    func encode(into writer: inout ByteWriter) {
        writer.write(hash: passage)
        writer.write(occurrence)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        self.init(passage: try reader.hash(), occurrence: try reader.integer())
    }
}

extension Comparison {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.write(byte: relation.rawValue)
        writer.write(score)
        switch reason {
        case .sameWords(let count, let isQuotation):
            writer.write(byte: isQuotation ? 1 : 0)
            writer.write(count)
        case .shared(let common, let all):
            writer.write(byte: 2)
            writer.write(common)
            writer.write(all)
        case .negation: writer.write(byte: 3)
        case .denial: writer.write(byte: 4)
        case .figures(let conflict):
            writer.write(byte: 5)
            writer.write(conflict.figure)
            writer.write(conflict.rival)
            writer.write(conflict.label)
        }
    }

    fileprivate init(decoding reader: inout ByteReader) throws(LayerError) {
        guard let relation = Links.Relation(rawValue: try reader.byte()) else { throw LayerError("no such relation") }
        self.init(relation, try reader.integer(), try Reason(decoding: &reader))
    }
}

extension Comparison.Reason {
    fileprivate init(decoding reader: inout ByteReader) throws(LayerError) {
        let kind = try reader.byte()
        switch kind {
        case 0, 1: self = .sameWords(try reader.integer(), isQuotation: kind == 1)
        case 2: self = .shared(try reader.integer(), of: try reader.integer())
        case 3: self = .negation
        case 4: self = .denial
        case 5:
            let figure = try reader.string(), rival = try reader.string()
            self = .figures(FigureConflict(figure, rival, label: try reader.string()))
        default: throw LayerError("no such reason")
        }
    }
}
