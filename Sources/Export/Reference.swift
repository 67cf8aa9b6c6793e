import Results

/// A document as a bibliography names it.
struct Reference {
    /// The path of the document within the project: its id.
    let document: String
    let title: String?
    /// As the document or the metadata file writes them, in order.
    let authors: [String]
    let publisher: String?
    /// Year, month and day as far as they are known.
    let date: [Int]
    let address: String?

    /// The references of all documents, in order.
    static func all(in results: ResultsDatabase) throws -> [Reference] {
        var addresses: [String: String] = [:]
        try results.forEachRow(of: "metadata") { row in
            guard let document = row["document"].text, let key = row["key"].text, let value = row["value"].text,
                ["url", "address", "link"].contains(key.lowercased()), isAddress(value)
            else { return }
            if addresses[document] == nil { addresses[document] = value }
        }
        var references: [Reference] = []
        try results.forEachRow(of: "documents") { row in
            guard let document = row["document"].text else { return }
            references.append(
                Reference(
                    document: document, title: row["title"].text, authors: authors(row["author"].text ?? ""),
                    publisher: row["publisher"].text, date: date(row["date"].text ?? ""), address: addresses[document]))
        }
        return references
    }

    private static func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.contains { $0.isWhitespace }
    }

    /// Names that stand in one field, parted by `;`. A comma may be part of a name (*Harrow, Ines*) and parts nothing.
    private static func authors(_ field: String) -> [String] {
        field.split(separator: ";").map { $0.trimmingPrefix { $0.isWhitespace } }.map(String.init).map { name in
            var name = name
            while name.last?.isWhitespace == true { name.removeLast() }
            return name
        }.filter { !$0.isEmpty }
    }

    /// The parts of an ISO 8601 date, up to the first that is no number.
    private static func date(_ text: String) -> [Int] {
        var parts: [Int] = []
        for part in text.prefix(while: { $0 != "T" }).split(separator: "-", maxSplits: 2) {
            guard let number = Int(part), number > 0 else { break }
            parts.append(number)
        }
        return parts
    }
}
