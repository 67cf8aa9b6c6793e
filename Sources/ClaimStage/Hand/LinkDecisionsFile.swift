import Digests
import StageKit

/// Reads what the option `decisions` says of claims and links; what it says of names is not for this stage.
struct LinkDecisionsFile {
    private(set) var rejected: Set<String> = []
    private(set) var links: [HandLinks.Pair: HandLinks.Verdict] = [:]
    /// The entities that claims have as their sources.
    private(set) var sources: [String: String] = [:]
    /// Claims whose questions are one.
    private(set) var merges: [[String]] = []
    /// Claims that speak to a question of their own.
    private(set) var splits: [Set<String>] = []
    /// All claims that are decided about, in the order in which they stand.
    private(set) var claims: [DecidedClaim] = []

    private let file: FileValue

    static func read(_ file: FileValue) throws(OptionProblem) -> LinkDecisionsFile {
        var read = LinkDecisionsFile(file: file)
        guard case .mapping(let entries)? = file.tree else { return read }
        for entry in entries where entry.key == "claims" { try read.readClaims(entry) }
        for entry in entries where entry.key == "links" { try read.readLinks(entry) }
        for entry in entries where entry.key == "questions" { try read.readQuestions(entry) }
        read.claims.sort { $0.line < $1.line }
        return read
    }

    private init(file: FileValue) { self.file = file }

    private mutating func readClaims(_ entry: OptionEntry) throws(OptionProblem) {
        for parts in try decisions(entry, example: "- reject: c-abcdefghijkl") {
            if parts.contains(where: { $0.key == "set" }) {
                try readSource(parts)
                continue
            }
            for part in parts {
                guard part.key == "reject" else {
                    throw problem(
                        "no key '\(part.key)' in a decision on claims", "keys are 'reject', or 'set' with 'source'",
                        part.line)
                }
                let id = try claim(part.value, part.line)
                guard rejected.insert(id).inserted else {
                    throw problem("the claim '\(id)' is rejected twice", nil, part.line)
                }
            }
        }
    }

    /// `set: c-abcdefghijkl` with `source: person:ada-weir`.
    private mutating func readSource(_ parts: [OptionEntry]) throws(OptionProblem) {
        var decided: (claim: String, line: Int)?
        var source: String?
        for part in parts {
            switch part.key {
            case "set": decided = (try claim(part.value, part.line), part.line)
            case "source":
                guard case .string(let text) = part.value, Self.isEntity(text) else {
                    throw problem(
                        "a source is the id of an entity", "the table 'entities' has the ids, such as person:ada-weir",
                        part.line)
                }
                source = text
            default:
                throw problem("no key '\(part.key)' in a decision on claims", "beside 'set' stands 'source'", part.line)
            }
        }
        guard let decided, let source else {
            throw problem("a claim is set to a source", "source: person:ada-weir", decided?.line ?? parts[0].line)
        }
        guard sources[decided.claim] == nil else {
            throw problem("the source of the claim '\(decided.claim)' is set twice", nil, decided.line)
        }
        sources[decided.claim] = source
    }

    private static func isEntity(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[1].isEmpty
            && Mention.Kind.allCases.contains { $0.isName && $0.label == parts[0] }
    }

    private mutating func readQuestions(_ entry: OptionEntry) throws(OptionProblem) {
        for parts in try decisions(entry, example: "- merge: [c-abcdefghijkl, c-mnopqrstuvwx]") {
            for part in parts {
                switch part.key {
                case "merge": merges.append(try group(part, least: 2))
                case "split": splits.append(Set(try group(part, least: 1)))
                default:
                    throw problem(
                        "no key '\(part.key)' in a decision on questions", "keys are 'merge' and 'split'", part.line)
                }
            }
        }
    }

    private mutating func group(_ part: OptionEntry, least: Int) throws(OptionProblem) -> [String] {
        guard case .list(let values) = part.value, values.count >= least else {
            throw problem(
                "'\(part.key)' names claims of questions by their ids",
                least > 1 ? "at least two: [c-abcdefghijkl, c-mnopqrstuvwx]" : "[c-abcdefghijkl]", part.line)
        }
        var ids: [String] = []
        for value in values {
            let id = try claim(value, part.line)
            guard !ids.contains(id) else { throw problem("the claim '\(id)' stands twice", nil, part.line) }
            ids.append(id)
        }
        return ids
    }

    private mutating func readLinks(_ entry: OptionEntry) throws(OptionProblem) {
        for parts in try decisions(entry, example: "- reject: [c-abcdefghijkl, c-mnopqrstuvwx]") {
            var decided: (pair: HandLinks.Pair, isRejected: Bool, line: Int)?
            var relation: Links.Relation?
            for part in parts {
                switch part.key {
                case "reject", "confirm":
                    guard decided == nil else {
                        throw problem("a decision rejects a link or confirms it, and not both", nil, part.line)
                    }
                    decided = (try pair(part.value, part.line), part.key == "reject", part.line)
                case "relation": relation = try self.relation(part)
                default:
                    throw problem(
                        "no key '\(part.key)' in a decision on links", "keys are reject, confirm, relation", part.line)
                }
            }
            guard let decided else {
                throw problem("a decision on a link has 'reject' or 'confirm'", nil, parts.first?.line ?? entry.line)
            }
            guard relation == nil || !decided.isRejected else {
                throw problem("a link that is rejected has no relation", nil, decided.line)
            }
            guard links[decided.pair] == nil else {
                throw problem(
                    "the link of '\(decided.pair.low)' and '\(decided.pair.high)' is decided twice", nil, decided.line)
            }
            links[decided.pair] = decided.isRejected ? .rejected : .confirmed(relation)
        }
    }

    private func relation(_ part: OptionEntry) throws(OptionProblem) -> Links.Relation {
        let all: [Links.Relation] = [.repeats, .supports, .disputes, .updates, .related]
        guard case .string(let name) = part.value, let relation = all.first(where: { $0.label == name }) else {
            throw problem(
                "no such relation", "relations are \(all.map(\.label).joined(separator: ", "))", part.line)
        }
        return relation
    }

    private mutating func pair(_ value: OptionValue, _ line: Int) throws(OptionProblem) -> HandLinks.Pair {
        guard case .list(let ends) = value, ends.count == 2 else {
            throw problem("a link is a list of the ids of two claims", "[c-abcdefghijkl, c-mnopqrstuvwx]", line)
        }
        let (one, other) = (try claim(ends[0], line), try claim(ends[1], line))
        guard one != other else { throw problem("a link of '\(one)' with itself", nil, line) }
        return HandLinks.Pair(one, other)
    }

    private mutating func claim(_ value: OptionValue, _ line: Int) throws(OptionProblem) -> String {
        guard case .string(let id) = value, PassageIDs.isClaim(id) else {
            let shown = if case .string(let text) = value { "'\(text)'" } else { "this" }
            throw problem(
                "\(shown) is no id of a claim", "the table 'claims' of the results has the ids, such as c-abcdefghijkl",
                line)
        }
        claims.append(DecidedClaim(claim: id, file: file.path, line: line))
        return id
    }

    /// The decisions below a key, each as its parts.
    private func decisions(_ entry: OptionEntry, example: String) throws(OptionProblem) -> [[OptionEntry]] {
        let items: [OptionValue]
        switch entry.value {
        case .list(let list): items = list
        case .null: items = []
        default: throw problem("'\(entry.key)' is a list of decisions", example, entry.line)
        }
        var decisions: [[OptionEntry]] = []
        for item in items {
            guard case .mapping(let parts) = item, !parts.isEmpty else {
                throw problem("'\(entry.key)' is a list of decisions", example, entry.line)
            }
            decisions.append(parts)
        }
        return decisions
    }

    private func problem(_ summary: String, _ hint: String?, _ line: Int) -> OptionProblem {
        OptionProblem(option: "decisions", summary, hint: hint, file: file.path, line: line, code: "bad-decisions")
    }
}
