import Text

/// The words of all documents in the order of their bytes, each with the documents that have it, in files that the search
/// loads when a word may be in them.
///
/// The documents of a word are told by portion: `portion:place,place`, parted by spaces, in the order of the documents.
struct SearchWords {
    /// A word with its documents.
    typealias Line = (word: String, places: [UInt8])

    /// A file of neighbouring words.
    struct File: Equatable {
        /// Its first word.
        let first: String
        /// A hash of it, in letters and digits.
        var name: String { SearchPortion.name(first) }
    }

    /// How many words a file has on average, and how many bytes at most.
    private static let usual: UInt64 = 2048
    private static let bytes = 1_000_000

    /// Whether `word` begins a file, wherever it stands: so a word that comes or goes changes one file.
    static func isBorder(_ word: String) -> Bool { StableHash.of(word.utf8) % usual == 0 }

    /// Puts `lines`, which are in order, into files. The first begins one.
    static func files(of lines: some Sequence<Line>) -> [(file: File, bytes: [UInt8])] {
        var files: [(file: File, bytes: [UInt8])] = []
        var open: [[UInt8]] = []
        var first = ""
        var size = 0
        func close() {
            guard !open.isEmpty else { return }
            let file = File(first: first)
            files.append((file, SearchFile.bytes(of: open, calling: "colophonWords", file.name)))
            open = []
            size = 0
        }
        for line in lines {
            if isBorder(line.word) || size > bytes { close() }
            if open.isEmpty { first = line.word }
            // a word is letters and digits, so nothing in it has to be escaped
            open.append(Array("[\"\(line.word)\",\"".utf8) + line.places + Array("\"]".utf8))
            size += open[open.count - 1].count
        }
        close()
        return files
    }

    /// The lines of a file that was written; nil where it is no such file.
    static func lines(of file: [UInt8]) -> [Line]? {
        guard let content = SearchFile.content(of: file) else { return nil }
        let quote = UInt8(ascii: "\"")
        var lines: [Line] = []
        for line in content.dropFirst().dropLast().split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: quote, omittingEmptySubsequences: false)
            // `[`, the word, `,`, the places, `]` and perhaps a comma
            guard parts.count == 5 else { return nil }
            lines.append((String(decoding: parts[1], as: UTF8.self), Array(parts[3])))
        }
        return lines
    }

    /// The documents of one portion as a line has them.
    static func token(_ portion: String, _ documents: [Int]) -> [UInt8] {
        let places = documents.sorted().map { String($0, radix: 36) }.joined(separator: ",")
        return Array("\(portion):\(places)".utf8)
    }

    /// The places of a word after `changes`: by portion, a new token, or none. `order` gives the place of each portion.
    static func places(
        _ places: [UInt8], after changes: [String: [UInt8]], order: [String: Int]
    ) -> [UInt8] {
        var tokens: [(order: Int, token: [UInt8])] = []
        for token in places.split(separator: UInt8(ascii: " ")) {
            let portion = String(decoding: token.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
            guard changes[portion] == nil, let place = order[portion] else { continue }
            tokens.append((place, Array(token)))
        }
        for (portion, token) in changes where !token.isEmpty {
            if let place = order[portion] { tokens.append((place, token)) }
        }
        return Array(tokens.sorted { $0.order < $1.order }.map(\.token).joined(separator: [UInt8(ascii: " ")]))
    }
}
