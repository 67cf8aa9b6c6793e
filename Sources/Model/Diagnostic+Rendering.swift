extension Diagnostic {
    /// The diagnostic as plain text, without a line end at its end: the message, then, where they are known, the line
    /// itself and a line with a caret.
    package var rendered: String {
        var text = header
        guard let sourceLine else { return text }
        let excerpt = Excerpt(of: sourceLine, around: caret)
        text += "\n" + excerpt.line
        if let marker = excerpt.marker { text += "\n" + marker }
        return text
    }

    private var header: String {
        var text = ""
        if let file {
            text += file
            if let line { text += ":\(line)" }
            if line != nil, let column { text += ":\(column)" }
            text += ": "
        }
        text += "\(severity.rawValue): \(message)"
        if let hint { text += ". \(hint)" }
        return Excerpt.visible(text + " [\(id)]")
    }
}

/// A line as it is shown below a message, cut when it is very long, and the line with the caret.
private struct Excerpt {
    let line: String
    let marker: String?

    private static let widest = 160
    /// How much of a cut line stands before the caret.
    private static let before = 60

    init(of source: String, around caret: Range<Int>?) {
        let scalars = Array(source.unicodeScalars)
        let first = min(caret?.lowerBound ?? 0, scalars.count)
        let shown = Self.window(of: scalars, around: first)
        let cut = String(String.UnicodeScalarView(scalars[shown]))
        let opening = shown.lowerBound > 0 ? "…" : ""
        line = opening + Self.visible(cut, keepingTabs: true) + (shown.upperBound < scalars.count ? "…" : "")
        guard let caret else {
            marker = nil
            return
        }
        var text = opening.isEmpty ? "" : " "
        for scalar in scalars[shown.lowerBound..<first] { text += Self.blank(for: scalar) }
        let marked = first..<max(first, min(caret.upperBound, shown.upperBound))
        let width = scalars[marked].reduce(0) { $0 + Self.width($1) }
        marker = text + "^" + String(repeating: "~", count: max(0, width - 1))
    }

    /// The part of a line that fits, with `first` in it.
    private static func window(of scalars: [Unicode.Scalar], around first: Int) -> Range<Int> {
        var start = first
        var width = 0
        while start > 0, width < before {
            start -= 1
            width += Self.width(scalars[start])
        }
        // a line that fits from its beginning is not cut there
        let lead = scalars.prefix(first).prefix(widest).reduce(0) { $0 + Self.width($1) }
        if first <= widest, lead + 20 <= widest {
            start = 0
            width = lead
        }
        var end = first
        while end < scalars.count, width < widest {
            width += Self.width(scalars[end])
            end += 1
        }
        return start..<end
    }

    /// `text` with a sign in the place of whatever would act on a terminal.
    static func visible(_ text: String, keepingTabs: Bool = false) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let kept = (scalar == "\t" && keepingTabs) || !DisplayWidth.isInvisible(scalar)
            view.append(kept ? scalar : "\u{FFFD}")
        }
        return String(view)
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        DisplayWidth.isInvisible(scalar) ? 1 : DisplayWidth.of(scalar)
    }

    /// What takes as much room as `scalar`: a tab is as wide as the tab above it.
    private static func blank(for scalar: Unicode.Scalar) -> String {
        scalar == "\t" ? "\t" : String(repeating: " ", count: width(scalar))
    }
}
