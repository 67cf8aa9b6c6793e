import Digests
import Model
import StageKit

/// What a line of a lock says of each of some neighbouring documents, so that a run can name those that are others: a few
/// digits for its content and as many for its row. That nothing is overlooked is a matter of the digest before them.
struct DocumentMarks: CustomStringConvertible, Equatable {
    /// The first digits of the digest of all paths.
    private let ids: String
    private let contents: [String]
    /// Empty where no document has a row.
    private let rows: [String]

    private static let digits = 4

    init(_ entries: ArraySlice<DocumentEntry>) {
        var paths = KeyFields()
        for entry in entries { paths.add("document", entry.id) }
        ids = RunFacts.short(ContentDigest(of: paths.encoded))
        contents = entries.map { Self.mark($0.id, RunFacts.short($0.content)) }
        rows = entries.contains { !$0.row.isEmpty } ? entries.map { Self.mark($0.id, RunFacts.row(of: $0)) } : []
    }

    /// Reads what ``description`` gives, of `count` documents.
    init?(_ text: some StringProtocol, count: Int) {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == count * Self.digits,
            parts[2].isEmpty || parts[2].utf8.count == count * Self.digits
        else { return nil }
        ids = String(parts[0])
        contents = Self.cut(parts[1])
        rows = Self.cut(parts[2])
    }

    var description: String { "\(ids)+\(contents.joined())+\(rows.joined())" }

    private static func mark(_ id: String, _ value: String) -> String {
        var fields = KeyFields()
        fields.add("document", id)
        fields.add("value", value)
        return String(ContentDigest(of: fields.encoded).description.prefix(digits))
    }

    private static func cut(_ text: some StringProtocol) -> [String] {
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count - digits.count % Self.digits, by: Self.digits).map {
            String(decoding: digits[$0..<$0 + Self.digits], as: UTF8.self)
        }
    }

    /// In words, what became of the documents `entries`, of which this was said before; empty where that can't be told.
    func changes(to entries: ArraySlice<DocumentEntry>) -> [String] {
        let now = DocumentMarks(entries)
        guard now.ids == ids, contents.count == entries.count else {
            let known = Set(contents)
            let others = zip(entries, now.contents).filter { !known.contains($1) }.map(\.0.id)
            let standing = Set(now.contents)
            let lost = contents.count { !standing.contains($0) }
            let first = entries.first?.id ?? ""
            return others.map { "the document '\($0)' is new or was edited" }
                + (lost > 0
                    ? ["of the \(contents.count) documents from '\(first)' on, \(lost) were edited or are gone"] : [])
        }
        return entries.enumerated().compactMap { n, entry in
            let isEdited = contents[n] != now.contents[n]
            let hasOtherRow = (rows.isEmpty ? nil : rows[n]) != (now.rows.isEmpty ? nil : now.rows[n])
            let what = [
                isEdited ? "was edited" : nil, hasOtherRow ? "has another row in the metadata file" : nil,
            ].compactMap { $0 }
            return what.isEmpty ? nil : "the document '\(entry.id)' \(what.joined(separator: " and "))"
        }
    }
}

extension RunFacts {
    /// What a change of a lock's line is, in words: of a line for several documents, which of them are others.
    func words(on change: LockDifference.Change) -> [String] {
        guard change.kind == .documents, let old = change.old else { return [change.words] }
        let parts = old.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let count = Int(parts[0]), let marks = DocumentMarks(parts[2], count: count),
            let group = group(from: change.name)
        else { return [change.words] }
        let words = marks.changes(to: group)
        return words.isEmpty ? [change.words] : words
    }

    /// The documents of the line that begins with the document `id`.
    private func group(from id: String) -> ArraySlice<DocumentEntry>? {
        var first = 0
        for leaf in tree.leaves {
            if tree.entries[first].id == id { return tree.entries[first..<first + leaf.count] }
            first += leaf.count
        }
        return nil
    }
}
