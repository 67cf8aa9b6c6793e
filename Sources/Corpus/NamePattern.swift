/// The part of a pattern that stands for one name of a path: `*`, `?`, `[a-z]` and `[!a-z]`.
struct NamePattern {
    private let pattern: Glob.Name

    init(_ pattern: Glob.Name) { self.pattern = pattern }

    /// Whether it matches the whole name; goes back only to the last `*`.
    func matches(_ name: Glob.Name) -> Bool {
        var n = 0
        var p = 0
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                p += 1
                star = (p, n)
            } else if p < pattern.count, let next = behind(p, matching: name[n]) {
                p = next
                n += 1
            } else if let (after, from) = star {
                star = (after, from + 1)
                p = after
                n = from + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }

    /// The place behind the part of the pattern at `place`, if that part matches `scalar`.
    private func behind(_ place: Int, matching scalar: Unicode.Scalar) -> Int? {
        switch pattern[place] {
        case "?": return place + 1
        case "[":
            // A bracket that is never closed stands for itself; one right behind the opening is of the set.
            guard let end = pattern[(place + 1)...].dropFirst().firstIndex(of: "]") else { break }
            let isNegated = pattern[place + 1] == "!" && end > place + 2
            let set = Array(pattern[(isNegated ? place + 2 : place + 1)..<end])
            return Self.contains(scalar, in: set) != isNegated ? end + 1 : nil
        default: break
        }
        return pattern[place] == scalar ? place + 1 : nil
    }

    private static func contains(_ scalar: Unicode.Scalar, in set: [Unicode.Scalar]) -> Bool {
        var k = 0
        while k < set.count {
            if k + 2 < set.count, set[k + 1] == "-" {
                if set[k] <= scalar, scalar <= set[k + 2] { return true }
                k += 3
            } else {
                if set[k] == scalar { return true }
                k += 1
            }
        }
        return false
    }
}
