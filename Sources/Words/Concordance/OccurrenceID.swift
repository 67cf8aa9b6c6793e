/// The id of a passage by its place: `document#start-end`, in code points of the document's text.
package struct OccurrenceID: Hashable, Sendable {
    package let document: String
    package let start: Int
    package let end: Int

    /// The passage from `start` up to `end`.
    package init(document: String, start: Int, end: Int) {
        self.document = document
        self.start = start
        self.end = end
    }

    /// Reads an id; nil for any other text.
    package init?(_ text: String) {
        guard let mark = text.lastIndex(of: "#") else { return nil }
        let numbers = text[text.index(after: mark)...].split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2, let start = Int(numbers[0]), let end = Int(numbers[1]), start >= 0, end > start else {
            return nil
        }
        self.init(document: String(text[..<mark]), start: start, end: end)
    }

    /// The id.
    package var text: String { "\(document)#\(start)-\(end)" }
}
