import StageKit
import Text

/// The lines `Key: value` at the head of a message, an electronic book or a press release, and what libraries put around
/// the text of a book.
struct FileHead {
    /// What they say.
    private(set) var entries: [Metadata.Entry] = []
    /// The first line of the text, and the first behind it.
    private(set) var body: Range<Int>
    /// The reason for which what stands around it is taken out.
    static let reason = "head or end of the file"

    /// Reads the lines of a plain text; without such a head the body is all of them.
    init(_ bytes: [UInt8], _ lines: [TextLines.Line]) {
        body = lines.indices
        let isMail = readKeys(bytes, lines)
        if !isMail { readFrame(bytes, lines) }
    }

    /// A line of a head: its key in small letters, and its value.
    private static func field(_ bytes: [UInt8], _ span: ByteSpan) -> (key: String, value: String)? {
        guard let colon = bytes[span.range].prefix(32).firstIndex(of: UInt8(ascii: ":")), colon > span.start,
            bytes[span.start..<colon].allSatisfy({
                ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x20 || $0 == UInt8(ascii: "-")
            }), colon + 1 == span.end || bytes[colon + 1] == 0x20 || bytes[colon + 1] == 0x09
        else { return nil }
        let value = UTF8Decoding.string(bytes, TextLines.trimmed(bytes, ByteSpan(colon + 1, span.end)))
        return (UTF8Decoding.string(bytes, ByteSpan(span.start, colon)).lowercased(), value)
    }

    /// Reads fields at the top of the file. At least two have to be known, and those of a message have to say who writes.
    private mutating func readKeys(_ bytes: [UInt8], _ lines: [TextLines.Line]) -> Bool {
        var found: [(key: String, value: String)] = []
        var end = 0
        var k = 0
        while k < min(lines.count, 80) {
            let line = lines[k]
            if line.span.isEmpty {
                // the head of a message ends with the first empty line; that of a book may have some
                if found.contains(where: { Self.mail.contains($0.key) }) { break }
            } else if let field = Self.field(bytes, line.span),
                Self.names[field.key] != nil || Self.mail.contains(field.key) || Self.others.contains(field.key)
                    || (found.contains { Self.mail.contains($0.key) } && !field.key.contains(" "))
            {
                found.append(field)
                end = k + 1
            } else if line.indent > 0, end == k, end > 0 {
                found[found.count - 1].value += " " + UTF8Decoding.string(bytes, line.span)
                end = k + 1
            } else {
                break
            }
            k += 1
        }
        let known = Set(found.map(\.key).filter { Self.names[$0] != nil || Self.mail.contains($0) })
        guard known.count > 1, found.contains(where: { Self.names[$0.key] != nil }) else { return false }
        add(found)
        body = end..<body.upperBound
        return true
    }

    /// Reads what stands above `*** START OF` and below `*** END OF`.
    private mutating func readFrame(_ bytes: [UInt8], _ lines: [TextLines.Line]) {
        func isMark(_ k: Int, _ words: [StaticString]) -> Bool {
            let line = bytes[lines[k].span.range]
            guard line.starts(with: "***".utf8) else { return false }
            let rest = line.dropFirst(3).drop { $0 == 0x20 }
            return words.contains { $0.withUTF8Buffer { rest.starts(with: $0) } }
        }
        guard let start = lines.indices.prefix(600).first(where: { isMark($0, ["START OF", "START: "]) }) else {
            return
        }
        let end = lines.indices.last { $0 > start && isMark($0, ["END OF", "END: "]) } ?? lines.count
        var found: [(key: String, value: String)] = []
        for k in 0..<start {
            guard let field = Self.field(bytes, lines[k].span), !found.contains(where: { $0.key == field.key }) else {
                continue
            }
            found.append(field)
        }
        add(found)
        body = start + 1..<end
    }

    private mutating func add(_ fields: [(key: String, value: String)]) {
        for (key, value) in fields {
            guard let name = Self.names[key], !value.isEmpty, value.utf8.count <= 500 else { continue }
            let known: String? =
                switch name {
                case "date": DateLine.date(of: Array(value.utf8)) ?? DateLine.mailDate(value)
                case "author": Self.person(value)
                case "language": Self.languages[value.lowercased()]
                default: value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                }
            if let known { entries.append(.init(name, known, .frontMatter)) }
        }
    }

    /// The name in `Ada Weir <weir@quay.example>`; nil for an address alone.
    private static func person(_ value: String) -> String? {
        var name = value.prefix { $0 != "<" && $0 != "(" }
        if name.contains("@") {
            // weir@quay.example (Ada Weir)
            guard let open = value.firstIndex(of: "("), let close = value.lastIndex(of: ")"), open < close else {
                return nil
            }
            name = value[value.index(after: open)..<close]
        }
        let words = name.split(whereSeparator: { $0.isWhitespace || $0 == "\"" })
        return words.isEmpty || name.contains("@") ? nil : words.joined(separator: " ")
    }

    /// Fields that are facts about the document, and their names.
    private static let names: [String: String] = [
        "title": "title", "subject": "title", "headline": "title", "author": "author", "authors": "author",
        "from": "author", "by": "author", "date": "date", "sent": "date", "published": "date",
        "publication date": "date", "publisher": "publisher", "source": "publisher", "newspaper": "publisher",
        "publication": "publisher", "language": "language",
    ]

    /// Languages as such heads name them.
    private static let languages: [String: String] = [
        "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
        "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
        "turkish": "tr", "türkçe": "tr", "russian": "ru", "polish": "pl", "swedish": "sv", "danish": "da",
        "norwegian": "no", "finnish": "fi", "greek": "el", "hungarian": "hu", "czech": "cs", "arabic": "ar",
        "chinese": "zh", "japanese": "ja", "latin": "la",
    ]

    /// Fields of messages.
    private static let mail: Set<String> = [
        "from", "to", "cc", "bcc", "sent", "subject", "reply-to", "message-id", "return-path", "received",
        "mime-version", "content-type", "content-transfer-encoding", "delivered-to", "in-reply-to", "references",
        "newsgroups", "organization", "x-mailer", "user-agent", "sender", "importance", "attachments",
    ]

    /// Other fields of books and articles.
    private static let others: Set<String> = [
        "release date", "posting date", "last updated", "most recently updated", "translator", "editor", "illustrator",
        "contributor", "character set encoding", "credits", "original publication", "other information and formats",
        "section", "page", "edition", "keywords", "document type", "copyright", "isbn", "issn", "url", "id", "length",
        "byline", "dateline", "place", "word count", "load-date", "load date",
    ]
}
