import Results
import Text

/// The places of a pattern, one after another in the order of the documents, which are read as far as places are asked for.
package struct OccurrenceReader {
    /// A place.
    package struct Occurrence: Sendable {
        package let id: OccurrenceID
        /// The sentence that it stands in, from 0.
        package let sentence: Int
        package let text: String
        /// The words before it, from the nearest, and those behind it, as they are sorted: in small letters and without
        /// diacritics; empty beyond the ends of the document, and where they were not asked for.
        package let before: [String]
        package let behind: [String]
    }

    /// How many neighbours there are on each side.
    package static let reach = 3

    private var finder: PlaceFinder
    private let reader: WordReader
    private let hasNeighbours: Bool
    private var folder = WordFolder(.folded)
    private var found: [Occurrence] = []
    private var taken = 0

    /// A reader of the places of `pattern`, with a `publisher` of those in its documents; an empty one stands for documents
    /// without a publisher.
    package init(
        _ pattern: WordPattern, folding: SearchFolding = .folded, publisher: String? = nil,
        hasNeighbours: Bool = false, in source: WordSource
    ) throws {
        self.hasNeighbours = hasNeighbours
        finder = try PlaceFinder(pattern, folding: folding, in: source)
        // of words as they are counted it is known which documents may have them
        var numbers: [Int]?
        if folding == .term, let words = pattern.plainWords {
            numbers = try source.documents(holding: words.map { WordMarks.hash(of: $0.utf8) })
        }
        if let publisher {
            let own = try source.documents(of: publisher)
            numbers = numbers.map { $0.filter(Set(own).contains) } ?? own
        }
        if let numbers {
            reader = try WordReader(source, numbers: numbers, columns: ["p.document"])
        } else {
            reader = try WordReader(source, columns: ["p.document"])
        }
    }

    /// A word as it is sorted.
    private mutating func word(_ k: Int, of document: WordDocument) -> String {
        guard document.words.starts.indices.contains(k) else { return "" }
        var word: [UInt8] = []
        folder.fold(document.words.starts[k], document.words.ends[k], of: document.text, to: &word)
        return String(decoding: word, as: UTF8.self)
    }

    /// The next place; nil behind the last.
    package mutating func next() throws -> Occurrence? {
        while taken == found.count {
            guard try reader.next() else { return nil }
            let document = reader.document
            let places = try finder.places(in: document)
            found = []
            taken = 0
            guard !places.isEmpty else { continue }
            let path = reader.value(0) ?? ""
            let offsets = CodePointOffsets(document.text)
            var sentence = 0
            for place in places {
                while document.words.sentences[sentence].upperBound <= place.lowerBound { sentence += 1 }
                let span = document.span(place)
                let id = OccurrenceID(
                    document: path, start: offsets.codePoints(before: span.start),
                    end: offsets.codePoints(before: span.end))
                let around = hasNeighbours ? 1...Self.reach : nil
                found.append(
                    Occurrence(
                        id: id, sentence: sentence, text: document.line(span),
                        before: around?.map { word(place.lowerBound - $0, of: document) } ?? [],
                        behind: around?.map { word(place.upperBound + $0 - 1, of: document) } ?? []))
            }
        }
        taken += 1
        return found[taken - 1]
    }
}
