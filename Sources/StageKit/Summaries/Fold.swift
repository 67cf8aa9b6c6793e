import Text

/// The key of a row in a fold's table, and of a decision: canonical bytes.
public struct FoldKey: Hashable, Comparable, Sendable {
    /// The bytes of the key.
    public let bytes: [UInt8]

    /// The key with these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A key of several parts, each after its length, so that no two lists of parts give the same key.
    public init(_ parts: String...) { self.init(parts: parts) }

    /// A key of several parts.
    public init(parts: [String]) {
        var writer = ByteWriter()
        for part in parts { writer.write(part) }
        bytes = writer.bytes
    }

    /// The parts that the key was made of.
    public func parts() throws(LayerError) -> [String] {
        var reader = ByteReader(bytes)
        var parts: [String] = []
        while !reader.isAtEnd { parts.append(try reader.string()) }
        return parts
    }

    /// By bytes, all at once: the synthesized way takes them in one by one.
    public func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

    /// By bytes.
    public static func < (a: FoldKey, b: FoldKey) -> Bool { a.bytes.precedes(b.bytes) }
}

/// What a document adds to one element of one row of a fold's table.
public struct SummaryEntry: Hashable, Sendable {
    /// The row.
    public var key: FoldKey
    /// Which element of the row: a member of its set, or the name of a count.
    public var element: [UInt8]
    /// How often this document adds it; never zero.
    public var count: Int

    /// `count` of `element` in the row `key`.
    public init(_ key: FoldKey, _ element: [UInt8] = [], _ count: Int = 1) {
        self.key = key
        self.element = element
        self.count = count
    }
}

/// The rows that one document adds to a fold's table. Adding and taking away commute, so the table is a function of
/// the set of documents.
public struct Summary: Equatable, Sendable {
    /// The canonical bytes: entries sorted by key and element, each pair once.
    public let encoded: [UInt8]

    /// Adds up `entries`, which may come in any order and repeat.
    public init(_ entries: [SummaryEntry]) {
        var builder = SummaryBuilder()
        for entry in entries { builder.add(entry.key, entry.element, entry.count) }
        self = builder.summary()
    }

    /// Reads canonical bytes.
    public init(encoded bytes: [UInt8]) throws(LayerError) {
        let cursor = EntryCursor(bytes)
        while try cursor.next() {}
        encoded = bytes
    }

    /// The summary with these bytes, which an ``EntryWriter`` wrote in order.
    init(canonical bytes: [UInt8]) { encoded = bytes }

    /// The entries in order.
    public var entries: [SummaryEntry] {
        var entries: [SummaryEntry] = []
        let cursor = EntryCursor(encoded)
        // Bytes that are no entries were turned away when the summary was made.
        while (try? cursor.next()) == true {
            entries.append(SummaryEntry(FoldKey(cursor.key), cursor.element, cursor.count))
        }
        return entries
    }
}

/// One row of a fold's table: every element of a key with its count over the corpus, which is never zero.
public struct FoldRow: Equatable, Sendable {
    /// The key.
    public let key: FoldKey
    /// The elements in order of their bytes.
    public let elements: [(bytes: [UInt8], count: Int)]

    /// A row with these elements, in order.
    public init(key: FoldKey, elements: [(bytes: [UInt8], count: Int)]) {
        self.key = key
        self.elements = elements
    }

    /// The count of one element; zero where it is not there.
    public func count(of element: [UInt8] = []) -> Int { elements.first { $0.bytes == element }?.count ?? 0 }

    /// Whether keys, elements and counts are the same.
    public static func == (a: FoldRow, b: FoldRow) -> Bool {
        a.key == b.key && a.elements.elementsEqual(b.elements) { $0.bytes == $1.bytes && $0.count == $1.count }
    }
}

/// What a finish says about a key, or to a document.
public struct Decision: Hashable, Sendable {
    /// The row that the decision belongs to: when the row moves, the decision is made again.
    public var owner: FoldKey
    /// The key that joins ask for; unique among the decisions of a finish.
    public var key: FoldKey
    /// What was decided: canonical bytes.
    public var value: [UInt8]
    /// The id of the document whose join gets the decision without asking; nil for one that is asked for by its key.
    public var addressee: String?

    /// The decision `value` on `key`, owned by the row of the same key unless told otherwise.
    public init(_ key: FoldKey, _ value: [UInt8], owner: FoldKey? = nil) {
        self.owner = owner ?? key
        self.key = key
        self.value = value
        addressee = nil
    }

    /// What the row `owner` has to say to `document`: one decision for each such pair.
    ///
    /// The joins after the finish get all decisions that are addressed to their document beside those that they ask
    /// for, in no particular order. Where the document is not told, nothing has to be asked.
    public init(to document: String, _ value: [UInt8], owner: FoldKey) {
        self.owner = owner
        key = FoldKey(Self.prefix(addressing: document) + owner.bytes)
        self.value = value
        addressee = document
    }

    /// What the keys of all decisions addressed to `document` begin with, and no other's.
    public static func prefix(addressing document: String) -> [UInt8] { Array(document.utf8) + [0] }
}
