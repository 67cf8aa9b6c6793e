import Digests
package import StageKit

/// What the user decided about claims and their links.
struct HandLinks: Sendable {
    /// Two claims, by their ids, whichever comes first.
    struct Pair: Hashable, Sendable {
        let low: String
        let high: String

        init(_ one: String, _ other: String) {
            (low, high) = one.utf8.lexicographicallyPrecedes(other.utf8) ? (one, other) : (other, one)
        }
    }

    /// What was decided about a link.
    enum Verdict: Equatable, Sendable {
        /// The two are not linked.
        case rejected
        /// The link is right; with a relation, it is of this one.
        case confirmed(Links.Relation?)
    }

    /// Claims that are linked to nothing.
    private(set) var rejected: Set<String> = []
    private(set) var links: [Pair: Verdict] = [:]
    /// The entities that claims have as their sources.
    private(set) var sources: [String: String] = [:]
    /// Claims whose questions are one.
    private(set) var merges: [[String]] = []
    /// Claims that speak to a question of their own.
    private(set) var splits: [Set<String>] = []

    /// The decisions of `file`; none without one.
    init(_ file: FileValue?) throws(OptionProblem) {
        guard let file else { return }
        let read = try LinkDecisionsFile.read(file)
        rejected = read.rejected
        links = read.links
        sources = read.sources
        merges = read.merges
        splits = read.splits
    }

    /// Whether two claims do not speak to one question, because a decision takes one of them apart from others.
    func divides(_ one: String, _ other: String) -> Bool {
        splits.contains { $0.contains(one) != $0.contains(other) }
    }

    private var isEmpty: Bool { rejected.isEmpty && links.isEmpty }

    /// The links of a document as the user wants them; `claims` are the references of its claims.
    func applied(to found: [FoundLink], of document: String) -> [FoundLink] {
        guard !isEmpty else { return found }
        var ids = PassageIDs(document)
        return found.compactMap { found in
            let own = ids.claim(found.link.own.claim)
            var others = PassageIDs(found.link.document)
            let other = others.claim(found.link.other.claim)
            if rejected.contains(own) || rejected.contains(other) { return nil }
            switch links[Pair(own, other)] {
            case nil: return found
            case .rejected: return nil
            case .confirmed(let relation):
                var confirmed = found
                confirmed.isConfirmed = true
                confirmed.link.comparison.score = 1000
                confirmed.link.comparison.relation = relation ?? found.link.comparison.relation
                return confirmed
            }
        }
    }
}

/// A claim about which the file `decisions` says something.
package struct DecidedClaim: Sendable {
    /// Its id.
    package let claim: String
    /// The file, relative to the project.
    package let file: String
    /// The line, from 1.
    package let line: Int
}

extension ClaimStage {
    /// The claims that decisions by hand are about, in the order in which they stand. Nothing says that the corpus has
    /// them: who knows the corpus can say where it does not.
    package static func decidedClaims(_ options: [String: OptionValue]) -> [DecidedClaim] {
        guard case .file(let file)? = options["decisions"], let read = try? LinkDecisionsFile.read(file) else {
            return []
        }
        return read.claims
    }
}
