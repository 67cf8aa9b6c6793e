package import StageKit
import Text

/// Sentences, tokens and names in CoNLL-U (https://universaldependencies.org/format.html), the format of Universal
/// Dependencies.
///
/// A token is a line of ten columns. Colophon has no lemmas, tags of words or trees, so most of them hold `_`: `UPOS` is
/// `PUNCT`, `SYM` or `NUM` where the kind of a token tells it. `MISC` has the place of the token in the document's text,
/// in code points (`start_char`, `end_char`), the name that it is a part of (`ner=B-person`, `ner=I-person`) with the
/// entity that the name means, and `SpaceAfter=No`.
package struct CoNLLU {
    /// The layers that it is made of, as far as a document has them.
    package static let layers = [
        DocumentText.name, Blocks.name, Sentences.name, Tokens.name, Names.name, Mentions.name,
    ]

    private let text: [UInt8]
    private let offsets: CodePointOffsets
    private let sentences: [ByteSpan]
    private let tokens: Tokens
    private let names: [Mention]
    /// Where blocks begin.
    private let paragraphs: Set<Int>

    /// The document with these layers; nil where it has no sentences or tokens.
    package init?(_ layers: LayerSet) throws(LayerError) {
        guard let text = try layers.value(DocumentText.self)?.bytes, let sentences = try layers.value(Sentences.self),
            let tokens = try layers.value(Tokens.self)
        else { return nil }
        self.text = text
        self.sentences = sentences.spans
        self.tokens = tokens
        offsets = CodePointOffsets(text)
        let known = try layers.value(Names.self)?.mentions
        let found = try layers.value(Mentions.self)?.mentions ?? known ?? []
        names = found.filter(\.kind.isName).sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
        paragraphs = Set(try layers.value(Blocks.self)?.kept.map(\.span.start) ?? [])
    }

    /// The file of the document `id`.
    package func file(of id: String) -> [UInt8] {
        var output = "# newdoc id = \(Self.oneLine(id))\n"
        var token = 0
        var name = 0
        for (number, sentence) in sentences.enumerated() {
            while token < tokens.spans.count, tokens.spans[token].start < sentence.start { token += 1 }
            let first = token
            while token < tokens.spans.count, tokens.spans[token].end <= sentence.end { token += 1 }
            // a sentence of the format has at least one word
            guard first < token else { continue }
            if paragraphs.contains(sentence.start) { output += "# newpar\n" }
            output += "# sent_id = \(Self.oneLine(id))-\(number + 1)\n"
            output += "# text = \(line(first..<token))\n"
            for k in first..<token { output += row(k, from: first, isLast: k + 1 == token, &name) }
            output += "\n"
        }
        return Array(output.utf8)
    }

    /// The words of a sentence with one blank where the text has any white space between two tokens.
    private func line(_ range: Range<Int>) -> String {
        var line = ""
        for k in range {
            line += form(k)
            if k + 1 < range.upperBound, isParted(k) { line += " " }
        }
        return line
    }

    /// Whether something stands between the token `k` and the next one.
    private func isParted(_ k: Int) -> Bool {
        k + 1 < tokens.spans.count && tokens.spans[k].end < tokens.spans[k + 1].start
    }

    private func form(_ k: Int) -> String {
        Self.oneLine(String(decoding: text[tokens.spans[k].range], as: UTF8.self))
    }

    private func row(_ k: Int, from first: Int, isLast: Bool, _ name: inout Int) -> String {
        let span = tokens.spans[k]
        let tag =
            switch tokens.kinds[k] {
            case .punctuation: "PUNCT"
            case .number: "NUM"
            case .symbol: "SYM"
            case .word, .address: "_"
            }
        var misc = [
            "start_char=\(offsets.codePoints(before: span.start))", "end_char=\(offsets.codePoints(before: span.end))",
        ]
        while name < names.count, names[name].span.end <= span.start { name += 1 }
        // a name that stands within another one is not shown: the format has one column for them
        if name < names.count, names[name].span.start < span.end {
            let mention = names[name]
            let begins = k == first || tokens.spans[k - 1].end <= mention.span.start
            misc.append("ner=\(begins ? "B" : "I")-\(mention.kind.label)")
            if let entity = mention.entity { misc.append("entity=\(Self.oneLine(entity).replacing("|", with: "/"))") }
        }
        if isLast ? (k + 1 < tokens.spans.count && !isParted(k)) : !isParted(k) { misc.append("SpaceAfter=No") }
        return "\(k - first + 1)\t\(form(k))\t_\t\(tag)\t_\t_\t_\t_\t_\t\(misc.joined(separator: "|"))\n"
    }

    /// `text` with blanks for what would end a line or a column.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }))
    }
}
