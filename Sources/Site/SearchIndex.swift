import Foundation
import Text

/// The search over all sentences, as files that a page loads when it needs them: for each word the documents that have
/// it, and the sentences of documents. Files are cut so that none is large.
struct SearchIndex {
    /// A sentence of a document, in code points of its text.
    struct Sentence {
        let number: Int
        let start: Int
        let end: Int
    }

    /// How many bytes a file holds before the next begins.
    private static let fileBytes = 400_000

    /// The documents that have a word, by their places in the list; each once, in order.
    private var words: [String: [Int32]] = [:]
    /// What a word is folded to, so that each is folded once.
    private var folded: [ArraySlice<UInt8>: [String]] = [:]
    private var count = 0
    /// Files that are full, and the one that is being filled.
    private var texts: [[UInt8]] = []
    private var starts: [Int] = []
    private var open = JSONOutput()
    private var entries: [[UInt8]] = []
    private var size = 0

    /// Takes in a document. `parts` are its pages, with the code points at which they begin.
    mutating func add(
        _ document: SiteDocument, text: String, sentences: [Sentence], parts: [(start: Int, address: String)]
    ) {
        let place = count
        count += 1
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
        var seen: Set<String> = []
        var found: [(sentence: Sentence, text: ArraySlice<UInt8>)] = []
        for sentence in sentences where sentence.start >= point {
            advance(to: sentence.start)
            let first = byte
            advance(to: sentence.end)
            found.append((sentence, bytes[first..<byte]))
            for word in Self.words(of: bytes[first..<byte]) { for form in fold(word) { seen.insert(form) } }
        }
        for word in seen { words[word, default: []].append(Int32(place)) }
        var rest = found[...]
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
            add(document, place: place, address: parts[part].address, group)
        }
    }

    private mutating func add(
        _ document: SiteDocument, place: Int, address: String,
        _ sentences: ArraySlice<(sentence: Sentence, text: ArraySlice<UInt8>)>
    ) {
        var json = JSONOutput()
        json.array { json in
            json.integer(place)
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
        if size > 0, size + json.bytes.count > Self.fileBytes { flush() }
        if entries.isEmpty { starts.append(place) }
        size += json.bytes.count
        entries.append(json.bytes)
    }

    private mutating func flush() {
        guard !entries.isEmpty else { return }
        var file = Array("colophonTexts(\(texts.count),[\n".utf8)
        for (k, entry) in entries.enumerated() {
            if k > 0 { file.append(contentsOf: ",\n".utf8) }
            file.append(contentsOf: entry)
        }
        file.append(contentsOf: "\n])\n".utf8)
        texts.append(file)
        entries = []
        size = 0
    }

    /// Hands over the files.
    mutating func files(_ put: (String, [UInt8]) throws -> Void) throws {
        flush()
        for (k, file) in texts.enumerated() { try put("search/texts-\(k).js", file) }
        var firsts: [String] = []
        var json = JSONOutput()
        var lines: [UInt8] = []
        func close() throws {
            guard !lines.isEmpty else { return }
            let number = firsts.count - 1
            try put(
                "search/words-\(number).js", Array("colophonWords(\(number),[\n".utf8) + lines + Array("\n])\n".utf8))
            lines = []
        }
        for (word, places) in words.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            // A file ends where the word says so, as a rule: one word more or less changes one file.
            let isBorder = lines.count > Self.fileBytes / 4 && StableHash.of(word.utf8) % 64 == 0
            if lines.isEmpty || isBorder || lines.count > Self.fileBytes {
                try close()
                firsts.append(word)
            } else {
                lines.append(contentsOf: ",\n".utf8)
            }
            json = JSONOutput()
            json.array { json in
                json.string(word)
                var last = 0
                json.string(
                    places.map { place in
                        defer { last = Int(place) }
                        return String(Int(place) - last, radix: 36)
                    }.joined(separator: " "))
            }
            lines.append(contentsOf: json.bytes)
        }
        try close()
        json = JSONOutput()
        json.object { json in
            json.key(fixed: "documents")
            json.integer(count)
            json.key(fixed: "words")
            json.array(firsts) { $0.string($1) }
            json.key(fixed: "texts")
            json.array(starts) { $0.integer($1) }
        }
        try put("search/index.js", Array("colophonIndex(".utf8) + json.bytes + Array(")\n".utf8))
    }

    /// Runs of letters, digits and what is not ASCII.
    private static func words(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        text.split { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: false
            default: true
            }
        }
    }

    /// The words under which a run is found: without accents, in small letters, cut at what is no letter or digit. In
    /// scripts without spaces between words every sign is one.
    private mutating func fold(_ run: ArraySlice<UInt8>) -> [String] {
        if let known = folded[run] { return known }
        var forms: [String] = []
        let text = String(decoding: run, as: UTF8.self)
        if run.allSatisfy({ $0 < 0x80 }) {
            forms = [text.lowercased()]
        } else {
            var word = ""
            for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
                if scalar.properties.isDiacritic || scalar.properties.generalCategory == .nonspacingMark { continue }
                let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                let isOwn = isWord && scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
                if isWord, !isOwn {
                    word.unicodeScalars.append(scalar)
                    continue
                }
                if !word.isEmpty { forms.append(word) }
                word = ""
                if isOwn { forms.append(String(scalar)) }
            }
            if !word.isEmpty { forms.append(word) }
        }
        folded[run] = forms
        return forms
    }
}
