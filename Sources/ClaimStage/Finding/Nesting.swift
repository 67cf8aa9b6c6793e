import StageKit
import Text

/// Which claim stands within the content of which other.
enum Nesting {
    /// The claims, each with the innermost claim in whose content its cue stands. `claims` come by span and stay in
    /// their order.
    static func nested(_ claims: [Claim]) -> [Claim] {
        var nested = claims
        var open: [Int] = []
        let marks = claims.indices.compactMap { k in claims[k].cue.map { (at: $0.start, claim: k) } }
            .sorted { ($0.at, $0.claim) < ($1.at, $1.claim) }
        var next = 0
        for mark in marks {
            while next < claims.count, claims[next].span.start <= mark.at {
                open.append(next)
                next += 1
            }
            open.removeAll { claims[$0].span.end <= mark.at }
            let around = open.suffix(deepest).filter { outer in
                outer != mark.claim && contains(claims[outer], claims[mark.claim])
            }
            nested[mark.claim].within = around.min { (size(claims[$0]), $0) < (size(claims[$1]), $1) }
        }
        return nested
    }

    /// Whether the cue and all of the content of `inner` stand in the content of `outer`.
    private static func contains(_ outer: Claim, _ inner: Claim) -> Bool {
        guard let cue = inner.cue, outer.cue != inner.cue else { return false }
        return (inner.content + [cue]).allSatisfy { part in outer.content.contains { $0.contains(part) } }
    }

    private static func size(_ claim: Claim) -> Int { claim.content.reduce(0) { $0 + $1.count } }

    /// So many claims around a place are looked at, the last ones to begin.
    private static let deepest = 32
}
