import StageKit
import Text

/// A statement where it stands in a ``StatementTable``: nothing is copied, since millions of pairs are looked at.
///
/// Valid as long as the table is there.
struct StatementView {
    private let base: UnsafeRawPointer
    /// The number of its document in the order of their ids.
    let document: Int
    /// Its place among those with which it is compared.
    var member = 0

    /// A day that is not known.
    static let noDay = Int32.min

    /// The row at `base`, whose counts were checked, of a document.
    init(_ base: UnsafeRawPointer, document: Int) {
        self.base = base
        self.document = document
    }

    /// The hash of all its words, in order.
    var exact: UInt64 { base.load(as: UInt64.self) }
    /// What tells its claim from the others of the document.
    var passage: UInt64 { base.load(fromByteOffset: 8, as: UInt64.self) }
    /// The hash of its first stems.
    var opening: UInt32 { base.load(fromByteOffset: 16, as: UInt32.self) }
    /// The day of its document.
    var day: Int? { day(at: 20) }
    /// The days that its sentence names.
    var days: DaySpan? { day(at: 24).flatMap { first in day(at: 28).map { DaySpan(first, $0) } } }
    /// Which claim of its passage it belongs to, and which statement of that it is; see ``StatementPlace/coded``.
    private var codedPlace: Int { Int(base.load(fromByteOffset: 36, as: UInt16.self)) }
    /// How many words it has.
    var length: Int { Int(base.load(fromByteOffset: 38, as: UInt16.self)) }
    /// How many statements its document makes.
    var documentSize: Int { Int(base.load(fromByteOffset: 40, as: UInt16.self)) }
    var traits: StatementSignature.Traits { .init(rawValue: base.load(fromByteOffset: 44, as: UInt16.self)) }
    /// Whether somebody is meant by a pronoun, and it is not known who.
    var isOpen: Bool { traits.contains(.open) }

    /// The stem that carries its main predicate; 0 where it has none.
    var predicate: UInt32 { base.load(fromByteOffset: 52, as: UInt32.self) }
    /// The token of the entity that does what it says; 0 for none.
    var agent: UInt32 { base.load(fromByteOffset: 56, as: UInt32.self) }

    /// Who says it, by hash; 0 for the author, and where that is not known.
    var source: UInt32 { base.load(fromByteOffset: 60, as: UInt32.self) }

    /// The tokens of its words and of the entities that it names, by hash.
    var tokens: UnsafeBufferPointer<UInt32> { list(after: 0, count(46)) }
    /// Whether it names anybody or anything.
    var namesAny: Bool { tokens.contains(where: StatementToken.isName) }
    /// Whether it names the entity of a token.
    func names(_ token: UInt32) -> Bool {
        tokens.contains { StatementToken.isName($0) && StatementToken.hash($0) == StatementToken.hash(token) }
    }
    /// The stems that a negation is about.
    var negated: UnsafeBufferPointer<UInt32> { list(after: count(46), count(47)) }
    /// All stems that a negation reaches.
    var reached: UnsafeBufferPointer<UInt32> { list(after: count(46) + count(47), count(48)) }
    /// The entities that its document names most.
    var topics: UnsafeBufferPointer<UInt32> { list(after: count(46) + count(47) + count(48), count(49)) }

    /// Whether it has numbers by which it tells things of one kind apart.
    var hasLabels: Bool { count(50) > 0 }

    /// The numbers by which it tells things of one kind apart.
    var labels: [NumberLabel] {
        let count = count(50)
        guard count > 0 else { return [] }
        let nouns = list(after: self.count(46) + self.count(47) + self.count(48) + self.count(49), count)
        return (0..<count).map {
            NumberLabel(
                noun: nouns[$0],
                number: base.load(fromByteOffset: Self.header + 8 * $0, as: Double.self))
        }
    }

    var hasFigures: Bool { count(51) > 0 }

    var figures: [Figure] {
        guard hasFigures else { return [] }
        let bytes = UnsafeRawBufferPointer(
            start: base + Self.header + Self.listBytes(base), count: Int(base.load(fromByteOffset: 32, as: UInt32.self))
        )
        var reader = ByteReader(Array(bytes))
        var figures: [Figure] = []
        for _ in 0..<count(51) {
            guard let figure = try? Figure(decoding: &reader) else { break }
            figures.append(figure)
        }
        return figures
    }

    /// What it means, as a vector of signed bytes; nil where it is not compared by meaning.
    var vector: UnsafeBufferPointer<Int8>? {
        guard traits.contains(.meaning) else { return nil }
        let start = Self.header + Self.listBytes(base) + Int(base.load(fromByteOffset: 32, as: UInt32.self))
        let width = Int(base.loadUnaligned(fromByteOffset: start, as: UInt16.self))
        return UnsafeBufferPointer(start: (base + start + 2).assumingMemoryBound(to: Int8.self), count: width)
    }

    /// What tells it from the others of its table.
    var identity: UnsafeRawPointer { base }

    /// Where it stands in its document, whatever else changes there.
    var place: StatementPlace {
        StatementPlace(passage: passage, coded: codedPlace)
    }

    /// Whether its words are those of another statement, in their order.
    func saysSame(as other: StatementView) -> Bool { exact == other.exact && length == other.length }

    /// Whether it comes before another statement, in the order of documents, claims and statements.
    func precedes(_ other: StatementView) -> Bool {
        if document != other.document { return document < other.document }
        return passage == other.passage ? codedPlace < other.codedPlace : passage < other.passage
    }

    private func day(at offset: Int) -> Int? {
        let day = base.load(fromByteOffset: offset, as: Int32.self)
        return day == Self.noDay ? nil : Int(day)
    }

    private func count(_ offset: Int) -> Int { Int(base.load(fromByteOffset: offset, as: UInt8.self)) }

    private func list(after index: Int, _ count: Int) -> UnsafeBufferPointer<UInt32> {
        let start = base + Self.header + 8 * self.count(50) + 4 * index
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt32.self), count: count)
    }
}

extension StatementView {
    private static let header = 64

    /// The bytes of the lists behind the header.
    private static func listBytes(_ base: UnsafeRawPointer) -> Int {
        var numbers = 0
        for offset in 46...50 { numbers += Int(base.load(fromByteOffset: offset, as: UInt8.self)) }
        return 4 * numbers + 8 * Int(base.load(fromByteOffset: 50, as: UInt8.self))
    }

    /// How long the row at `base` is without the id of its document, and that id; nil for bytes that are no row.
    static func parts(_ row: UnsafeRawBufferPointer) -> (count: Int, document: String)? {
        guard row.count >= header, let base = row.baseAddress else { return nil }
        var count =
            header + listBytes(base) + Int(base.loadUnaligned(fromByteOffset: 32, as: UInt32.self))
        let traits = StatementSignature.Traits(rawValue: base.loadUnaligned(fromByteOffset: 44, as: UInt16.self))
        if traits.contains(.meaning) {
            guard count + 2 <= row.count else { return nil }
            count += 2 + Int(base.loadUnaligned(fromByteOffset: count, as: UInt16.self))
        }
        let id = Int(base.loadUnaligned(fromByteOffset: 42, as: UInt16.self))
        guard count + id == row.count else { return nil }
        let bytes = UnsafeRawBufferPointer(rebasing: row[count...])
        return String(validating: bytes, as: UTF8.self).map { (count, $0) }
    }
}
