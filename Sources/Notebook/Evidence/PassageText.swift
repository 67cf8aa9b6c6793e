import Model
import StageKit

/// A passage as Markdown.
struct PassageText {
    /// The way from the page to the project's folder (`../../../`); nil where files are not linked.
    let projectFolder: String?

    /// A block quotation: the passage in its context, then who, where and when. `anchor` gives it a place to link to.
    func block(_ passage: Passage, anchor: String?) -> String {
        let place = anchor.map { #"<a id="\#($0)"></a>"# } ?? ""
        let words = passage.kind == .document ? "" : "\(quotation(passage))\n>\n> "
        return "> \(place)\(words)\(attribution(passage))"
    }

    /// The passage in bold in its context.
    func quotation(_ passage: Passage) -> String {
        let open = passage.isCut.before ? "… " : ""
        let close = passage.isCut.after ? " …" : ""
        return open + Self.emphasized(passage.words, before: passage.before, after: passage.after) + close
    }

    /// Who is quoted, in which document, and where in its file.
    func attribution(_ passage: Passage) -> String {
        Self.attribution(
            passage, file: file(passage.document, line: passage.line), escaped: MarkdownText.escaped)
    }

    /// The same with another form of links and escapes: `file` is the name of the document's file with its link, and
    /// `escaped` makes a text harmless. The place is the file, the line and the bytes, as
    /// `corpus/a.txt`, line 7, bytes 101–140; of a file whose bytes tell a reader nothing, the page or the paragraph.
    static func attribution(_ passage: Passage, file: String, escaped: (String) -> String) -> String {
        var parts = passage.facts.map(escaped)
        if let title = passage.title { parts.append("“\(escaped(title))”") }
        let origin = [passage.publisher, passage.date].compactMap { $0 }.map(escaped)
        if !origin.isEmpty { parts.append(origin.joined(separator: ", ")) }
        var place = [file]
        let format = SourceFormat(document: passage.document)
        if let line = passage.line { place.append("\(format.unit.rawValue) \(line)") }
        if format.isPlain, let source = passage.source {
            place.append("bytes \(source.lowerBound)–\(source.upperBound)")
        }
        parts.append(place.joined(separator: ", "))
        return parts.joined(separator: " · ")
    }

    /// The name of a document, linked to its file. A record's file is what stands before `#`.
    func file(_ document: String, line: Int? = nil) -> String {
        let name = MarkdownText.escaped(document)
        guard let target = target(document) else { return name }
        return "[\(name)](\(target)\(line.map { Self.fragment(of: document, line: $0) } ?? ""))"
    }

    /// What leads to a place within a document's file, where programs that show such files know of one.
    private static func fragment(of document: String, line: Int) -> String {
        let format = SourceFormat(document: document)
        switch format.unit {
        case .page: return "#page=\(line)"
        case .line:
            guard format.isPlain else { return "" }
            // code hosts show Markdown as a page, in which lines have no name
            return "\(format.text == .markdown ? "?plain=1" : "")#L\(line)"
        case .paragraph: return ""
        }
    }

    /// The way to a document's file; nil where files are not linked.
    func target(_ document: String) -> String? {
        guard let projectFolder else { return nil }
        return projectFolder + MarkdownText.link(SourceFormat.parts(of: document).path)
    }

    /// `words` in bold between its neighbours: with asterisks where Markdown takes them for emphasis, which depends
    /// on the characters on both sides, and with a tag elsewhere.
    static func emphasized(_ words: String, before: String, after: String) -> String {
        let text = MarkdownText.escaped(before) + "\u{0}" + MarkdownText.escaped(after)
        let parts = text.split(separator: "\u{0}", omittingEmptySubsequences: false)
        let inner = MarkdownText.escaped(words)
        let opens = isSpaceOrMark(before.unicodeScalars.last) || !isSpaceOrMark(words.unicodeScalars.first)
        let closes = isSpaceOrMark(after.unicodeScalars.first) || !isSpaceOrMark(words.unicodeScalars.last)
        let isTrimmed = words.unicodeScalars.first != " " && words.unicodeScalars.last != " "
        let bold = opens && closes && isTrimmed && !inner.isEmpty ? "**\(inner)**" : "<b>\(inner)</b>"
        return "\(parts.first ?? "")\(bold)\(parts.last ?? "")"
    }

    private static func isSpaceOrMark(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return true }
        return scalar.properties.isWhitespace
            || [
                .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
                .dashPunctuation, .connectorPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            ].contains(scalar.properties.generalCategory)
    }
}
