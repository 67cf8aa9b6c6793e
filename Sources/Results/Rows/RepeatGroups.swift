import StageKit

/// Finds the claims of a document that lead a group: they say the same as claims of other documents, and their document is
/// the first of these. Where many say the same in the same words, all of them are linked with that one only.
struct RepeatGroups {
    /// One group.
    struct Group {
        /// The number of the claim that leads it.
        let claim: Int
        /// How many documents make the claim.
        let documents: Int
        /// The best score of its links, in thousandths.
        let score: Int
    }

    private let document: String
    private var followers: Set<Int> = []
    private var others: [Int: Set<String>] = [:]
    private var scores: [Int: Int] = [:]

    /// Of the claims of `document`, whose links come next.
    init(document: String) { self.document = document }

    /// Takes in a link to a claim that comes later.
    mutating func take(leader link: Links.Link) {
        guard Self.isSame(link) else { return }
        scores[link.claim] = max(scores[link.claim] ?? 0, link.score)
        if link.document != document { others[link.claim, default: []].insert(link.document) }
    }

    /// Takes in a link to a claim that comes before.
    mutating func take(follower link: Links.Link) { if Self.isSame(link) { followers.insert(link.claim) } }

    /// The groups of several documents, in order of their claims.
    var leading: [Group] {
        others.filter { !followers.contains($0.key) }.sorted { $0.key < $1.key }.map { claim, others in
            Group(claim: claim, documents: others.count + 1, score: scores[claim] ?? 0)
        }
    }

    private static func isSame(_ link: Links.Link) -> Bool { link.relation == .repeats || link.relation == .supports }
}
