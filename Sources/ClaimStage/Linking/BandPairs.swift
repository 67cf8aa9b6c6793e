import StageKit

/// The pairs of a band's claims that it is for this band to compare, and that have enough in common.
///
/// There are millions of pairs, and few have. What tells them apart stands in lists of numbers, one claim behind the
/// other: to ask the claims themselves would cost more than to compare them.
struct BandPairs {
    private let claims: [IndexedClaim]
    /// What tells their documents from others.
    private let documents: [UInt64]
    /// What each has in the bands before this one.
    private let before: [UInt64]
    /// The stems of all, and where those of each begin; one more tells where the last ones end.
    private let stems: [UInt32]
    private let starts: [Int]
    private let band: Int
    private let most: Int

    /// The pairs of `members`, which share `band`: those of two documents that share fewer than `most` bands before it.
    init(_ members: [BandMember], band: Int, atMost most: Int) {
        var (claims, documents, before, stems, starts) = (
            [IndexedClaim](), [UInt64](), [UInt64](), [UInt32](), [Int]()
        )
        for member in members {
            guard let claim = try? IndexedClaim(encoded: member.bytes) else { continue }
            claims.append(claim)
            documents.append(member.document)
            before += member.bands.prefix(band)
            starts.append(stems.count)
            stems += claim.signature.stems
        }
        starts.append(stems.count)
        (self.claims, self.documents, self.before, self.stems, self.starts) = (
            claims, documents, before, stems, starts
        )
        self.band = band
        self.most = most
    }

    /// Hands over each pair whose second claim is at most `reach` behind the first.
    func forEach(reach: Int, _ body: (IndexedClaim, IndexedClaim) -> Void) {
        documents.withUnsafeBufferPointer { documents in
            before.withUnsafeBufferPointer { before in
                stems.withUnsafeBufferPointer { stems in
                    starts.withUnsafeBufferPointer { starts in
                        func isDue(_ one: Int, _ two: Int) -> Bool {
                            guard documents[one] != documents[two] else { return false }
                            var shared = 0
                            for k in 0..<band where before[one * band + k] == before[two * band + k] { shared += 1 }
                            guard shared < most else { return false }
                            return Comparison.isWorthwhile(
                                Overlap(
                                    UnsafeBufferPointer(rebasing: stems[starts[one]..<starts[one + 1]]),
                                    UnsafeBufferPointer(rebasing: stems[starts[two]..<starts[two + 1]])))
                        }
                        for one in documents.indices {
                            for two in (one + 1)..<max(one + 1, min(documents.count, one + 1 + reach))
                            where isDue(one, two) { body(claims[one], claims[two]) }
                        }
                    }
                }
            }
        }
    }
}
