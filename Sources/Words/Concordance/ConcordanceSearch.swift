import Results
import Text

/// Goes through the documents for a ``Concordance``: counts every place, and keeps those that are shown.
struct ConcordanceSearch {
    /// A place that may be shown.
    private struct Hit {
        let document: Int
        let words: Range<Int>
        /// What it is sorted by, one after another.
        let keys: [[UInt8]]
    }

    private let request: Concordance.Request
    private let source: WordSource
    private let column: MetadataColumn?
    private var places: PlaceFinder
    private var folder = WordFolder(.folded)

    private(set) var groups: [Concordance.Group] = []
    private var hits: [[Hit]] = []
    private var numbers: [String?: Int] = [:]
    private(set) var documentsSearched = 0

    init(_ request: Concordance.Request, in source: WordSource) throws {
        self.request = request
        self.source = source
        column = try request.group.map { try MetadataColumn($0, in: source) }
        places = try PlaceFinder(request.pattern, folding: request.folding, in: source)
    }

    /// Whom a name means.
    var entities: [NamedEntity] { places.entities }

    /// Looks through all documents.
    mutating func run() throws {
        let reader = try WordReader(
            source, where: request.filter.sql, columns: ["r.date"] + (column.map { ["coalesce(\($0.sql), '')"] } ?? []),
            arguments: (column?.arguments ?? []) + request.filter.arguments)
        while try reader.next() {
            documentsSearched += 1
            let group = group(column == nil ? nil : reader.value(1) ?? "")
            groups[group].words += reader.document.count
            let found = try places.places(in: reader.document)
            guard !found.isEmpty else { continue }
            groups[group].documents += 1
            groups[group].occurrences += found.count
            for place in found {
                if request.sort.isEmpty, let limit = request.limit, hits[group].count >= limit { break }
                hits[group].append(
                    Hit(
                        document: reader.document.number, words: place,
                        keys: request.sort.map { key($0, of: place, in: reader) }))
            }
        }
    }

    private mutating func group(_ name: String?) -> Int {
        if let known = numbers[name] { return known }
        numbers[name] = groups.count
        groups.append(Concordance.Group(name: name))
        hits.append([])
        return groups.count - 1
    }

    private mutating func key(_ key: SortKey, of place: Range<Int>, in reader: WordReader) -> [UInt8] {
        switch key {
        case .document: return []
        case .date: return reader.value(0).map { Array($0.utf8) } ?? [0xFF]
        case .word(let distance):
            let words = reader.document.words
            let wanted =
                distance == 0
                ? place
                : distance > 0
                    ? place.upperBound + distance - 1..<place.upperBound + distance
                    : place.lowerBound + distance..<place.lowerBound + distance + 1
            var bytes: [UInt8] = []
            for k in wanted where words.starts.indices.contains(k) {
                var word: [UInt8] = []
                folder.fold(words.starts[k], words.ends[k], of: reader.document.text, to: &word)
                bytes += word + [0x20]
            }
            return bytes
        }
    }

    /// The groups in order, with the lines that are shown.
    mutating func finishedGroups() throws -> [Concordance.Group] {
        var shown: [(group: Int, hit: Hit)] = []
        for k in hits.indices {
            // equal keys stay in the order of the documents
            let sorted = hits[k].enumerated().sorted { a, b in
                for (one, other) in zip(a.element.keys, b.element.keys) where one != other {
                    return one.lexicographicallyPrecedes(other)
                }
                return a.offset < b.offset
            }
            shown += sorted.prefix(request.limit ?? .max).map { (k, $0.element) }
        }
        let lines = try lines(shown.map(\.hit))
        for (item, line) in zip(shown, lines) { groups[item.group].lines.append(line) }
        return groups.filter { $0.occurrences > 0 }
            .sorted { ($0.name ?? "").utf8.lexicographicallyPrecedes(($1.name ?? "").utf8) }
    }

    /// The lines of `hits`, in their order. Each document is read once.
    private func lines(_ hits: [Hit]) throws -> [ConcordanceLine] {
        var lines = [ConcordanceLine?](repeating: nil, count: hits.count)
        var byDocument: [Int: [Int]] = [:]
        for (k, hit) in hits.enumerated() { byDocument[hit.document, default: []].append(k) }
        for (number, places) in byDocument.sorted(by: { $0.key < $1.key }) {
            let reader = try WordReader(source, where: "w.d = \(number)", columns: ["p.document"])
            guard try reader.next() else { continue }
            let offsets = CodePointOffsets(reader.document.text)
            let sentences = try source.rows("select line from _sentence_rows where d = \(number) order by n").map(
                \.[0].integer)
            for k in places {
                lines[k] = line(
                    hits[k].words, in: reader.document, path: reader.value(0) ?? "", offsets, lines: sentences)
            }
        }
        return lines.compactMap(\.self)
    }

    private func line(
        _ place: Range<Int>, in document: WordDocument, path: String, _ offsets: CodePointOffsets, lines: [Int?]
    ) -> ConcordanceLine {
        let words = document.words
        let span = document.span(place)
        let first = max(0, place.lowerBound - request.window)
        let last = min(words.starts.count, place.upperBound + request.window)
        let left = first < place.lowerBound ? document.line(ByteSpan(words.starts[first], span.start)) : ""
        let right = last > place.upperBound ? document.line(ByteSpan(span.end, words.ends[last - 1])) : ""
        let sentence = words.sentences.firstIndex { $0.upperBound > place.lowerBound } ?? 0
        let (start, end) = (offsets.codePoints(before: span.start), offsets.codePoints(before: span.end))
        return ConcordanceLine(
            id: OccurrenceID(document: path, start: start, end: end).text, document: path, start: start, end: end,
            sentence: sentence, line: lines.indices.contains(sentence) ? lines[sentence] : nil,
            left: left, node: document.line(span), right: right)
    }
}
