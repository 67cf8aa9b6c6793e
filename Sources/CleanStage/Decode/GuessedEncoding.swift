import Text

/// Guesses the encoding of a text of one byte a character from what its bytes would say.
///
/// Under the right encoding the bytes above ASCII are letters that some language often writes, small inside words, and
/// marks where marks stand. Under a wrong one they are rare letters, capitals inside words, and signs between letters.
enum GuessedEncoding {
    /// The encoding that gives the most plausible text, Windows-1252 where nothing speaks for another; and how plausible
    /// it makes each byte above ASCII on average: about 3 for letters in words of a language, below 1 for anything else.
    static func guess(_ bytes: [UInt8]) -> (page: CodePage, worth: Double) {
        let sample = ByteSample(bytes)
        var best = CodePage.windows1252
        var most = Int.min
        for candidate in candidates {
            var score = sample.score(candidate)
            // an equal score is no reason for another encoding than the one which is met most often
            if candidate.page == .windows1252 { score += 3 }
            if score > most { (best, most) = (candidate.page, score) }
        }
        return (best, sample.count == 0 ? 0 : Double(most) / Double(sample.count))
    }

    /// An encoding, and the languages that are written in it.
    struct Candidate: Sendable {
        var page: CodePage
        var languages: [Letters]
    }

    /// The letters of one language beyond ASCII, the frequent ones apart.
    struct Letters: Sendable {
        let frequent: Set<UInt32>
        let others: Set<UInt32>

        init(_ frequent: String, _ others: String) {
            self.frequent = Set(frequent.unicodeScalars.map(\.value))
            self.others = Set(others.unicodeScalars.map(\.value))
        }
    }

    /// In the order in which they are tried.
    private static let candidates: [Candidate] = {
        var candidates: [Candidate] = []
        var group = 0
        for line in Embedded.encodingLetters.withUTF8Buffer({ Array($0) }).split(separator: 0x0A)
        where line.first != UInt8(ascii: "#") {
            let parts = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            if parts[0] == "=" {
                group = candidates.count
                candidates += parts.dropFirst().map { Candidate(page: CodePage.known($0), languages: []) }
            } else if parts.count == 2 {
                let letters = Letters(parts[0], parts[1])
                for k in group..<candidates.count { candidates[k].languages.append(letters) }
            }
        }
        return candidates
    }()
}

/// The bytes above ASCII of a text, each with its neighbours.
struct ByteSample {
    private var places: [(before: UInt8, byte: UInt8, after: UInt8)] = []
    /// How many there are.
    var count: Int { places.count }

    /// A sample of `bytes`: the first of them, which are plenty.
    init(_ bytes: [UInt8]) {
        for k in bytes.indices where bytes[k] >= 0x80 {
            places.append((k > 0 ? bytes[k - 1] : 0x20, bytes[k], k + 1 < bytes.count ? bytes[k + 1] : 0x20))
            if places.count == 4000 { break }
        }
    }

    /// How plausible the text is in an encoding, in the language that suits it best.
    func score(_ candidate: GuessedEncoding.Candidate) -> Int {
        let kinds = (0...255).map { Kind(UInt8($0), candidate.page) }
        var score = 0
        var letters = Array(repeating: 0, count: 256)
        for place in places {
            let kind = kinds[Int(place.byte)]
            let (before, after) = (kinds[Int(place.before)], kinds[Int(place.after)])
            if kind.isLetter {
                letters[Int(place.byte)] += before.isLetter || after.isLetter ? 3 : 1
                if kind == .capital, before == .small { score -= 4 }
                if kind == .small, after == .capital { score -= 3 }
                let isLatin = Self.isLatin(place.byte, candidate.page)
                let neighbours = [(place.before, before), (place.after, after)]
                if neighbours.contains(where: { $1.isLetter && Self.isLatin($0, candidate.page) != isLatin }) {
                    score -= 4
                }
            } else {
                score += kind.worth(between: before.isLetter && after.isLetter)
            }
        }
        let best = candidate.languages.map { language in
            letters.indices.reduce(0) {
                $0 + letters[$1] * (letters[$1] == 0 ? 0 : worth($1, language, candidate.page))
            }
        }
        return score + (best.max() ?? 0) / 3
    }

    /// What a letter says for a language.
    private func worth(_ byte: Int, _ language: GuessedEncoding.Letters, _ page: CodePage) -> Int {
        let scalar = page[UInt8(byte)]
        let small = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
        if language.frequent.contains(small) { return 3 }
        return language.others.contains(small) || language.others.contains(scalar.value) ? 1 : -3
    }

    private static func isLatin(_ byte: UInt8, _ page: CodePage) -> Bool { byte < 0x80 || page[byte].value < 0x250 }

    /// What a byte stands for.
    private enum Kind {
        case capital, small, letter, apostrophe, mark, sign, control

        init(_ byte: UInt8, _ page: CodePage) {
            let scalar = byte < 0x80 ? Unicode.Scalar(byte) : page[byte]
            let properties = scalar.properties
            if properties.isUppercase {
                self = .capital
            } else if properties.isLowercase, scalar != "ª", scalar != "º" {
                self = .small
            } else if properties.isAlphabetic || properties.generalCategory == .nonspacingMark {
                self = .letter
            } else if scalar == "’" {
                self = .apostrophe
            } else if scalar.value < 0xA0, scalar.value >= 0x80 {
                self = .control
            } else {
                self = Self.marks.contains(scalar) ? .mark : .sign
            }
        }

        private static let marks = Set("“”‘„‚«»‹›–—…•·\u{A0}\u{AD}€£§©®°¿¡™º".unicodeScalars)

        var isLetter: Bool { self == .capital || self == .small || self == .letter }

        /// What it says for an encoding, where it stands between two letters or elsewhere.
        func worth(between letters: Bool) -> Int {
            switch self {
            case .apostrophe: 3
            case .mark: letters ? -2 : 3
            case .control: -6
            default: letters ? -4 : -2
            }
        }
    }
}
