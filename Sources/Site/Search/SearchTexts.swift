import Foundation
import Text

/// The sentences of a portion of documents, as files that the search loads, and the words in them.
struct SearchTexts {
    /// A sentence of a document, in code points of its text.
    struct Sentence {
        let number: Int
        let start: Int
        let end: Int
    }

    /// The beginning of a page of a document: the code point, and the address of the page.
    typealias PagePart = (start: Int, address: String)

    /// How many bytes a file holds before the next begins.
    private static let fileBytes = 400_000

    private let portion: SearchPortion
    /// Entries of files that are full, and of the one that is being filled.
    private var full: [[[UInt8]]] = []
    private var entries: [[UInt8]] = []
    private var size = 0
    /// The words that documents have, each with the place of the document within the portion; each pair once.
    private var found: [(word: Int32, document: Int)] = []

    init(_ portion: SearchPortion) { self.portion = portion }

    /// Takes in the document at `place` of the list of all.
    mutating func add(
        _ document: SiteDocument, at place: Int, text: String, sentences: [Sentence], parts: [PagePart],
        _ forms: inout WordForms
    ) {
        let own = place - portion.documents.lowerBound
        let bytes = Array(text.utf8)
        // a text without sentences is one
        let sentences = sentences.isEmpty ? [Sentence(number: 0, start: 0, end: Int.max)] : sentences
        var point = 0
        var byte = 0
        func advance(to end: Int) {
            while byte < bytes.count, point < end {
                byte += 1
                while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
                point += 1
            }
        }
        var seen: Set<Int32> = []
        var cut: [(sentence: Sentence, text: ArraySlice<UInt8>)] = []
        for sentence in sentences where sentence.start >= point {
            advance(to: sentence.start)
            let first = byte
            advance(to: sentence.end)
            cut.append((sentence, bytes[first..<byte]))
            forms.each(in: bytes[first..<byte]) { seen.insert($0) }
        }
        for word in seen { found.append((word, own)) }
        var rest = cut[...]
        var part = 0
        while !rest.isEmpty {
            while part + 1 < parts.count, parts[part + 1].start <= rest[rest.startIndex].sentence.start { part += 1 }
            let limit = part + 1 < parts.count ? parts[part + 1].start : Int.max
            var taken = 0
            let group = rest.prefix { entry in
                taken += entry.text.count
                return entry.sentence.start < limit && (taken < Self.fileBytes || taken == entry.text.count)
            }
            rest = rest.dropFirst(group.count)
            add(document, own, address: parts[part].address, group)
        }
    }

    private mutating func add(
        _ document: SiteDocument, _ own: Int, address: String,
        _ sentences: ArraySlice<(sentence: Sentence, text: ArraySlice<UInt8>)>
    ) {
        var json = JSONOutput()
        json.array { json in
            json.integer(own)
            json.string(address)
            json.string(document.name)
            json.string(document.origin)
            json.array(sentences) { json, entry in
                json.array { json in
                    json.integer(entry.sentence.number)
                    json.string(utf8: entry.text)
                }
            }
        }
        if size > 0, size + json.bytes.count > Self.fileBytes {
            full.append(entries)
            entries = []
            size = 0
        }
        size += json.bytes.count
        entries.append(json.bytes)
    }

    /// The files, in order.
    var files: [[UInt8]] {
        let all = entries.isEmpty && !full.isEmpty ? full : full + [entries]
        return all.enumerated().map { k, entries in
            SearchFile.bytes(of: entries, calling: "colophonTexts", Self.key(portion.name, k))
        }
    }

    /// By the number of each word, the documents that have it.
    var words: [Int32: [Int]] {
        var words: [Int32: [Int]] = [:]
        for pair in found { words[pair.word, default: []].append(pair.document) }
        return words
    }

    /// The name of the file with the number `k` of a portion.
    static func key(_ portion: String, _ k: Int) -> String { k == 0 ? portion : "\(portion)-\(k + 1)" }

    /// Hands over the text of every sentence in a file that was written, with the place of its document within the portion;
    /// nil where it is no such file.
    static func eachText(in file: [UInt8], _ body: (_ document: Int, _ text: ArraySlice<UInt8>) -> Void) -> Void? {
        guard let content = SearchFile.content(of: file),
            let entries = try? JSONSerialization.jsonObject(with: Data(content)) as? [[Any]]
        else { return nil }
        for entry in entries {
            guard entry.count == 5, let document = entry[0] as? Int, let sentences = entry[4] as? [[Any]] else {
                return nil
            }
            for sentence in sentences {
                guard sentence.count == 2, let text = sentence[1] as? String else { return nil }
                body(document, Array(text.utf8)[...])
            }
        }
        return ()
    }
}
