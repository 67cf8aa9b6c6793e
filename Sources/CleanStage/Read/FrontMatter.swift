import StageKit
import Text

/// The lines `key: value` between `---` at the top of a Markdown file.
enum FrontMatter {
    /// The entries, and the number of lines that they take; nil where there is no front matter.
    static func read(_ bytes: [UInt8], _ lines: [TextLines.Line]) -> (entries: [Metadata.Entry], lines: Int)? {
        func text(_ k: Int) -> String { UTF8Decoding.string(bytes, lines[k].span) }
        guard let first = lines.indices.first, text(first) == "---",
            let end = lines.indices.dropFirst().prefix(200).first(where: { text($0) == "---" || text($0) == "..." })
        else { return nil }
        var entries: [Metadata.Entry] = []
        for k in lines.indices[1..<end] {
            let line = text(k)
            if line.hasPrefix("- "), lines[k].indent >= 0, let last = entries.last,
                last.value.isEmpty || line.hasPrefix("- ")
            {
                let item = unquoted(String(line.dropFirst(2)))
                entries[entries.count - 1].value = last.value.isEmpty ? item : last.value + ", " + item
                continue
            }
            guard lines[k].indent == 0, let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let key = String(line[..<colon]).lowercased()
            entries.append(.init(name(key), value(String(line[line.index(after: colon)...]), key), .frontMatter))
        }
        return (entries.filter { !$0.value.isEmpty }, end + 1)
    }

    private static func name(_ key: String) -> String {
        switch key {
        case "headline": "title"
        case "authors", "by", "byline": "author"
        case "lang": "language"
        case "outlet", "site", "source": "publisher"
        case "published", "pubdate", "publish_date": "date"
        default: key
        }
    }

    private static func value(_ raw: String, _ key: String) -> String {
        var value = raw.drop { $0 == " " }
        if value.first == "[", value.last == "]" {
            value = value.dropFirst().dropLast()
            return value.split(separator: ",").map { unquoted(String($0)) }.joined(separator: ", ")
        }
        let plain = unquoted(String(value))
        return name(key) == "date" ? DateLine.date(of: Array(plain.utf8)) ?? plain : plain
    }

    private static func unquoted(_ raw: String) -> String {
        var value = raw[...]
        while value.first == " " { value = value.dropFirst() }
        while value.last == " " { value = value.dropLast() }
        for mark in ["\"", "'"] where value.count >= 2 && value.hasPrefix(mark) && value.hasSuffix(mark) {
            return String(value.dropFirst().dropLast())
        }
        return String(value)
    }
}
