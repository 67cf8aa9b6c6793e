import StageKit
import Text

/// The pairs of a band's statements that it is for this band to compare, and that have enough in common.
///
/// There are millions of pairs, and few have. What tells them apart stands in lists of numbers, one statement behind the
/// other: to ask the statements themselves would cost more than to compare them.
struct BandPairs {
    private let statements: [IndexedStatement]
    /// What tells their documents from others.
    private let documents: [UInt64]
    /// What each has in the drawings before this one.
    private let before: [UInt64]
    private let drawing: Int
    private let tokens: Pool
    private let entities: Pool
    private let kind: Bands.Kind
    /// For a band of two entities, these.
    private let pair: (UInt32, UInt32)
    private let withinDocuments: Bool

    /// In so many of the drawn bands that two statements share, the first ones, they are compared: one might be too large
    /// for the two to meet in it, and in all of them would be the same done ten times.
    private static let meetings = 2

    /// Lists of numbers, one behind the other.
    private struct Pool {
        var numbers: [UInt32] = []
        var starts: [Int] = [0]

        mutating func append(_ list: [UInt32]) {
            numbers += list
            starts.append(numbers.count)
        }
    }

    /// The pairs of `members`, which share `band`.
    init(_ members: [BandMember], band: Bands.Band, withinDocuments: Bool) {
        kind = band.kind
        drawing = band.kind == .opening ? Int(band.kind.rawValue) : band.kind.drawing ?? 0
        pair = (UInt32(truncatingIfNeeded: band.value >> 24), UInt32(truncatingIfNeeded: band.value) & 0xFF_FFFF)
        self.withinDocuments = withinDocuments
        statements = members.map(\.statement)
        documents = members.map(\.document)
        var before: [UInt64] = []
        var (tokens, entities) = (Pool(), Pool())
        for member in members {
            before += member.drawn.prefix(drawing)
            tokens.append(member.statement.tokens)
            entities.append(member.statement.entities)
        }
        self.before = before
        self.tokens = tokens
        self.entities = entities
    }

    /// Hands over each pair whose second statement is at most `reach` behind the first.
    func forEach(reach: Int, _ body: (IndexedStatement, IndexedStatement) -> Void) {
        documents.withUnsafeBufferPointer { documents in
            tokens.numbers.withUnsafeBufferPointer { tokens in
                self.tokens.starts.withUnsafeBufferPointer { starts in
                    for one in documents.indices {
                        let a = UnsafeBufferPointer(rebasing: tokens[starts[one]..<starts[one + 1]])
                        for two in (one + 1)..<max(one + 1, min(documents.count, one + 1 + reach)) {
                            guard withinDocuments || documents[one] != documents[two], isDue(one, two) else { continue }
                            let b = UnsafeBufferPointer(rebasing: tokens[starts[two]..<starts[two + 1]])
                            let overlap = Overlap(a, b)
                            if Comparison.isWorthwhile(overlap) || Comparison.mayConflict(overlap) {
                                body(statements[one], statements[two])
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whether the pair is compared in this band, and not in another that both share.
    private func isDue(_ one: Int, _ two: Int) -> Bool {
        switch kind {
        case .figure, .count: return true
        case .name, .names:
            let shared = firstShared(one, two)
            return kind == .name ? shared.count == 1 : shared.first == pair.0 && shared.second == pair.1
        default:
            var shared = 0
            for k in 0..<drawing where before[one * drawing + k] == before[two * drawing + k] { shared += 1 }
            return shared < Self.meetings
        }
    }

    /// The first two entities that both name.
    private func firstShared(_ one: Int, _ two: Int) -> (first: UInt32, second: UInt32, count: Int) {
        var i = entities.starts[one], j = entities.starts[two]
        let (endA, endB) = (entities.starts[one + 1], entities.starts[two + 1])
        var (first, second, count) = (UInt32.max, UInt32.max, 0)
        while i < endA, j < endB, count < 2 {
            let (x, y) = (entities.numbers[i], entities.numbers[j])
            if x == y {
                if count == 0 { first = x } else { second = x }
                count += 1
                i += 1
                j += 1
            } else if x < y {
                i += 1
            } else {
                j += 1
            }
        }
        return (first, second, count)
    }
}

/// A statement of a band, looked up.
final class BandMember: Sendable {
    let statement: IndexedStatement
    /// What it has in the bands that are drawn from its words.
    let drawn: [UInt64]
    /// What tells its document from others.
    let document: UInt64

    /// Nil for bytes that can't be read, which the store has kept out.
    init?(_ bytes: [UInt8]) {
        guard let statement = try? IndexedStatement(encoded: bytes) else { return nil }
        self.statement = statement
        drawn = Bands.words(statement).map(\.value)
        document = StableHash.of(statement.document.utf8)
    }
}
