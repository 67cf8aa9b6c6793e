import Model
import StageKit
import Text

/// The documents that meet the conditions of a pipeline, by what the metadata file says of them, and where it says nothing by
/// what they say of themselves.
struct DocumentSelection {
    /// In the order of the corpus.
    private(set) var entries: [DocumentEntry]
    private(set) var unselected: [LeftOut] = []
    private(set) var problems: [Diagnostic] = []
    private(set) var notes: [CorpusReading.Note] = []

    /// Columns that there are beside those of the metadata file: the document's path, and parts of its date.
    private static let ownColumns = ["document", "month", "year"]
    /// The kind of reason why a document is not selected.
    static let code = "not-selected"
    /// What stands for the stage in the list of what is not in the analysis.
    static let stage = "where"

    /// What documents say of themselves, by id; nil where that is not known.
    private let heads: [String: Metadata]?

    /// `heads` has the documents for which the metadata file lacks a value that a condition asks for.
    init(
        _ conditions: [DocumentCondition], of entries: [DocumentEntry], metadata: MetadataTable?, file: String?,
        heads: [String: Metadata]?
    ) {
        self.entries = entries
        self.heads = heads
        guard !conditions.isEmpty else { return }
        var columns = Set(metadata?.columns ?? [])
        for head in (heads ?? [:]).values { columns.formUnion(head.entries.map(\.key)) }
        let unknown = conditions.filter { !columns.contains($0.column) }
        for condition in unknown { check(condition, columns, file) }
        guard problems.isEmpty else { return }

        self.entries = []
        var seen = conditions.map { _ in Set<String>() }
        var without = conditions.map { _ in 0 }
        for entry in entries {
            let values = conditions.map { value($0.column, of: entry, metadata) }
            if isUnread(entry, conditions, metadata) {
                // the run says why it can't be read
                self.entries.append(entry)
                continue
            }
            for (k, value) in values.enumerated() {
                seen[k].insert(value)
                if value.isEmpty { without[k] += 1 }
            }
            guard let k = conditions.indices.first(where: { !conditions[$0].holds(for: values[$0]) }) else {
                self.entries.append(entry)
                continue
            }
            let summary =
                values[k].isEmpty
                ? "it has no '\(conditions[k].column)'\(place)"
                : "its \(conditions[k].column) is '\(values[k])'"
            unselected.append(
                LeftOut(
                    id: entry.id, stage: Self.stage,
                    failure: StageFailure("not selected: \(summary)", hint: nil, code: Self.code)))
        }
        for (k, condition) in conditions.enumerated() {
            tell(of: condition, seen[k], without: without[k])
        }
        if self.entries.isEmpty, !entries.isEmpty, problems.isEmpty, let first = conditions.first {
            problems.append(
                Diagnostic(
                    "no document meets the conditions: \(conditions.map(\.words).joined(separator: "; "))",
                    hint: "Each of them is met by some documents, but no document meets all of them.",
                    id: "nothing-selected", at: first.position))
        }
    }

    /// Where a value is not, where documents are not asked themselves.
    private var place: String { heads == nil ? " in the metadata file" : "" }

    /// The column from which a condition on `column` gets its values; nil for the path of the document.
    static func source(of column: String, _ metadata: MetadataTable?) -> String? {
        if column == "document" { return nil }
        let isOwn = ownColumns.contains(column) && metadata?.columns.contains(column) != true
        return isOwn ? "date" : column
    }

    /// Whether a condition asks a document for what it says of itself, and it can't be read.
    private func isUnread(
        _ entry: DocumentEntry, _ conditions: [DocumentCondition], _ metadata: MetadataTable?
    ) -> Bool {
        guard let heads, heads[entry.id] == nil else { return false }
        return conditions.contains { condition in
            Self.source(of: condition.column, metadata).map { entry.value(of: $0).isEmpty } ?? false
        }
    }

    /// A column that neither the metadata file nor a document has.
    private mutating func check(_ condition: DocumentCondition, _ columns: Set<String>, _ file: String?) {
        if condition.column == "document" { return }
        if Self.ownColumns.contains(condition.column), columns.contains("date") { return }
        let known = columns.union(columns.contains("date") ? Self.ownColumns : ["document"])
        let names = known.filter { !$0.isEmpty }.sorted { $0.precedes($1) }
        let hint =
            NearName.hint(condition.column, among: names)
            ?? "There are: \(names.map { "'\($0)'" }.joined(separator: ", "))."
        guard heads == nil else {
            let file = file.map { "neither the metadata file '\($0)' nor a document has" } ?? "no document has"
            problems.append(
                Diagnostic(
                    "\(file) a column '\(condition.column)'", hint: hint, id: "unknown-column",
                    at: condition.position))
            return
        }
        guard let file else {
            problems.append(
                Diagnostic(
                    "'where' reads the metadata file, and the corpus has none",
                    hint: "Name one with 'metadata:'. Without one, only the column 'document' is known: the path.",
                    id: "no-metadata", at: condition.position))
            return
        }
        problems.append(
            Diagnostic(
                "the metadata file '\(file)' has no column '\(condition.column)'", hint: hint, id: "unknown-column",
                at: condition.position))
    }

    /// What is not as it was meant, or may not be: a value that no document has, and documents of which nothing is known.
    private mutating func tell(of condition: DocumentCondition, _ seen: Set<String>, without: Int) {
        let values = seen.filter { !$0.isEmpty }.sorted { $0.precedes($1) }
        var isMissing = false
        // what is to be left out may be gone already
        for value in condition.among where !value.text.isEmpty {
            let single = DocumentCondition(condition.column, among: [value], at: condition.position)
            if seen.contains(where: single.holds) { continue }
            isMissing = true
            let shown = values.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
            problems.append(
                Diagnostic(
                    "no document has the \(condition.column) '\(value.text)'",
                    hint: NearName.hint(value.text, among: values)
                        ?? (values.isEmpty
                            ? "No document has any\(place)."
                            : "There \(values.count == 1 ? "is" : "are") \(shown)\(values.count > 8 ? " and others" : "")."),
                    id: "unknown-value", at: value.position))
        }
        guard !isMissing else { return }
        if !seen.contains(where: condition.holds) {
            problems.append(
                Diagnostic(
                    "no document meets the condition: \(condition.words)", hint: extent(of: condition, values),
                    id: "nothing-selected", at: condition.position))
        } else if without > 0, !condition.holds(for: "") {
            notes.append(
                CorpusReading.Note(
                    file: nil, line: 0,
                    summary:
                        "\(without) \(without == 1 ? "document has" : "documents have") no '\(condition.column)'"
                        + "\(place) and \(without == 1 ? "is" : "are") not selected",
                    hint: "The value '' selects documents without one.",
                    code: "no-value"))
        }
    }

    /// From where to where the values go.
    private func extent(of condition: DocumentCondition, _ values: [String]) -> String? {
        guard condition.from != nil || condition.to != nil else { return nil }
        if condition.isOfDates {
            return values.first.map { "The values go from '\($0)' to '\(values.last ?? $0)'." }
        }
        let numbers = values.filter { Double($0) != nil }.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
        guard let first = numbers.first, let last = numbers.last else { return "No document has a number there." }
        return "The values go from \(first) to \(last)."
    }

    private func value(_ column: String, of entry: DocumentEntry, _ metadata: MetadataTable?) -> String {
        guard let name = Self.source(of: column, metadata) else { return entry.id }
        let row = entry.value(of: name)
        let value = row.isEmpty ? heads?[entry.id]?[name] ?? "" : row
        guard name != column else { return value }
        let length = column == "year" ? 4 : 7
        return value.utf8.count >= length ? String(value.prefix(length)) : ""
    }
}

extension DocumentEntry {
    /// What the metadata file says of it in a column; empty where it says nothing.
    func value(of column: String) -> String { row.first { $0.key == column }?.value ?? "" }
}
