import Foundation
import Text

/// The search over all sentences, as files that a page loads when it needs them: for each word the documents that have
/// it, and the sentences of documents by portions. Only files of portions that were replaced, and of words that came to
/// other documents, are made again.
struct SearchIndex {
    /// The files of an index that was written.
    struct Known {
        /// By portion, how many files it has.
        var portions: [String: Int] = [:]
        var words: [SearchWords.File] = []
        /// Gives the bytes of a file.
        let read: (String) -> [UInt8]?
    }

    /// A file of the index is not what it was when it was written.
    struct Damage: Error {}

    static let path = "search/index.js"
    static func path(ofTexts key: String) -> String { "search/texts-\(key).js" }
    static func path(ofWords name: String) -> String { "search/words-\(name).js" }

    private let known: Known?
    private var forms = WordForms()
    /// Where there was no index: by the number of each word, its documents in all portions.
    private var places: [[UInt8]] = []
    /// Where there was one: by word and portion, the documents that have the word now; empty for none.
    private var changes: [String: [String: [UInt8]]] = [:]
    /// The portions that were replaced, with the numbers of their files.
    private var replaced: [String: Int] = [:]

    /// An index that follows from `known`; one made anew without it, to which every portion is added in order.
    init(_ known: Known?) { self.known = known }

    /// Begins the texts of a portion; they are handed to ``replace(_:by:_:)`` when they are complete.
    func texts(of portion: SearchPortion) -> SearchTexts { SearchTexts(portion) }

    /// Adds a document to the texts of its portion.
    mutating func add(
        _ document: SiteDocument, at place: Int, text: String, sentences: [SearchTexts.Sentence],
        parts: [SearchTexts.PagePart], to texts: inout SearchTexts
    ) {
        texts.add(document, at: place, text: text, sentences: sentences, parts: parts, &forms)
    }

    /// Puts the texts of a portion in the place of what it had, and hands over their files.
    mutating func replace(
        _ portion: SearchPortion, by texts: SearchTexts, _ put: (String, [UInt8]) throws -> Void
    ) throws {
        let before = try wordsBefore(of: portion.name)
        let files = texts.files
        replaced[portion.name] = files.count
        for (k, file) in files.enumerated() {
            try put(Self.path(ofTexts: SearchTexts.key(portion.name, k)), file)
        }
        let words = texts.words
        for word in before.keys where words[word] == nil { change(word, portion.name, to: []) }
        for (word, documents) in words {
            let token = SearchWords.token(portion.name, documents)
            if known != nil {
                // most words of a portion stay in the documents in which they were
                if before[word] != documents { change(word, portion.name, to: token) }
                continue
            }
            while places.count <= Int(word) { places.append([]) }
            if !places[Int(word)].isEmpty { places[Int(word)].append(UInt8(ascii: " ")) }
            places[Int(word)] += token
        }
    }

    private mutating func change(_ word: Int32, _ portion: String, to token: [UInt8]) {
        changes[forms.words[Int(word)], default: [:]][portion] = token
    }

    /// The words of a portion as it was, each with the documents that had it; none where there was no such portion.
    private mutating func wordsBefore(of portion: String) throws -> [Int32: [Int]] {
        guard let known, let count = known.portions[portion] else { return [:] }
        var words: [Int32: [Int]] = [:]
        for k in 0..<count {
            guard let file = known.read(Self.path(ofTexts: SearchTexts.key(portion, k))),
                SearchTexts.eachText(
                    in: file,
                    { document, text in
                        forms.each(in: text) { word in
                            if words[word]?.last != document { words[word, default: []].append(document) }
                        }
                    }) != nil
            else { throw Damage() }
        }
        return words
    }

    /// Takes the words of a portion out as it was.
    private mutating func forget(_ portion: String) throws {
        for word in try wordsBefore(of: portion).keys { change(word, portion, to: []) }
    }

    /// Hands over the files of words and the list of all files; `keep` is told which files stay as they are.
    mutating func finish(
        _ portions: [SearchPortion], documents: Int, _ put: (String, [UInt8]) throws -> Void,
        keep: (String) -> Void
    ) throws {
        var counts: [String: Int] = [:]
        for portion in portions { counts[portion.name] = replaced[portion.name] ?? known?.portions[portion.name] ?? 0 }
        for name in known?.portions.keys.sorted() ?? [] where counts[name] == nil { try forget(name) }
        for (name, count) in counts where replaced[name] == nil {
            for k in 0..<count { keep(Self.path(ofTexts: SearchTexts.key(name, k))) }
        }
        let words = try known == nil ? allWords(put) : changedWords(portions, put, keep: keep)
        var json = JSONOutput()
        json.object { json in
            json.key(fixed: "documents")
            json.integer(documents)
            json.key(fixed: "words")
            json.array(words) { json, file in
                json.array { json in
                    json.string(file.first)
                    json.string(file.name)
                }
            }
            json.key(fixed: "texts")
            json.array(portions) { json, portion in
                json.array { json in
                    json.string(portion.name)
                    json.integer(counts[portion.name] ?? 0)
                }
            }
        }
        try put(Self.path, Array("colophonIndex(".utf8) + json.bytes + Array(")\n".utf8))
    }

    /// The files that a list of all files names; nil where it is no such list.
    static func known(in list: [UInt8], read: @escaping (String) -> [UInt8]?) -> Known? {
        guard let start = list.firstIndex(of: UInt8(ascii: "{")), let end = list.lastIndex(of: UInt8(ascii: "}")),
            let object = try? JSONSerialization.jsonObject(with: Data(list[start...end])) as? [String: Any],
            let words = object["words"] as? [[String]], let portions = object["texts"] as? [[Any]]
        else { return nil }
        var known = Known(read: read)
        for portion in portions {
            guard portion.count == 2, let name = portion[0] as? String, let count = portion[1] as? Int else {
                return nil
            }
            known.portions[name] = count
        }
        for file in words {
            guard file.count == 2 else { return nil }
            known.words.append(.init(first: file[0]))
        }
        return known
    }

    private func allWords(_ put: (String, [UInt8]) throws -> Void) rethrows -> [SearchWords.File] {
        let lines = places.indices.map { (word: forms.words[$0], places: places[$0]) }
            .sorted { Self.precedes($0.word, $1.word) }
        let files = SearchWords.files(of: lines)
        for (file, bytes) in files { try put(Self.path(ofWords: file.name), bytes) }
        return files.map(\.file)
    }

    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

    /// Makes the files again in which a word has other documents than before. Files between two borders belong together,
    /// since their ends depend on what stands before; where a word that began a file is gone, its file goes to the
    /// one before.
    private func changedWords(
        _ portions: [SearchPortion], _ put: (String, [UInt8]) throws -> Void, keep: (String) -> Void
    ) throws -> [SearchWords.File] {
        guard let known, !known.words.isEmpty else { return try newWords(portions, put) }
        let order = Dictionary(uniqueKeysWithValues: portions.enumerated().map { ($1.name, $0) })
        let files = known.words
        // runs of files from one border to the next
        var starts = files.indices.filter { $0 == 0 || SearchWords.isBorder(files[$0].first) }
        starts.append(files.count)
        func run(of word: String) -> Int {
            var (low, high) = (0, starts.count - 1)
            while high - low > 1 {
                let middle = (low + high) / 2
                if Self.precedes(word, files[starts[middle]].first) { high = middle } else { low = middle }
            }
            return low
        }
        let changed = changes.keys.sorted { Self.precedes($0, $1) }
        var due = Set(changed.map(run))
        var lines: [Int: [SearchWords.Line]] = [:]
        func load(_ run: Int) throws -> [SearchWords.Line] {
            if let lines = lines[run] { return lines }
            var all: [SearchWords.Line] = []
            for k in starts[run]..<starts[run + 1] {
                guard let file = known.read(Self.path(ofWords: files[k].name)),
                    let lines = SearchWords.lines(of: file)
                else { throw Damage() }
                all += lines
            }
            lines[run] = all
            return all
        }
        for run in due.sorted(by: >) where run > 0 {
            let first = files[starts[run]].first
            guard let change = changes[first] else { continue }
            let old = try load(run).first { $0.word == first }?.places ?? []
            // the run before may have to go to the one before it in turn
            var place = run
            if SearchWords.places(old, after: change, order: order).isEmpty {
                while place > 0 {
                    place -= 1
                    due.insert(place)
                    let first = files[starts[place]].first
                    guard let change = changes[first],
                        SearchWords.places(
                            try load(place).first { $0.word == first }?.places ?? [], after: change, order: order
                        ).isEmpty
                    else { break }
                }
            }
        }
        var result: [SearchWords.File] = []
        var next = changed[...]
        var run = 0
        while run < starts.count - 1 {
            guard due.contains(run) else {
                for k in starts[run]..<starts[run + 1] {
                    keep(Self.path(ofWords: files[k].name))
                    result.append(files[k])
                }
                run += 1
                continue
            }
            var all: [SearchWords.Line] = []
            var end = run
            while end < starts.count - 1, due.contains(end) {
                all += try load(end)
                end += 1
            }
            let border = end < starts.count - 1 ? files[starts[end]].first : nil
            let own = next.prefix { word in border.map { Self.precedes(word, $0) } ?? true }
            next = next.dropFirst(own.count)
            for (file, bytes) in SearchWords.files(of: merged(all, own, order)) {
                try put(Self.path(ofWords: file.name), bytes)
                result.append(file)
            }
            run = end
        }
        return result
    }

    /// `lines` with the changes of `words`; both are in order.
    private func merged(
        _ lines: [SearchWords.Line], _ words: ArraySlice<String>, _ order: [String: Int]
    ) -> [SearchWords.Line] {
        var merged: [SearchWords.Line] = []
        var words = words
        func add(_ word: String, _ old: [UInt8]) {
            let places = SearchWords.places(old, after: changes[word] ?? [:], order: order)
            if !places.isEmpty { merged.append((word, places)) }
        }
        for line in lines {
            while let word = words.first, Self.precedes(word, line.word) {
                add(word, [])
                words.removeFirst()
            }
            if words.first.map({ $0.utf8.elementsEqual(line.word.utf8) }) == true {
                add(line.word, line.places)
                words.removeFirst()
            } else {
                merged.append(line)
            }
        }
        for word in words { add(word, []) }
        return merged
    }

    /// The files of an index that had no word.
    private func newWords(
        _ portions: [SearchPortion], _ put: (String, [UInt8]) throws -> Void
    ) throws -> [SearchWords.File] {
        let order = Dictionary(uniqueKeysWithValues: portions.enumerated().map { ($1.name, $0) })
        let words = changes.keys.sorted { Self.precedes($0, $1) }
        let files = SearchWords.files(of: merged([], words[...], order))
        for (file, bytes) in files { try put(Self.path(ofWords: file.name), bytes) }
        return files.map(\.file)
    }
}
