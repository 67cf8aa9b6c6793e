import StageKit
import Text

/// The statements of an index, read once and then looked up by address: their rows one behind the other, and beside them
/// what tells at a glance which pairs need not be compared.
///
/// Unchecked: the rows are written while the table is made, and only read from then on.
final class StatementTable: RowLookup, @unchecked Sendable {
    /// The ids of the documents, in order.
    let documents: [String]
    /// What two statements have in common at most, as a set of bits: one for each token that tells something.
    let masks: [SIMD4<UInt64>]
    private let rows: UnsafeMutableRawPointer
    /// Where each row begins, in units of eight bytes.
    private let starts: [UInt32]
    /// The number of each statement's document.
    private let documentNumbers: [UInt32]
    /// What each statement has in the bands that are drawn from its words, shortened.
    private let drawn: [UInt32]
    private let addresses: AddressIndex

    /// Some statements, as they stand in their rows.
    struct Part: Sendable {
        fileprivate var bytes: [UInt64] = []
        fileprivate var starts: [UInt32] = []
        fileprivate var addresses: [StatementAddress] = []
        fileprivate var documents: [String] = []
        fileprivate var numbers: [UInt32] = []
        fileprivate var masks: [SIMD4<UInt64>] = []
        fileprivate var drawn: [UInt32] = []
    }

    static func part(of rows: [FoldRow]) -> Part {
        var part = Part()
        var known: [String: UInt32] = [:]
        for row in rows {
            guard let address = row.key.statementAddress, let bytes = row.elements.first?.bytes else { continue }
            bytes.withUnsafeBytes { bytes in
                guard let (count, document) = StatementView.parts(bytes) else { return }
                let number = known[document] ?? UInt32(known.count)
                if number == known.count {
                    known[document] = number
                    part.documents.append(document)
                }
                let start = part.bytes.count
                part.starts.append(UInt32(start))
                part.bytes.append(contentsOf: repeatElement(0, count: (count + 7) / 8))
                part.bytes.withUnsafeMutableBytes {
                    guard let base = $0.baseAddress.map({ $0 + 8 * start }), let source = bytes.baseAddress else {
                        return
                    }
                    base.copyMemory(from: source, byteCount: count)
                    let view = StatementView(UnsafeRawPointer(base), document: 0)
                    part.masks.append(Self.mask(view.tokens))
                    for band in Bands.words(view.tokens, opening: UInt64(view.opening)) {
                        part.drawn.append(UInt32(truncatingIfNeeded: Bands.mixed(band.value)))
                    }
                }
                part.addresses.append(address)
                part.numbers.append(number)
            }
        }
        return part
    }

    init(_ parts: [Part]) {
        documents = Set(parts.flatMap(\.documents)).sorted { $0.precedes($1) }
        let numbers = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1, UInt32($0)) })
        let words = parts.reduce(0) { $0 + $1.bytes.count }
        rows = .allocate(byteCount: max(8, 8 * words), alignment: 8)
        var starts: [UInt32] = []
        var documentNumbers: [UInt32] = []
        var next = 0
        for part in parts {
            let place = rows + 8 * next
            part.bytes.withUnsafeBytes {
                if let base = $0.baseAddress { place.copyMemory(from: base, byteCount: $0.count) }
            }
            starts += part.starts.map { $0 + UInt32(next) }
            let own = part.documents.map { numbers[$0] ?? 0 }
            documentNumbers += part.numbers.map { own[Int($0)] }
            next += part.bytes.count
        }
        self.starts = starts
        self.documentNumbers = documentNumbers
        masks = Array(parts.map(\.masks).joined())
        drawn = Array(parts.map(\.drawn).joined())
        addresses = AddressIndex(Array(parts.map(\.addresses).joined()))
    }

    deinit { rows.deallocate() }

    /// How many statements there are.
    var count: Int { starts.count }

    /// The statement of a number.
    subscript(number: Int) -> StatementView {
        StatementView(UnsafeRawPointer(rows + 8 * Int(starts[number])), document: Int(documentNumbers[number]))
    }

    /// The number of a statement's document.
    func document(of number: Int) -> UInt32 { documentNumbers[number] }

    /// The number of the statement that `element` of a band stands for; nil where it is not there.
    func number(of element: [UInt8]) -> Int? { StatementAddress(element: element).flatMap { addresses[$0] } }

    /// In how many of the first `drawings` drawn bands two statements stand together.
    func bandsShared(_ a: Int, _ b: Int, of drawings: Int) -> Int {
        drawn.withUnsafeBufferPointer { drawn in
            var shared = 0
            for k in 0..<drawings where drawn[Bands.drawings * a + k] == drawn[Bands.drawings * b + k] { shared += 1 }
            return shared
        }
    }

    /// The bits of the tokens that are not frequent words.
    private static func mask(_ tokens: UnsafeBufferPointer<UInt32>) -> SIMD4<UInt64> {
        var mask = SIMD4<UInt64>.zero
        for token in tokens where StatementToken.weight(token) > 1 {
            let bit = StatementToken.hash(token) & 0xFF
            mask[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
        }
        return mask
    }
}

/// Finds numbers by address. Addresses begin with bytes of a hash, so that those with the same first two are few.
private struct AddressIndex: Sendable {
    private let addresses: [StatementAddress]
    /// Where the addresses begin whose first two bytes are at least so much.
    private let buckets: [UInt32]

    /// For addresses in order.
    init(_ addresses: [StatementAddress]) {
        self.addresses = addresses
        var buckets = Array(repeating: UInt32(0), count: 0x1_0001)
        for address in addresses { buckets[Int(address.head) + 1] += 1 }
        for k in 1...0x1_0000 { buckets[k] += buckets[k - 1] }
        self.buckets = buckets
    }

    subscript(address: StatementAddress) -> Int? {
        var low = Int(buckets[Int(address.head)])
        let end = Int(buckets[Int(address.head) + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if addresses[middle].hash < address.hash { low = middle + 1 } else { high = middle }
        }
        return low < end && addresses[low].hash == address.hash ? low : nil
    }
}
