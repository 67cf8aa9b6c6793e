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

        init(decoding reader: inout ByteReader) throws(LayerError) {
            own = try ClaimReference(decoding: &reader)
            document = try reader.string()
            other = try ClaimReference(decoding: &reader)
            comparison = try Comparison(decoding: &reader)
        }
    }

    var links: [Link]

    /// The canonical bytes: links in order.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: links.sorted()) { writer, link in
            link.own.encode(into: &writer)
            writer.write(link.document)
            link.other.encode(into: &writer)
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

extension LinkDecision.Link: Comparable {
    /// By own claim, then document, then the claim there.
    static func < (a: Self, b: Self) -> Bool {
        if a.own != b.own { return a.own < b.own }
        return a.document == b.document
            ? a.other < b.other : a.document.utf8.lexicographicallyPrecedes(b.document.utf8)
    }

    /// Whether both link the same two claims.
    func links(sameAs other: Self) -> Bool {
        own == other.own && self.other == other.other && document == other.document
    }
}

extension ClaimReference {
    func encode(into writer: inout ByteWriter) {
        writer.write(passage)
        writer.write(occurrence)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        self.init(passage: try reader.unsigned(), occurrence: try reader.integer())
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
