package import Results

/// What differs between two runs or two locks, by sections, each a list of entries: what `colophon diff` prints.
package struct Comparison: Sendable {
    /// One thing that is new, gone or different.
    package struct Entry: Hashable, Sendable {
        package let kind: ResultsChange.Kind
        package let id: String
        package let name: String
        package let document: String?
        package let line: Int?
        /// Who says it, of a claim.
        package let source: String?
        package let fields: [ResultsChange.Field]
        /// Why, in words.
        package let cause: String
        /// The documents that are the cause; empty where it is something else.
        package let causes: [String]
    }

    /// Entries of one subject.
    package struct Section: Hashable, Sendable {
        /// `question`, `questions`.
        package let subject: (one: String, many: String)
        package let entries: [Entry]

        package static func == (one: Self, other: Self) -> Bool {
            one.subject == other.subject && one.entries == other.entries
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(entries) }
    }

    package let sections: [Section]
    /// Tables with other rows, and how many they had and have.
    package let tables: [ResultsComparison.Table]
    /// Whether so much differs that only documents are told one by one.
    package let isCut: Bool

    package var isSame: Bool { sections.isEmpty && tables.isEmpty }

    init(_ results: ResultsComparison) {
        tables = results.tables
        isCut = results.isCut
        let state: [String: String] = Dictionary(
            results.added.map { ($0, "added") } + results.edited.map { ($0, "edited") }
                + results.removed.map { ($0, "removed") }, uniquingKeysWith: { first, _ in first })
        let settings = results.settings.map {
            Entry(
                kind: $0.old == nil ? .new : $0.new == nil ? .gone : .different, id: $0.name, name: $0.name,
                document: nil, line: nil, source: nil,
                fields: [
                    ResultsChange.Field(
                        name: "value", old: $0.old.map { .text($0) } ?? .null, new: $0.new.map { .text($0) } ?? .null)
                ], cause: "", causes: [])
        }
        let other =
            settings.isEmpty
            ? state.isEmpty ? "the same documents and settings" : "follows from other changes"
            : settings.map { "\($0.name) changed" }.joined(separator: ", ")
        func entry(_ change: ResultsChange) -> Entry {
            let own = change.subject == "document"
            let causes = change.causes.map { "\($0) \(state[$0] ?? "changed")" }
            return Entry(
                kind: change.kind, id: change.id, name: own ? change.id : change.name, document: change.document,
                line: change.line, source: change.source,
                // What the bytes of a file are says nothing to a person.
                fields: change.fields.filter { $0.name != "sha256" || !own },
                cause: own
                    ? state[change.id] ?? "its metadata changed"
                    : causes.isEmpty ? other : Wording.names(causes),
                causes: change.causes)
        }
        let subjects = [
            ("document", "documents"), ("question", "questions"), ("claim", "claims"), ("figure", "figures"),
            ("entity", "entities"),
        ]
        let all = Dictionary(grouping: results.changes, by: \.subject)
        let found = subjects.map { subject in
            Section(subject: subject, entries: (all[subject.0] ?? []).map(entry))
        }
        sections =
            ([found[0], Section(subject: ("setting", "settings"), entries: settings)] + found.dropFirst())
            .filter { !$0.entries.isEmpty }
    }

    init(_ locks: LockDifference) {
        tables = []
        isCut = false
        let entries = (locks.causes + locks.changes.filter(\.kind.isResult)).map { change in
            Entry(
                kind: change.old == nil ? .new : change.new == nil ? .gone : .different,
                id: [change.kind.rawValue, change.name].filter { !$0.isEmpty }.joined(separator: " "),
                name: change.words, document: nil, line: change.line > 0 ? change.line : nil,
                source: nil,
                fields: [
                    ResultsChange.Field(
                        name: "value", old: change.old.map { .text($0) } ?? .null,
                        new: change.new.map { .text($0) } ?? .null)
                ],
                cause: "", causes: [])
        }
        sections = entries.isEmpty ? [] : [Section(subject: ("fact", "facts"), entries: entries)]
    }
}
