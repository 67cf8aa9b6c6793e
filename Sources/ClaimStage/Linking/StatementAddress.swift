import StageKit
import Text

/// Where a statement stands in full: two bytes that statements of the same words have in common, and eight of a hash.
struct StatementAddress: Sendable, Equatable {
    let head: UInt16
    let hash: UInt64

    private static let count = 10

    /// The address of `statement`, whose row has these bytes.
    init(of statement: IndexedStatement, encoded: [UInt8]) {
        head = UInt16(truncatingIfNeeded: statement.signature.exact)
        hash = StableHash.of(encoded)
    }

    /// The address that an element of a band ends in; nil for bytes that are no element.
    init?(element: [UInt8]) {
        guard element.count == 2 + Self.count else { return nil }
        self.init(element[2...])
    }

    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        head = UInt16(bytes.prefix(2).reduce(0) { $0 << 8 | UInt64($1) })
        hash = bytes.dropFirst(2).reduce(0) { $0 << 8 | UInt64($1) }
    }

    fileprivate var bytes: [UInt8] { UInt64(head).bytes(2) + hash.bytes(8) }

    /// What stands for the statement in a band. In a large band only neighbours are compared, so elements begin with a
    /// hash of what the statement has in the next band: what has much in common stands together.
    func element(beside next: UInt64) -> [UInt8] { Bands.mixed(next).bytes(2) + bytes }
}

extension FoldKey {
    private static let statementMark: UInt8 = 0xFF

    /// The row of a band: its kind, and what the statements in it have in common.
    init(_ band: Bands.Band) { self.init([band.kind.rawValue] + band.value.bytes(6)) }

    /// The row of a statement.
    init(statement address: StatementAddress) { self.init([Self.statementMark] + address.bytes) }

    /// Where the rows of statements begin: behind all bands.
    static let firstStatement = FoldKey([statementMark])

    /// The address of the statement whose row this is; nil for the row of a band.
    var statementAddress: StatementAddress? {
        bytes.first == Self.statementMark ? StatementAddress(bytes[1...]) : nil
    }

    /// The band whose row this is; nil for the row of a statement.
    var band: Bands.Band? {
        guard bytes.count == 7, let kind = bytes.first.flatMap({ Bands.Kind(rawValue: $0) }) else { return nil }
        return Bands.Band(kind: kind, value: bytes[1...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension UInt64 {
    /// The low `count` bytes, high ones first.
    func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, written in
            for k in 0..<count { bytes[k] = UInt8(truncatingIfNeeded: self >> (8 * UInt64(count - 1 - k))) }
            written = count
        }
    }
}
