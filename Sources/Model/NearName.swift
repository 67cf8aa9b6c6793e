/// Finds what the user probably meant when they wrote a name that does not exist.
package enum NearName {
    /// The candidate nearest to `name`, if it is near enough; of several equally near, the first by bytes.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let written = folded(name)
        guard written.count <= longest else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in Set(candidates).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let other = folded(candidate)
            guard other.count <= longest else { continue }
            let distance = distance(written, other)
            let allowed = max(1, min(max(written.count, other.count) / 3, 4))
            guard distance <= allowed, distance < max(written.count, other.count) else { continue }
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    /// `Did you mean 'gazetteer'?`, or nil when nothing is near.
    package static func hint(_ name: String, among candidates: some Sequence<String>) -> String? {
        of(name, among: candidates).map { "Did you mean '\($0)'?" }
    }

    /// Names longer than this are nobody's slip of the pen; comparing them would cost too much.
    private static let longest = 80

    /// Case, hyphens and underscores count for nothing.
    private static func folded(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.filter { $0 != "-" && $0 != "_" && $0 != " " }
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each 1.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            before = last
            last = row
        }
        return last[b.count]
    }
}
