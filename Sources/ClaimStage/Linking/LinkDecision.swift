import StageKit
import Text

/// The links that a band gives to the statements of one document.
struct LinkDecision {
    /// One link.
    struct Link: Equatable {
        /// The statement in this document.
        var own: StatementPlace
        /// The id of the other document.
        var document: String
        /// The statement there.
        var other: StatementPlace
        /// How the two stand to each other.
        var comparison: Comparison

        init(_ own: StatementPlace, _ document: String, _ other: StatementPlace, _ comparison: Comparison) {
            self.own = own
            self.document = document
            self.other = other
            self.comparison = comparison
        }
    }

    /// What so many statements share that not every pair of them was compared.
    struct Bound: Equatable {
        /// The band in which they meet.
        var band: Bands.Band
        var statements: Int
        var pairsLeftOut: Int
    }

    /// By own statement, then document, then the statement there.
    var links: [Link]
    /// What the document is told of the band itself, if it is the one that is told.
    var bound: Bound?
    /// How many pairs of the band are linked and not told, since others are nearer, if the document is the one that is told so.
    var leftOut: Int

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
        writer.write(optional: bound) { writer, bound in
            writer.write(byte: bound.band.kind.rawValue)
            writer.write(bound.band.value)
            writer.write(bound.statements)
            writer.write(bound.pairsLeftOut)
        }
        writer.write(leftOut)
        return writer.bytes
    }

    /// Links that come in order.
    init(inOrder links: [Link], bound: Bound? = nil, leftOut: Int = 0) {
        self.links = links
        self.bound = bound
        self.leftOut = leftOut
    }

    /// These links, in any order.
    init(links: [Link]) { self.init(inOrder: links.sorted()) }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        var document: [UInt8] = []
        var last: Link?
        links = try reader.list { reader throws(LayerError) in
            let shared = try reader.byte()
            let own = shared & 1 != 0 ? last?.own : try StatementPlace(decoding: &reader)
            let id = shared & 2 != 0 ? last?.document : try reader.string(after: &document)
            guard let own, let id else { throw LayerError("the first link shares something") }
            let link = Link(
                own, id, try StatementPlace(decoding: &reader), try Comparison(decoding: &reader))
            last = link
            return link
        }
        bound = try reader.optional { reader throws(LayerError) in
            guard let kind = Bands.Kind(rawValue: try reader.byte()) else { throw LayerError("no such band") }
            return Bound(
                band: Bands.Band(kind: kind, value: try reader.unsigned()), statements: try reader.integer(),
                pairsLeftOut: try reader.integer())
        }
        leftOut = try reader.integer()
        try reader.finish()
    }
}

extension LinkDecision.Link: Comparable {
    /// By own statement, then document, then the statement there.
    static func < (a: Self, b: Self) -> Bool {
        if a.own != b.own { return a.own < b.own }
        return a.document == b.document
            ? a.other < b.other : a.document.precedes(b.document)
    }
}

extension StatementPlace {
    func encode(into writer: inout ByteWriter) {
        writer.write(hash: claim.passage)
        writer.write(claim.occurrence)
        writer.write(statement)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        claim = ClaimReference(passage: try reader.hash(), occurrence: try reader.integer())
        statement = try reader.integer()
    }
}

extension Comparison {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.write(byte: relation.rawValue)
        writer.write(isIndependent)
        writer.write(score)
        switch reason {
        case .sameWords(let count, let isQuotation, let all):
            writer.write(byte: isQuotation ? 1 : 0)
            writer.write(count)
            writer.write(all)
        case .shared(let names, let common, let all):
            writer.write(byte: 2)
            writer.write(numbers: names)
            writer.write(common)
            writer.write(all)
        case .alike(let likeness, let names, let common, let all):
            writer.write(byte: 12)
            writer.write(likeness)
            writer.write(numbers: names)
            writer.write(common)
            writer.write(all)
        case .negation: writer.write(byte: 3)
        case .denial: writer.write(byte: 4)
        case .figures(let conflict):
            writer.write(byte: 5)
            conflict.encode(into: &writer)
        case .update(let conflict, let own, let other):
            writer.write(byte: 6)
            conflict.encode(into: &writer)
            writer.write(own)
            writer.write(other)
        case .sharedText(let count):
            writer.write(byte: 7)
            writer.write(count)
        case .days: writer.write(byte: 8)
        case .agents: writer.write(byte: 9)
        case .carriedOut(let own, let other):
            writer.write(byte: 10)
            writer.write(own)
            writer.write(other)
        case .undone(let own, let other):
            writer.write(byte: 11)
            writer.write(own)
            writer.write(other)
        }
    }

    fileprivate init(decoding reader: inout ByteReader) throws(LayerError) {
        guard let relation = Links.Relation(rawValue: try reader.byte()) else { throw LayerError("no such relation") }
        let isIndependent = try reader.bool()
        self.init(relation, try reader.integer(), try Reason(decoding: &reader), isIndependent: isIndependent)
    }
}

extension FigureConflict {
    fileprivate func encode(into writer: inout ByteWriter) {
        writer.write(figure)
        writer.write(rival)
        writer.write(label)
        writer.write(grows)
    }

    fileprivate init(decoding reader: inout ByteReader) throws(LayerError) {
        let figure = try reader.string(), rival = try reader.string(), label = try reader.string()
        self.init(figure, rival, label: label, grows: try reader.bool())
    }
}

extension Comparison.Reason {
    fileprivate init(decoding reader: inout ByteReader) throws(LayerError) {
        let kind = try reader.byte()
        switch kind {
        case 0, 1: self = .sameWords(try reader.integer(), isQuotation: kind == 1, of: try reader.integer())
        case 2:
            self = .shared(try reader.numbers(), try reader.integer(), of: try reader.integer())
        case 3: self = .negation
        case 4: self = .denial
        case 5: self = .figures(try FigureConflict(decoding: &reader))
        case 6:
            let conflict = try FigureConflict(decoding: &reader)
            self = .update(conflict, try reader.integer(), try reader.integer())
        case 7: self = .sharedText(try reader.integer())
        case 8: self = .days
        case 9: self = .agents
        case 10: self = .carriedOut(try reader.integer(), try reader.integer())
        case 11: self = .undone(try reader.integer(), try reader.integer())
        case 12:
            self = .alike(
                try reader.integer(), try reader.numbers(), try reader.integer(), of: try reader.integer())
        default: throw LayerError("no such reason")
        }
    }
}
