package import Testing

/// A small generator of pseudo-random numbers (Steele, Lea, Flood 2014): the same seed gives the same numbers on
/// every machine, so that a property test that fails can be run again.
package struct SplitMix64: RandomNumberGenerator, Sendable, CustomTestStringConvertible {
    /// The seed; a failure should name it.
    package let seed: UInt64
    private var state: UInt64

    /// A generator that begins at `seed`.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next number.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `bound`, which has to be positive.
    package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }

    /// `count` bytes of any value.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// Valid UTF-8 of `count` code points, one- to four-byte ones mixed.
    package mutating func text(_ count: Int) -> [UInt8] {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0xA1...0x7FF, 0x800...0xD7FF, 0x1_0000...0x1_FFFF,
        ]
        var text = ""
        for _ in 0..<count {
            let range = ranges[below(ranges.count)]
            let value = UInt32.random(in: range, using: &self)
            text.unicodeScalars.append(Unicode.Scalar(value) ?? " ")
        }
        return Array(text.utf8)
    }

    /// The seed, as test names and failures show it.
    package var testDescription: String { "seed \(seed)" }
}

/// Runs `body` with a generator for each of `count` seeds; what it finds wrong is named with the seed.
package func forSeeds(
    _ count: UInt64 = 20, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (inout SplitMix64) throws -> String?
) rethrows {
    for seed in 1...max(1, count) {
        var random = SplitMix64(seed: seed)
        if let problem = try body(&random) {
            Issue.record("\(problem) (seed \(seed))", sourceLocation: sourceLocation)
        }
    }
}
