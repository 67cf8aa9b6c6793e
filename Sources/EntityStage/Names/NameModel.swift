import CNameModel
import Text

/// The weights of the tagger and the sets of words that go with them, read where they lie.
///
/// All numbers are little-endian. A head of 64 bytes (mark, version, sizes, a check over the rest) is followed by the
/// weights of pairs of labels, the gazetteer's slots, those of the clusters with their coarse ones, and lines of four rows. A row is the weights of one feature for the
/// labels but `outside`, a byte each, and sixteen bits of the feature's hash, by which it is recognized within its line.
package struct NameModel: @unchecked Sendable {
    // Constant bytes for the life of the program, which nothing writes to.
    private let rows: UnsafeRawPointer
    private let lineMask: UInt64
    /// The weight of each pair of labels, the first label counting slower.
    let pairs: [Int32]
    let gazetteer: NameGazetteer
    let clusters: NameClusters

    /// Why bytes are no model.
    package enum Problem: Error, Hashable {
        case tooShort, notAModel, otherVersion, damaged

        /// What is wrong, in words.
        package var summary: String {
            switch self {
            case .tooShort: "it ends too early"
            case .notAModel: "it does not begin as a model does"
            case .otherVersion: "it is of another version than the program"
            case .damaged: "its check does not fit its bytes"
            }
        }
    }

    static let mark: UInt32 = 0x314D_4E43
    static let version: UInt32 = 2
    static let headLength = 64
    static let rowsOfLine = 4
    static let rowLength = 16
    static let pairsLength = (NameLabel.count * NameLabel.count * 2 + 63) / 64 * 64

    /// The model in `bytes`, which have to stay where they are for as long as the model is used.
    package init(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
        guard bytes.count >= Self.headLength, let base = bytes.baseAddress else { throw .tooShort }
        func word(_ index: Int) -> UInt32 {
            UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        guard word(0) == Self.mark else { throw .notAModel }
        guard word(1) == Self.version else { throw .otherVersion }
        let lineBits = Int(word(2)), slotBits = Int(word(3)), clusterBits = Int(word(6))
        guard lineBits <= 24, slotBits <= 24, clusterBits <= 24 else { throw .damaged }
        let slots = 1 << slotBits, lines = 1 << lineBits, words = 1 << clusterBits
        let length =
            Self.headLength + Self.pairsLength + slots * 2 + words * 4 + NameClusters.most + lines * Self.rowsOfLine
            * Self.rowLength
        guard bytes.count == length else { throw bytes.count < length ? .tooShort : .damaged }
        let check = UInt64(word(4)) | UInt64(word(5)) << 32
        guard check == Self.check(UnsafeRawBufferPointer(rebasing: bytes[Self.headLength...])) else { throw .damaged }
        pairs = (0..<NameLabel.count * NameLabel.count).map {
            Int32(Int16(littleEndian: base.loadUnaligned(fromByteOffset: Self.headLength + $0 * 2, as: Int16.self)))
        }
        let slotsStart = base + Self.headLength + Self.pairsLength
        gazetteer = NameGazetteer(
            slots: UnsafeBufferPointer(start: slotsStart.assumingMemoryBound(to: UInt16.self), count: slots))
        let clusterStart = slotsStart + slots * 2
        clusters = NameClusters(
            slots: UnsafeBufferPointer(start: clusterStart.assumingMemoryBound(to: UInt32.self), count: words),
            coarse: UnsafeBufferPointer(
                start: (clusterStart + words * 4).assumingMemoryBound(to: UInt8.self), count: NameClusters.most))
        rows = clusterStart + words * 4 + NameClusters.most
        lineMask = UInt64(lines - 1)
    }

    /// The sum of the rows of `features`, by label.
    ///
    /// Which row of its line a feature has, if any, can't be foretold: so there is no branch on it. A row is taken as
    /// eight words of two weights each, which are summed apart and brought together at the end.
    @inline(__always)
    func scores(of features: [UInt64]) -> SIMD16<Int16> {
        var even = SIMD8<Int16>(repeating: 0)
        var odd = SIMD8<Int16>(repeating: 0)
        for feature in features {
            let line = line(of: feature)
            let check = Self.rowCheck(feature)
            var found: UInt8 = 0
            for k in 0..<Self.rowsOfLine {
                let other = line.loadUnaligned(fromByteOffset: k * Self.rowLength + 14, as: UInt16.self)
                found |= (other == check ? 1 : 0) &<< UInt8(k)
            }
            let row = (found | 1 << UInt8(Self.rowsOfLine - 1)).trailingZeroBitCount
            let keep = SIMD8<Int16>(repeating: found == 0 ? 0 : -1)
            let weights = line.loadUnaligned(fromByteOffset: row * Self.rowLength, as: SIMD8<Int16>.self) & keep
            even &+= (weights &<< 8) &>> 8
            odd &+= weights &>> 8
        }
        var sum = SIMD16<Int16>(repeating: 0)
        sum.evenHalf = even
        sum.oddHalf = odd
        sum[14] = 0
        sum[15] = 0
        return sum
    }

    /// Asks for the rows of `features` before they are needed. They lie anywhere in a megabyte, so that waiting for
    /// them takes longer than adding them up.
    @inline(__always)
    func prefetch(_ features: [UInt64]) {
        for feature in features { name_model_prefetch(line(of: feature)) }
    }

    private func line(of feature: UInt64) -> UnsafeRawPointer {
        rows + Int(truncatingIfNeeded: feature & lineMask) * (Self.rowsOfLine * Self.rowLength)
    }

    static func rowCheck(_ feature: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: feature >> 48)) }

    /// A check over eight bytes at a time.
    static func check(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        var k = 0
        while k + 8 <= bytes.count {
            state =
                (state ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: k, as: UInt64.self)))
                &* 0x9E37_79B9_7F4A_7C15
            state ^= state >> 29
            k += 8
        }
        return state
    }

    /// The bytes of a model. Features come with what they weigh, the heaviest first; those that find their line full are
    /// left out, and their number is given.
    package static func encoded(
        lineBits: Int, pairs: [Int16], slots: [UInt16], clusters: [UInt32], coarse: [UInt8],
        features: [(hash: UInt64, weights: [Int8])]
    ) -> (bytes: [UInt8], leftOut: Int) {
        var rows = [UInt8](repeating: 0, count: (1 << lineBits) * rowsOfLine * rowLength)
        var leftOut = 0
        for (hash, weights) in features {
            let line = Int(hash & UInt64((1 << lineBits) - 1)) * rowsOfLine * rowLength
            let check = rowCheck(hash)
            let free = (0..<rowsOfLine).first { k in
                let at = line + k * rowLength + 14
                let there = UInt16(rows[at]) | UInt16(rows[at + 1]) << 8
                return there == 0 || there == check
            }
            guard let free, rows[line + free * rowLength + 14] == 0, rows[line + free * rowLength + 15] == 0 else {
                leftOut += 1
                continue
            }
            let row = line + free * rowLength
            for (k, weight) in weights.enumerated() { rows[row + k] = UInt8(bitPattern: weight) }
            rows[row + 14] = UInt8(check & 0xFF)
            rows[row + 15] = UInt8(check >> 8)
        }
        var body: [UInt8] = []
        for value in pairs { body += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
        body += Array(repeating: 0, count: pairsLength - body.count)
        for value in slots { body += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
        for value in clusters { for k in 0..<4 { body.append(UInt8(truncatingIfNeeded: value >> (8 * k))) } }
        body += coarse + Array(repeating: 0, count: NameClusters.most - coarse.count)
        body += rows
        let check = body.withUnsafeBytes(Self.check)
        let head = [
            mark, version, UInt32(lineBits), UInt32(slots.count.trailingZeroBitCount),
            UInt32(truncatingIfNeeded: check),
            UInt32(truncatingIfNeeded: check >> 32), UInt32(clusters.count.trailingZeroBitCount),
        ]
        var bytes: [UInt8] = []
        for value in head { for k in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * k))) } }
        bytes += Array(repeating: 0, count: headLength - bytes.count)
        return (bytes + body, leftOut)
    }
}
