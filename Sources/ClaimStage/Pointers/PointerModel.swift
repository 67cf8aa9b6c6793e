import CClaimModel

/// The five pointers in order: each is a linear model, and the best candidate wins, the first one among equals.
package enum Pointer: Int, CaseIterable {
    case kind, contentStart, contentEnd, sourceEnd, sourceStart
}

/// The weights of the five pointers, one byte each: a row of ``kinds`` weights for a feature of the first pointer, one
/// weight for a feature of the others.
package struct PointerModel: @unchecked Sendable {  // nobody writes to the bytes, and their owner outlives it
    // Constant data of the program, or a buffer that its maker keeps.
    private let weights: UnsafePointer<Int8>

    /// The model that the program is built with; nil when the file was damaged in the working copy that it was built
    /// from.
    static let embedded = claim_model_length() == byteCount ? PointerModel(claim_model_bytes()) : nil

    /// How many weights each pointer has.
    package static let size = 1 << 18
    /// How many bytes a model has.
    package static let byteCount = size * Pointer.allCases.count
    /// The weights of one row of the first pointer; the twelve kinds and room to a power of two.
    package static let kinds = 16

    /// The model in `byteCount` bytes.
    package init(_ bytes: UnsafePointer<UInt8>) {
        weights = UnsafeRawPointer(bytes).assumingMemoryBound(to: Int8.self)
    }

    /// The kind whose weights for these features are the greatest.
    func kind(_ features: FeatureBuffer) -> PointerKind {
        var sums = SIMD16<Int32>(repeating: 0)
        let rows = UnsafeRawPointer(weights)
        for hash in features.hashes {
            let row = rows.loadUnaligned(fromByteOffset: Self.row(of: hash), as: SIMD16<Int8>.self)
            sums &+= SIMD16<Int32>(truncatingIfNeeded: row)
        }
        var best = PointerKind.none
        for kind in PointerKind.allCases where sums[Int(kind.rawValue)] > sums[Int(best.rawValue)] { best = kind }
        return best
    }

    /// The sum of the weights of a pointer for these features.
    @inline(__always)
    func score(_ pointer: Pointer, _ features: FeatureBuffer) -> Int32 {
        let base = weights + pointer.rawValue * Self.size
        var sum: Int32 = 0
        for hash in features.hashes { sum &+= Int32(base[Self.slot(of: hash)]) }
        return sum
    }

    /// Where the row of a feature of the first pointer begins.
    @inline(__always)
    package static func row(of hash: UInt32) -> Int { Int(hash) & (size / kinds - 1) * kinds }
    /// Which weight of another pointer a feature has.
    @inline(__always)
    package static func slot(of hash: UInt32) -> Int { Int(hash) & (size - 1) }
}
