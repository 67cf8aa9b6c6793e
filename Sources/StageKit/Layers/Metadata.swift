/// What is known about a document beside its text, each fact with where it was found.
public struct Metadata: Layer {
    /// Where a fact was found; a smaller one beats a larger one.
    public enum Place: UInt8, Sendable, CaseIterable {
        case row, record, frontMatter, page, text
    }

    /// One fact.
    public struct Entry: Hashable, Sendable {
        /// The name in lower case.
        public var key: String
        /// What it says; dates in ISO 8601.
        public var value: String
        /// Where it was found.
        public var place: Place

        /// The fact that `key` is `value`.
        public init(_ key: String, _ value: String, _ place: Place) {
            self.key = key
            self.value = value
            self.place = place
        }
    }

    /// `metadata`
    public static let name: LayerName = "metadata"
    /// One entry a key, in order of the keys.
    public let entries: [Entry]

    /// The best entry of each key among `entries`: the one whose place beats the others', the first among equals.
    public init(_ entries: [Entry]) {
        var best: [String: Entry] = [:]
        for entry in entries where best[entry.key].map({ entry.place.rawValue < $0.place.rawValue }) ?? true {
            best[entry.key] = entry
        }
        self.entries = best.values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    /// What is known under `key`.
    public subscript(key: String) -> String? { entries.first { $0.key == key }?.value }
    /// The title.
    public var title: String? { self["title"] }
    /// The day of publication, in ISO 8601 (`2026-01-19`), perhaps with a time after it.
    public var date: String? { self["date"] }
    /// Who published it.
    public var publisher: String? { self["publisher"] }
    /// Who wrote it.
    public var author: String? { self["author"] }
    /// Its language as a BCP 47 tag (`en`).
    public var language: String? { self["language"] }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        writer.write(list: entries) { writer, entry in
            writer.write(entry.key)
            writer.write(entry.value)
            writer.write(byte: entry.place.rawValue)
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        entries = try reader.list { reader throws(LayerError) in
            let key = try reader.string()
            let value = try reader.string()
            guard let place = Place(rawValue: try reader.byte()) else { throw LayerError("no such place of metadata") }
            return Entry(key, value, place)
        }
    }
}
