import StageKit
import Text

/// Replacements in a text, in its order, applied at once.
struct TextEdits {
    private var edits: [(span: ByteSpan, replacement: [UInt8])] = []

    /// Whether there is nothing to replace.
    var isEmpty: Bool { edits.isEmpty }

    /// Puts `replacement` in the place of `span`, which lies behind every span so far.
    mutating func replace(_ span: ByteSpan, by replacement: [UInt8]) { edits.append((span, replacement)) }

    /// `text` with everything replaced.
    func applied(to text: TracedText) -> TracedText {
        guard !edits.isEmpty else { return text }
        var result = TracedText()
        result.reserve(text.bytes.count)
        var at = 0
        for edit in edits {
            result.append(ByteSpan(at, edit.span.start), of: text)
            result.append(edit.replacement, from: text.source(of: edit.span), .whole)
            at = edit.span.end
        }
        result.append(ByteSpan(at, text.bytes.count), of: text)
        return result
    }
}
