import StageKit

/// What the user knows better: a gazetteer of names that belong together, and decisions that merge or split.
struct HandDecisions: Sendable {
    /// Names that mean one entity.
    struct Group: Sendable {
        /// The name to show; nil for a merge, which keeps the machine's.
        var name: String?
        var kind: Mention.Kind?
        /// Normal forms.
        var forms: [String]
        /// The names as they were written; empty for what only joins names that the machine finds.
        var spellings: [String] = []
        var reason: String
    }

    private(set) var groups: [Group] = []
    /// Pairs of normal forms that are not to be one entity.
    private(set) var apart: [(form: String, from: String)] = []
    private let groupsOfForm: [String: [Int]]

    init(gazetteer: FileValue?, decisions: FileValue?) throws(OptionProblem) {
        if let gazetteer { groups += try GazetteerFile.read(gazetteer) }
        if let decisions {
            let read = try DecisionsFile.read(decisions)
            groups += read.merges
            apart = read.splits
        }
        var index: [String: [Int]] = [:]
        for (k, group) in groups.enumerated() { for form in group.forms { index[form, default: []].append(k) } }
        groupsOfForm = index
    }

    /// The groups that a form belongs to.
    func groups(of form: String) -> [Int] { groupsOfForm[form] ?? [] }

    /// The forms that are decided together with this one.
    func companions(of form: String) -> [String] {
        groups(of: form).flatMap { groups[$0].forms }.filter { $0 != form }
    }

    /// The normal form of a name as the recognizer would give it.
    static func form(of name: String) -> String {
        var words = Lexicon.words(Substring(name)).map { String(decoding: $0, as: UTF8.self) }
        if words.count > 1, words[0] == "the" { words.removeFirst() }
        return words.joined(separator: " ")
    }
}
