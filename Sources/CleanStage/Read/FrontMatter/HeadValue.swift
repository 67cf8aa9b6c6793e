import StageKit
import Text

/// A value of front matter, whatever it is written in.
indirect enum HeadValue: Equatable {
    case none
    case text(String)
    case list([HeadValue])
    case mapping([HeadPair])

    init(_ value: Text.JSONValue) {
        self =
            switch value {
            case .object(let members): .mapping(members.map { HeadPair($0.key, HeadValue($0.value)) })
            case .array(let values): .list(values.map { HeadValue($0) })
            case .string(let text): .text(text)
            case .integer(let number): .text(String(number))
            case .real(let number): .text(String(number))
            case .bool(let isTrue): .text(isTrue ? "true" : "false")
            case .null: .none
            }
    }

    /// What it says in one line: a text, the entries of a list, the name in a mapping; nil where there is none.
    var line: String? {
        switch self {
        case .none: return nil
        case .text(let text):
            let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r" }
            return words.isEmpty ? nil : words.joined(separator: " ")
        case .list(let values):
            let lines = values.compactMap(\.line)
            return lines.isEmpty ? nil : lines.joined(separator: ", ")
        case .mapping(let pairs):
            func value(_ names: [String]) -> String? {
                names.lazy.compactMap { name in pairs.first { $0.key.lowercased() == name }?.value.line }.first
            }
            if let name = value(["name", "literal", "title", "text"]) { return name }
            let parts = [value(["given", "given-names", "first"]), value(["family", "family-names", "last"])]
            let name = parts.compactMap { $0 }.joined(separator: " ")
            return name.isEmpty ? nil : name
        }
    }
}

/// A key of front matter with its value.
struct HeadPair: Equatable {
    var key: String
    var value: HeadValue

    init(_ key: String, _ value: HeadValue) {
        self.key = key
        self.value = value
    }
}

/// The facts that front matter states, under the names that metadata has.
struct HeadFacts {
    private(set) var entries: [Metadata.Entry] = []
    private(set) var notices: [String] = []

    init(_ pairs: [HeadPair]) {
        // of two names of one fact the usual one counts
        for isUsual in [true, false] {
            for pair in pairs where (Self.name(pair.key) == pair.key.lowercased()) == isUsual {
                add(Self.name(pair.key), pair.value)
            }
        }
    }

    /// The name that metadata has for a fact.
    static func name(_ key: String) -> String {
        let key = key.lowercased()
        switch key {
        case "headline": return "title"
        // a table of TOML is its keys
        case "authors", "by", "byline", "creator", "author.name": return "author"
        case "lang": return "language"
        case "outlet", "site", "source", "publication": return "publisher"
        case "published", "pubdate", "publish_date", "publishdate", "date_published", "datepublished", "published_at",
            "publication_date", "publication-date", "issued":
            return "date"
        default: return key
        }
    }

    private mutating func add(_ key: String, _ value: HeadValue) {
        guard let line = value.line else {
            if case .mapping(let pairs) = value {
                for pair in pairs { add(key + "." + pair.key.lowercased(), pair.value) }
            }
            return
        }
        let text = CharacterReferences.decoded(line)
        guard key == "date" else {
            entries.append(.init(key, text, .frontMatter))
            return
        }
        switch WrittenDay(text) {
        case .read(let day): entries.append(.init(key, day, .frontMatter))
        case .ambiguous(let days):
            let ways = days.isEmpty ? "2024-12-31" : days.joined(separator: " or ")
            notices.append("the date '\(text)' can be read in more than one way and was left out: write \(ways)")
        case .none:
            if let day = DateLine.date(of: Array(text.utf8)) {
                entries.append(.init(key, day, .frontMatter))
            } else {
                notices.append("the date '\(text)' is no day and was left out: write 2024-12-31")
            }
        }
    }
}
