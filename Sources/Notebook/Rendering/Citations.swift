import Model

/// The documents that a notebook cites, each with the words that stand in the text and those of the list of references.
struct Citations {
    private struct Entry {
        let document: String
        let name: String
        let year: String
        let reference: String
    }

    private let entries: [String: Entry]
    private let labels: [String: String]

    /// Of `documents`, whose facts `read` gives. Documents that are not there are left out.
    init(
        _ documents: [String], passages: PassageText,
        read: (String) throws(QueryProblem) -> [QueryValue]?
    ) throws(QueryProblem) {
        var entries: [String: Entry] = [:]
        for document in Set(documents).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard let row = try read(document) else { continue }
            entries[document] = Self.entry(document, row.map { ValueText.plain($0) }, passages)
        }
        // documents of one name and year are told apart by letters
        var labels: [String: String] = [:]
        let groups = Dictionary(grouping: entries.values) { "\($0.name) \($0.year)" }
        for (label, group) in groups {
            let sorted = group.sorted { $0.document.utf8.lexicographicallyPrecedes($1.document.utf8) }
            for (k, entry) in sorted.enumerated() {
                labels[entry.document] = group.count == 1 ? label : label + Self.letters(k)
            }
        }
        self.entries = entries
        self.labels = labels
    }

    /// The words for a citation, without brackets; nil for a document that is not there.
    func label(_ document: String) -> String? { labels[document].map(MarkdownText.escaped) }

    /// The list of references in the order of their labels, as Markdown.
    var references: String {
        entries.values.sorted { a, b in
            let (one, other) = (labels[a.document] ?? "", labels[b.document] ?? "")
            return one == other ? a.document < b.document : one.utf8.lexicographicallyPrecedes(other.utf8)
        }.map { "- \(MarkdownText.escaped(labels[$0.document] ?? "")): \($0.reference)" }.joined(separator: "\n")
    }

    private static func entry(_ document: String, _ facts: [String], _ passages: PassageText) -> Entry {
        let (title, author, publisher, date) = (facts[0], facts[1], facts[2], facts[3])
        let name = [author, publisher, title, document].first { !$0.isEmpty } ?? document
        var parts: [String] = []
        if !author.isEmpty { parts.append(MarkdownText.escaped(author)) }
        if !title.isEmpty { parts.append("“\(MarkdownText.escaped(title))”") }
        if !publisher.isEmpty { parts.append("*\(MarkdownText.escaped(publisher))*") }
        if !date.isEmpty { parts.append(MarkdownText.escaped(date)) }
        parts.append(passages.file(document))
        return Entry(
            document: document, name: name,
            year: date.isEmpty ? "n.d." : String(date.prefix(date.hasPrefix("-") ? 5 : 4)),
            reference: parts.joined(separator: ", "))
    }

    /// a, b, …, z, aa, …
    private static func letters(_ number: Int) -> String {
        let letter = String(Unicode.Scalar(UInt8(97 + number % 26)))
        return number < 26 ? letter : letters(number / 26 - 1) + letter
    }
}
