import StageKit
import Text

/// What a Markdown file says about itself before its text begins.
///
/// Five forms are read: YAML between `---`, TOML between `+++`, an object of JSON, the `%` lines of pandoc, and lines
/// `Key: value` up to the first empty one. What only looks like one of them is text.
struct FrontMatter {
    /// The facts.
    var entries: [Metadata.Entry] = []
    /// What could not be read, for the reader of the report.
    var notices: [String] = []
    /// How many lines it takes.
    var lines: Int

    /// How many lines front matter has at most.
    private static let mostLines = 1000

    /// The front matter at the beginning of `bytes`; nil where there is none.
    static func read(_ bytes: [UInt8], _ lines: [TextLines.Line]) -> FrontMatter? {
        let head = HeadLines(bytes, lines)
        guard let first = head.first else { return nil }
        switch first {
        case "---": return fenced(head, ends: ["---", "..."], yaml)
        case "+++": return fenced(head, ends: ["+++"], toml)
        default: break
        }
        if first.hasPrefix("{") { return json(head) }
        if first == "%" || first.hasPrefix("% ") { return pandoc(head) }
        return keysAndValues(head)
    }

    /// The lines of a file, as far as front matter may reach.
    private struct HeadLines {
        let bytes: [UInt8]
        let lines: ArraySlice<TextLines.Line>
        let count: Int

        init(_ bytes: [UInt8], _ lines: [TextLines.Line]) {
            self.bytes = bytes
            self.lines = lines.prefix(mostLines)
            count = self.lines.count
        }

        /// The first line, if it is not indented.
        var first: String? { count > 0 && lines[0].indent == 0 ? text(0) : nil }

        /// A line without white space around it.
        func text(_ k: Int) -> String { UTF8Decoding.string(bytes, lines[k].span) }

        func indent(_ k: Int) -> Int { lines[k].indent }

        func isEmpty(_ k: Int) -> Bool { lines[k].span.isEmpty }

        /// The bytes of some lines.
        func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
            guard let last = range.last else { return [] }
            let start = lines[range.lowerBound].span.start - lines[range.lowerBound].indent
            return bytes[start..<max(start, lines[last].span.end)]
        }
    }

    private static func fenced(
        _ head: HeadLines, ends: Set<String>, _ read: (HeadLines, Range<Int>) -> FrontMatter?
    ) -> FrontMatter? {
        guard let end = (1..<head.count).first(where: { head.indent($0) == 0 && ends.contains(head.text($0)) }) else {
            return nil
        }
        guard var matter = read(head, 1..<end) else { return nil }
        matter.lines = end + 1
        return matter
    }

    // MARK: - YAML

    private static func yaml(_ head: HeadLines, _ range: Range<Int>) -> FrontMatter? {
        guard !range.isEmpty else { return FrontMatter(lines: 0) }
        // an empty line behind the first rule is the mark of a rule between paragraphs
        let isSpaced = head.isEmpty(range.lowerBound)
        switch YAMLValue.read(Array(head.bytes(range))) {
        case .value(.mapping(let pairs)):
            guard pairs.allSatisfy({ isKey($0.key) }), !isSpaced || pairs.contains(where: { isKnown($0.key) }) else {
                return nil
            }
            return FrontMatter(of: pairs)
        case .value(.none): return isSpaced ? nil : FrontMatter(lines: 0)
        case .value: return nil
        case .broken(let line):
            guard !isSpaced, let pairs = linewise(head, range) else { return nil }
            var matter = FrontMatter(of: pairs)
            matter.notices.append(
                "the front matter is not YAML from line \(range.lowerBound + line) on; it was read line by line")
            return matter
        }
    }

    /// The pairs of lines `key: value` with indented lines and entries of lists among them; nil for other lines.
    private static func linewise(_ head: HeadLines, _ range: Range<Int>) -> [HeadPair]? {
        var pairs: [HeadPair] = []
        for k in range where !head.isEmpty(k) {
            let line = head.text(k)
            if line.hasPrefix("#") { continue }
            if line.hasPrefix("- ") || head.indent(k) > 0 {
                guard let last = pairs.last else { return nil }
                let item = unquoted(line.hasPrefix("- ") ? String(line.dropFirst(2)) : line)
                if case .list(let items) = last.value {
                    pairs[pairs.count - 1].value = .list(items + [.text(item)])
                } else if case .text(let text) = last.value, !text.isEmpty {
                    pairs[pairs.count - 1].value = .text(text + " " + item)
                } else {
                    pairs[pairs.count - 1].value = .list([.text(item)])
                }
                continue
            }
            guard let (key, value) = keyAndValue(line) else { return nil }
            pairs.append(HeadPair(key, .text(unquoted(value))))
        }
        return pairs.isEmpty ? nil : pairs
    }

    private static func unquoted(_ text: String) -> String {
        for mark in ["\"", "'"] where text.utf8.count >= 2 && text.hasPrefix(mark) && text.hasSuffix(mark) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }

    // MARK: - TOML and JSON

    private static func toml(_ head: HeadLines, _ range: Range<Int>) -> FrontMatter? {
        TOMLReader.read(Array(head.bytes(range))).map(FrontMatter.init(of:))
    }

    private static func json(_ head: HeadLines) -> FrontMatter? {
        let bytes = head.bytes
        // the object ends with its line
        guard let end = JSONExtent.end(of: bytes, limit: head.lines.last?.span.end ?? 0),
            let last = head.lines.indices.first(where: { head.lines[$0].span.end == end }),
            let value = try? Text.JSONValue(parsing: Array(bytes[..<end])), case .mapping(let pairs) = HeadValue(value),
            !pairs.isEmpty
        else { return nil }
        var matter = FrontMatter(of: pairs)
        matter.lines = last + 1
        return matter
    }

    // MARK: - Lines

    /// Title, authors and date in lines that begin with `%`; an indented line goes on with the one before.
    private static func pandoc(_ head: HeadLines) -> FrontMatter? {
        var fields: [[String]] = []
        var k = 0
        while k < head.count, !head.isEmpty(k) {
            let line = head.text(k)
            if head.indent(k) == 0, line.hasPrefix("%"), fields.count < 3 {
                fields.append([String(line.dropFirst().drop { $0 == " " })])
            } else if head.indent(k) > 0, !fields.isEmpty {
                fields[fields.count - 1].append(line)
            } else {
                break
            }
            k += 1
        }
        // further text on the next line shows that the first was no head either
        guard !fields.isEmpty, k == head.count || head.isEmpty(k) else { return nil }
        var pairs: [HeadPair] = [HeadPair("title", .text(fields[0].joined(separator: " ")))]
        if fields.count > 1 {
            let names = fields[1].flatMap { $0.split(separator: ";").map { HeadValue.text($0.trimmingBlanks) } }
            pairs.append(HeadPair("author", .list(names)))
        }
        if fields.count > 2 { pairs.append(HeadPair("date", .text(fields[2].joined(separator: " ")))) }
        var matter = FrontMatter(of: pairs)
        matter.lines = k
        return matter
    }

    /// Lines `Key: value` from the first line to the first empty one, of which one has a name that is known.
    private static func keysAndValues(_ head: HeadLines) -> FrontMatter? {
        var pairs: [HeadPair] = []
        var k = 0
        while k < head.count, !head.isEmpty(k) {
            if head.indent(k) > 0, case .text(let value)? = pairs.last?.value {
                pairs[pairs.count - 1].value = .text(value + " " + head.text(k))
            } else {
                guard let (key, value) = keyAndValue(head.text(k)), !value.isEmpty else { return nil }
                pairs.append(HeadPair(key, .text(value)))
            }
            k += 1
        }
        guard pairs.contains(where: { isKnown($0.key) }) else { return nil }
        var matter = FrontMatter(of: pairs)
        matter.lines = k
        return matter
    }

    private static func keyAndValue(_ line: String) -> (String, String)? {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let key = String(line[..<colon])
        let value = line[line.index(after: colon)...]
        guard isKey(key), value.isEmpty || value.hasPrefix(" ") || value.hasPrefix("\t") else { return nil }
        return (key, value.trimmingBlanks)
    }

    /// Whether a name is one as files use them: up to three words of letters and digits.
    private static func isKey(_ key: String) -> Bool {
        let words = key.split(separator: " ")
        return (1...3).contains(words.count) && key.utf8.count <= 40
            && key.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || " -_.@/".unicodeScalars.contains($0)
            }
    }

    private static func isKnown(_ key: String) -> Bool { known.contains(HeadFacts.name(key)) }

    private static let known: Set<String> = ["title", "subtitle", "author", "date", "publisher", "language"]
}

extension FrontMatter {
    /// The facts in `pairs`.
    fileprivate init(of pairs: [HeadPair]) {
        let facts = HeadFacts(pairs)
        self.init(entries: facts.entries, notices: facts.notices, lines: 0)
    }
}

extension Substring {
    /// Without blanks and tabs at its ends.
    fileprivate var trimmingBlanks: String {
        var text = self
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text.drop { $0 == " " || $0 == "\t" })
    }
}
