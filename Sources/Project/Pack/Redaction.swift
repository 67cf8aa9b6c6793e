import Digests
import Foundation
import Results
import StageKit
import Store
import Text

/// A passage of a document that stands in another file.
package struct Quotation: Hashable, Sendable {
    /// The file, relative to the project.
    package let file: String
    /// Where it stands in that file, from 1.
    package let fileLine: Int
    package let document: String
    /// The line in the document's file.
    package let line: Int
    package let text: String
    /// The SHA-256 of the passage as the document has it, shortened: who has the document can verify it.
    package let digest: String
}

/// Takes passages of documents out of a report, or finds them.
///
/// A passage is a run of five words or more that stands so in a document, or a whole sentence of two to four. Words are
/// compared, not signs: markup and escapes in between hide nothing. Single words, figures, and what is a name and nothing
/// else are no passages.
struct Redaction {
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var quotations: [Quotation] = []

    /// The files `names` of the report in `folder`, which is at `place` in the project. Evidence pages consist of passages
    /// and stay out; so does the page in HTML, which repeats the report.
    init(
        of names: [String], in folder: String, at place: String, results: ResultsDatabase, keepsQuotations: Bool
    ) throws {
        let kept = names.filter { $0.hasSuffix(".md") && !$0.contains("/") || $0.hasSuffix(".svg") }
        var texts: [SearchedText] = []
        for name in kept {
            guard let bytes = FileWriting.contents(of: "\(folder)/\(name)") else { continue }
            texts.append(SearchedText(name: name, bytes: bytes, isMarkup: name.hasSuffix(".svg")))
        }
        let passages = try Passages(in: texts, results)
        for (k, text) in texts.enumerated() {
            let found = passages.runs(in: k)
            let path = "\(place)/\(text.name)"
            if keepsQuotations || found.isEmpty {
                quotations += found.map { $0.quotation(in: path) }
                files.append((path, text.bytes))
            } else if !text.isMarkup {
                files.append((path, text.without(found)))
            }
        }
    }

    /// The passages of documents that stand in other files, by their paths in the project.
    static func quotations(in files: [(path: String, bytes: [UInt8])], _ results: ResultsDatabase) throws -> [Quotation]
    {
        let texts = files.map { SearchedText(name: $0.path, bytes: $0.bytes, isMarkup: false) }
        let passages = try Passages(in: texts, results)
        return texts.indices.flatMap { k in passages.runs(in: k).map { $0.quotation(in: texts[k].name) } }
    }
}

/// A text with its words.
private struct SearchedText {
    let name: String
    let bytes: [UInt8]
    let isMarkup: Bool
    let words: [Range<Int>]
    let hashes: [UInt64]

    init(name: String, bytes: [UInt8], isMarkup: Bool) {
        self.name = name
        self.bytes = bytes
        self.isMarkup = isMarkup
        words = Self.words(of: bytes, isMarkup: isMarkup)
        hashes = words.map { StableHash.of(bytes[$0]) }
    }

    static func hashes(of text: String) -> [UInt64] {
        let bytes = Array(text.utf8)
        return words(of: bytes).map { StableHash.of(bytes[$0]) }
    }

    /// Runs of letters and digits: of ASCII, and whatever is not ASCII but for the quotation marks and dashes of the block
    /// General Punctuation.
    static func words(of bytes: [UInt8], isMarkup: Bool = false) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        var k = 0
        var isTag = false
        func isWord(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
        }
        while k < bytes.count {
            let byte = bytes[k]
            if isMarkup, byte == UInt8(ascii: "<") { isTag = true }
            // U+2000 to U+207F, U+00A0 to U+00BF
            let isSign =
                byte == 0xE2 && k + 1 < bytes.count && (bytes[k + 1] == 0x80 || bytes[k + 1] == 0x81)
                || byte == 0xC2
            if !isTag, isWord(byte), !isSign {
                if start == nil { start = k }
                k += 1
                continue
            }
            if let begun = start {
                words.append(begun..<k)
                start = nil
            }
            if isTag, byte == UInt8(ascii: ">") { isTag = false }
            k += isSign && !isTag ? (byte == 0xE2 ? 3 : 2) : 1
        }
        if let begun = start { words.append(begun..<bytes.count) }
        return words
    }

    /// The text with a note in the place of each run.
    func without(_ runs: [PassageRun]) -> [UInt8] {
        var out: [UInt8] = []
        var place = 0
        for run in runs {
            out += bytes[place..<run.range.lowerBound]
            let words = run.words == 1 ? "1 word" : "\(run.words) words"
            out += Array(
                "[\(words) left out: \(run.document.printable()) line \(run.line), sha256 \(run.digest)]".utf8)
            place = run.range.upperBound
        }
        return out + bytes[place...]
    }
}

/// A passage in a text.
private struct PassageRun {
    let range: Range<Int>
    let fileLine: Int
    let words: Int
    let document: String
    let line: Int
    let text: String
    let digest: String

    func quotation(in file: String) -> Quotation {
        Quotation(file: file, fileLine: fileLine, document: document, line: line, text: text, digest: digest)
    }
}

/// Where passages of documents stand in texts.
private struct Passages {
    /// Words that make a passage wherever they stand in a document.
    private static let least = 5

    private struct Source {
        let document: String
        /// In code points.
        let offset: Int
        /// Its line in the file, where that is known without the offset.
        var line: Int?
    }

    private let texts: [SearchedText]
    private let lines: [String: [(start: Int, line: Int)]]
    /// By text and first word, the longest passage that begins there: how many words, and where it is from.
    /// Hashes of the words of names.
    private var names: Set<UInt64> = []
    private var found: [[Int: (words: Int, source: Source, digest: String)]]

    init(in texts: [SearchedText], _ results: ResultsDatabase) throws {
        self.texts = texts
        found = texts.map { _ in [:] }
        // By hash of so many words, where they stand in the texts.
        var places: [Int: [UInt64: [(text: Int, word: Int)]]] = [:]
        for (k, text) in texts.enumerated() {
            for count in 2...Self.least where text.hashes.count >= count {
                for word in 0...(text.hashes.count - count) {
                    let hash = Self.hash(text.hashes[word..<word + count])
                    places[count, default: [:]][hash, default: []].append((k, word))
                }
            }
        }
        var sentences: [String: [(start: Int, end: Int, line: Int)]] = [:]
        try results.forEachRow(of: "sentences", columns: ["document", "start", "end", "line"]) { row in
            guard let document = row.values[0].text, let start = row.values[1].integer, let end = row.values[2].integer
            else { return }
            sentences[document, default: []].append((start, end, row.values[3].integer ?? 0))
        }
        lines = sentences.mapValues { $0.map { ($0.start, $0.line) }.sorted { $0.0 < $1.0 } }
        var found = found
        let hasPlaces = places.values.contains { !$0.isEmpty }
        /// Looks for the passages of a text whose sentences are these ranges, in code points; `line` is that of all of it.
        func search(_ document: String, _ text: String, _ sentences: [(start: Int, end: Int)], line: Int? = nil) {
            let bytes = Array(text.utf8)
            let words = SearchedText.words(of: bytes)
            let hashes = words.map { StableHash.of(bytes[$0]) }
            let offsets = CodePointOffsets(bytes)
            func note(_ count: Int, at word: Int) {
                let hash = Self.hash(hashes[word..<word + count])
                for place in places[count]?[hash] ?? [] {
                    let target = texts[place.text].hashes
                    var length = count
                    // as far as both go on alike
                    if count == Self.least {
                        while word + length < hashes.count, place.word + length < target.count,
                            hashes[word + length] == target[place.word + length]
                        { length += 1 }
                    }
                    if let other = found[place.text][place.word], other.words >= length { continue }
                    let passage = bytes[words[word].lowerBound..<words[word + length - 1].upperBound]
                    found[place.text][place.word] = (
                        length,
                        Source(
                            document: document, offset: offsets.codePoints(before: words[word].lowerBound), line: line),
                        String(ContentDigest(of: Array(passage)).description.prefix(16))
                    )
                }
            }
            if hashes.count >= Self.least {
                for word in 0...(hashes.count - Self.least) { note(Self.least, at: word) }
            }
            for sentence in sentences where sentence.end - sentence.start <= 200 {
                guard let start = offsets.byte(ofCodePoint: sentence.start),
                    let end = offsets.byte(ofCodePoint: sentence.end)
                else { continue }
                let first = Self.first(in: words, from: start)
                var count = 0
                while first + count < words.count, words[first + count].upperBound <= end { count += 1 }
                if (2..<Self.least).contains(count) { note(count, at: first) }
            }
        }
        try results.forEachRow(of: "documents", columns: ["document", "text", "title"]) { row in
            guard hasPlaces, let document = row.values[0].text, let text = row.values[1].text else { return }
            search(document, text, (sentences[document] ?? []).map { ($0.start, $0.end) })
        }
        // what was taken out of a page is its text as well: a cookie notice may name somebody
        try results.forEachRow(of: "blocks", columns: ["document", "kept", "line", "text"]) { row in
            guard hasPlaces, row.values[1].integer == 0, let document = row.values[0].text,
                let text = row.values[3].text
            else { return }
            search(document, text, [(0, text.unicodeScalars.count)], line: row.values[2].integer ?? 1)
        }
        self.found = found
        try results.forEachRow(of: "aliases", columns: ["alias"]) { row in
            if let name = row.values[0].text { names.insert(Self.hash(SearchedText.hashes(of: name)[...])) }
        }
        try results.forEachRow(of: "entities", columns: ["name"]) { row in
            if let name = row.values[0].text { names.insert(Self.hash(SearchedText.hashes(of: name)[...])) }
        }
    }

    /// The first of `words` that begins at `start` or behind it.
    private static func first(in words: [Range<Int>], from start: Int) -> Int {
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle].lowerBound < start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func hash(_ words: ArraySlice<UInt64>) -> UInt64 {
        words.reduce(0x9E37_79B9_7F4A_7C15) { ($0 ^ $1) &* 0x1000_0000_01B3 &+ ($0 >> 29) }
    }

    /// The passages in a text, in order; those that overlap are one.
    func runs(in text: Int) -> [PassageRun] {
        let searched = texts[text]
        var runs: [PassageRun] = []
        var next = 0
        var (place, fileLine) = (0, 1)
        for (word, passage) in found[text].sorted(by: { $0.key < $1.key }) {
            let end = word + passage.words
            guard end > next else { continue }
            let first = max(word, next)
            if names.contains(Self.hash(searched.hashes[first..<end])) { continue }
            let range = searched.words[first].lowerBound..<searched.words[end - 1].upperBound
            fileLine += searched.bytes[place..<range.lowerBound].count { $0 == 0x0A }
            place = range.lowerBound
            let before = lines[passage.source.document]?.last { $0.start <= passage.source.offset }
            let line = passage.source.line ?? before?.line ?? 1
            runs.append(
                PassageRun(
                    range: range, fileLine: fileLine,
                    words: end - first, document: passage.source.document, line: line,
                    text: String(decoding: searched.bytes[range], as: UTF8.self), digest: passage.digest))
            next = end
        }
        return runs
    }
}
