/// How much two lists of stems, in order, have in common.
struct Overlap {
    /// How many stems are in both.
    var common = 0
    /// How many are in either.
    var all = 0
    /// ``common`` of ``all``, in thousandths.
    var share: Int { all == 0 ? 0 : 1000 * common / all }
    /// ``common`` of the shorter list, in thousandths.
    var containment = 0
    /// Whether each has names that the other lacks.
    var namesDiffer = false

    /// How much `a` and `b` have in common. (A function, so that neither is handed over.)
    static func between(_ a: [UInt32], _ b: [UInt32]) -> Overlap {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { Overlap(a, $0) } }
    }

    init(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) {
        var i = 0, j = 0
        var onlyA = false, onlyB = false
        while i < a.count, j < b.count {
            let x = a[i] & ClaimSignature.wordMask, y = b[j] & ClaimSignature.wordMask
            if x == y {
                common += 1
                i += 1
                j += 1
            } else if x < y {
                onlyA = onlyA || a[i] != x
                i += 1
            } else {
                onlyB = onlyB || b[j] != y
                j += 1
            }
        }
        while i < a.count {
            onlyA = onlyA || a[i] > ClaimSignature.wordMask
            i += 1
        }
        while j < b.count {
            onlyB = onlyB || b[j] > ClaimSignature.wordMask
            j += 1
        }
        all = a.count + b.count - common
        let shorter = min(a.count, b.count)
        containment = shorter == 0 ? 0 : 1000 * common / shorter
        namesDiffer = onlyA && onlyB
    }
}
