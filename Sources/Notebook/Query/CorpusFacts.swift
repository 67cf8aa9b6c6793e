import Model
import Results
import Words

/// What is known of the documents before anything is computed: enough to tell that a notebook names one that is not there.
package struct CorpusFacts: Sendable {
    /// The paths of the documents.
    let documents: Set<String>
    /// The keys of the metadata that any document has; nil where that is not known.
    let keys: Set<String>?
    /// By key, all values that documents have, as far as all are known.
    let values: [String: Set<String>]

    /// Facts about a corpus of these documents.
    package init(
        documents: some Sequence<String>, keys: Set<String>? = nil, values: [String: Set<String>] = [:]
    ) {
        self.documents = Set(documents)
        self.keys = keys
        self.values = values
    }

    /// That there is no such document; nil where there is.
    func problem(withDocument name: String) -> QueryProblem? {
        guard !documents.contains(name) else { return nil }
        return QueryProblem(
            "there is no document '\(name)'",
            hint: NearName.hint(name, among: documents.sorted()) ?? "A document is named by its path in the project.",
            id: "unknown-document")
    }

    /// What is wrong with the argument of a table, of this kind; `grouping` is the one before it.
    func problem(with text: String?, as kind: TableParameter.Kind, in grouping: String?) -> QueryProblem? {
        guard let text else { return nil }
        switch kind {
        case .document: return problem(withDocument: text)
        case .grouping:
            // a key may have commas, which part several
            guard let keys, !keys.contains(text) else { return nil }
            guard
                let unknown = MetadataColumn.parts(of: text).first(where: {
                    !MetadataColumn.isKnown($0) && !keys.contains($0)
                })
            else {
                return nil
            }
            let names = MetadataColumn.names + keys.filter { !MetadataColumn.isKnown($0) }.sorted()
            return QueryProblem(
                "no document has '\(unknown)' in its metadata",
                hint: NearName.hint(unknown, among: names)
                    ?? "There are \(names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")).",
                id: "unknown-metadata")
        case .part:
            guard let grouping, let values = values[grouping], !values.contains(text) else { return nil }
            let names = values.filter { !$0.isEmpty }.sorted()
            return QueryProblem(
                "no document belongs to '\(text)'",
                hint: NearName.hint(text, among: names)
                    ?? (names.isEmpty
                        ? nil : "There are \(names.prefix(10).map { "'\($0)'" }.joined(separator: ", "))."),
                id: "unknown-metadata")
        case .text, .pattern, .letters, .unit, .reference, .integer: return nil
        }
    }
}
