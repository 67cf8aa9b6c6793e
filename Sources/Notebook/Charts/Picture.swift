/// An SVG picture as text: black on white on paper, light on dark where the reader's screen is dark.
struct Picture {
    /// How wide every picture is.
    static let width = 720.0
    var height = 0.0
    private let title: String
    /// What the picture shows, in words, for those who don't see it; empty for nothing.
    var description = ""
    private var elements: [Element] = []

    init(title: String) { self.title = title }

    /// A piece of SVG.
    private struct Element {
        let svg: String
        /// Where a click leads from the picture in a page; a picture that is a file has no links.
        var link: String?

        var inline: String { link.map { #"<a href="\#(MarkdownText.html($0))">\#(svg)</a>"# } ?? svg }
    }

    /// Where a text is held.
    enum Anchor: String {
        case start, middle, end
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
        add(#"<line class="\#(name)" x1="\#(n(x1))" y1="\#(n(y1))" x2="\#(n(x2))" y2="\#(n(y2))"/>"#)
    }

    mutating func bar(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, series: Int, label: String, link: String? = nil,
        isStrong: Bool = false
    ) {
        let shape =
            #"<rect class="s\#(series)\#(isStrong ? " hl" : "")" x="\#(n(x))" y="\#(n(y))" width="\#(n(width))" height="\#(n(height))">"#
            + title(label) + "</rect>"
        elements.append(Element(svg: shape, link: link))
    }

    mutating func path(_ points: [(x: Double, y: Double)], series: Int, isStrong: Bool = false) {
        guard points.count > 1 else { return }
        let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        add(#"<polyline class="l\#(series)\#(isStrong ? " hl" : "")" points="\#(list)"/>"#)
    }

    mutating func point(_ x: Double, _ y: Double, series: Int, label: String) {
        let title = title(label)
        let shape =
            switch series {
            case 0: #"<circle class="p" cx="\#(n(x))" cy="\#(n(y))" r="3">\#(title)</circle>"#
            case 1: #"<rect class="o" x="\#(n(x - 3))" y="\#(n(y - 3))" width="6" height="6">\#(title)</rect>"#
            case 2:
                #"<path class="p" d="M\#(n(x - 4)) \#(n(y + 3))H\#(n(x + 4))L\#(n(x)) \#(n(y - 4))Z">\#(title)</path>"#
            default:
                #"<path class="o" d="M\#(n(x)) \#(n(y - 4))L\#(n(x + 4)) \#(n(y))L\#(n(x)) \#(n(y + 4))L\#(n(x - 4)) \#(n(y))Z">\#(title)</path>"#
            }
        add(shape)
    }

    /// A small point on a line.
    mutating func dot(_ x: Double, _ y: Double, label: String, link: String?) {
        elements.append(
            Element(
                svg: #"<circle class="p" cx="\#(n(x))" cy="\#(n(y))" r="2.5">\#(title(label))</circle>"#, link: link))
    }

    /// A point that is filled or hollow, and larger where it is filled.
    mutating func point(
        _ x: Double, _ y: Double, isFilled: Bool, label: String, link: String?
    ) {
        let shape =
            #"<circle class="\#(isFilled ? "p" : "o")" cx="\#(n(x))" cy="\#(n(y))" r="\#(isFilled ? "5" : "4")">\#(title(label))</circle>"#
        elements.append(Element(svg: shape, link: link))
    }

    /// A stretch between two bounds, never too short to be seen.
    mutating func range(
        _ x1: Double, _ x2: Double, _ y: Double, isFilled: Bool, label: String, link: String?
    ) {
        let width = max(4, x2 - x1)
        let left = (x1 + x2 - width) / 2
        let shape =
            #"<rect class="\#(isFilled ? "p" : "o")" x="\#(n(left))" y="\#(n(y - 4))" width="\#(n(width))" height="8">\#(title(label))</rect>"#
        elements.append(Element(svg: shape, link: link))
    }

    /// A field whose shade is the stronger, the nearer `strength` is to 1. A number on it can be read on a light screen
    /// and on a dark one: the contrast is 4.5 at least.
    mutating func field(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, strength: Double, label: String, link: String?
    ) {
        let opacity = n(0.06 + 0.34 * min(max(strength, 0), 1))
        let shape =
            #"<rect class="heat" x="\#(n(x))" y="\#(n(y))" width="\#(n(width))" height="\#(n(height))" fill-opacity="\#(opacity)">\#(title(label))</rect>"#
        elements.append(Element(svg: shape, link: link))
    }

    /// An arc to the left of a straight line at `x`, between two heights, which goes as far as `reach`.
    mutating func arc(
        _ x: Double, from top: Double, to bottom: Double, reach: Double, width: Double, label: String, link: String?
    ) {
        let path = "M\(n(x)) \(n(top))A\(n(reach)) \(n((bottom - top) / 2)) 0 0 0 \(n(x)) \(n(bottom))"
        elements.append(
            Element(
                svg:
                    #"<path fill="none" stroke="currentColor" stroke-opacity="0.55" stroke-width="\#(n(width))" d="\#(path)">\#(title(label))</path>"#,
                link: link))
    }

    /// Standing strokes at these places; strokes that would lie on each other are one.
    mutating func strokes(_ places: [Double], from top: Double, to bottom: Double, label: String) {
        let marks = Set(places.map { n(($0 * 2).rounded() / 2) }).sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
        let path = marks.map { "M\($0) \(n(top))V\(n(bottom))" }.joined()
        add(#"<path class="a" d="\#(path)">\#(title(label))</path>"#)
    }

    /// An arrow to the right (`direction` 1) or to the left (-1).
    mutating func arrow(from x: Double, _ y: Double, by direction: Double, label: String) {
        let end = x + 22 * direction
        let back = end - 5 * direction
        add(
            #"<path class="a" d="M\#(n(x)) \#(n(y))H\#(n(end))M\#(n(back)) \#(n(y - 4))L\#(n(end)) \#(n(y))L\#(n(back)) \#(n(y + 4))">\#(title(label))</path>"#
        )
    }

    mutating func text(
        _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, class name: String? = nil,
        turned: Bool = false
    ) {
        let kind = name.map { #" class="\#($0)""# } ?? ""
        let turn = turned ? #" transform="rotate(-90 \#(n(x)) \#(n(y)))""# : ""
        add(
            #"<text\#(kind) x="\#(n(x))" y="\#(n(y))" text-anchor="\#(anchor.rawValue)"\#(turn)>\#(MarkdownText.html(text))</text>"#
        )
    }

    /// The names of several series, each behind its mark, in as many lines as they need. Returns the height that they
    /// take; nothing for a single series.
    mutating func legend(
        _ names: [String], from left: Double,
        mark: (inout Picture, _ series: Int, _ x: Double, _ y: Double) -> Void
    ) -> Double {
        guard names.count > 1 else { return 0 }
        var x = left
        var y = 16.0
        for (k, name) in names.enumerated() {
            let name = Self.fitted(name, to: 260)
            if x > left, x + 22 + Self.width(of: name) > Self.width - 8 { (x, y) = (left, y + 18) }
            mark(&self, k, x, y)
            text(name, x + 18, y)
            x += 40 + Self.width(of: name)
        }
        return y + 8
    }

    /// How wide `text` is at the size of labels, in a font with wide letters.
    static func width(of text: String) -> Double {
        text.unicodeScalars.reduce(0) { sum, scalar in
            sum
                + (scalar.value >= 0x1100
                    ? 12.2
                    : " ,.:;|'".unicodeScalars.contains(scalar)
                        ? 3.9 : "WMm@%".unicodeScalars.contains(scalar) ? 11.8 : 7.7)
        }
    }

    /// `text` cut so that it is at most `width` wide.
    static func fitted(_ text: String, to width: Double) -> String {
        guard Self.width(of: text) > width else { return text }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            kept.append(scalar)
            if Self.width(of: String(kept)) > width - 12 {
                kept.removeLast()
                break
            }
        }
        return String(kept) + "…"
    }

    /// `text` in lines of at most `width`, broken between words; what goes beyond the last line is cut.
    static func lines(of text: String, width: Double, most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if Self.width(of: longer) <= width {
                line = longer
            } else {
                if !line.isEmpty { lines.append(line) }
                line = String(word)
            }
        }
        lines.append(line)
        if lines.count > most { lines[most - 1] = lines[(most - 1)...].joined(separator: " ") }
        return lines.prefix(most).map { fitted($0, to: width) }
    }

    /// The picture as a file, without links.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="chart" width="\(n(Self.width))" height="\(n(height))" \
        viewBox="0 0 \(n(Self.width)) \(n(height))" role="img" aria-label="\(MarkdownText.html(title))">
        <title>\(MarkdownText.html(title))</title>\(descriptionElement)
        <style>
        \(Self.style)
        svg { color: #1f2328 }
        @media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }
        </style>
        \(Self.patterns)
        \(elements.map(\.svg).joined(separator: "\n"))
        </svg>

        """
    }

    /// The picture as part of a page that has the style and the patterns of pictures, with its links.
    var inline: String {
        #"<svg class="chart" viewBox="0 0 \#(n(Self.width)) \#(n(height))" role="group" aria-label="\#(MarkdownText.html(title))">"#
            + descriptionElement + elements.map(\.inline).joined() + "</svg>"
    }

    private var descriptionElement: String {
        description.isEmpty ? "" : "<desc>\(MarkdownText.html(description))</desc>"
    }

    /// The text that is shown beside the pointer.
    private func title(_ label: String) -> String {
        label.isEmpty ? "" : "<title>\(MarkdownText.html(label))</title>"
    }

    private mutating func add(_ svg: String) { elements.append(Element(svg: svg)) }

    private func n(_ value: Double) -> String { NumberText.coordinate(value) }

    /// Series differ in pattern and shape, not by colour alone.
    static let style = """
        .chart { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif }
        .chart text { fill: currentColor } .chart .note { opacity: .75 } .chart .grid { stroke: currentColor; opacity: .15 }
        .chart .axis { stroke: currentColor; opacity: .6 } .chart rect { stroke: currentColor }
        .chart .s0, .chart .p { fill: currentColor; fill-opacity: .72 } .chart .s1 { fill: url(#h) } .chart .s2 { fill: none }
        .chart .strong { font-weight: 600 } .chart .a { fill: none; stroke: currentColor; stroke-width: 1.5 }
        .chart .heat { fill: currentColor; stroke: none }
        .chart .s3 { fill: url(#d) } .chart .o { fill: none; stroke: currentColor; stroke-width: 1.5 }
        .chart polyline { fill: none; stroke: currentColor; stroke-width: 1.5 }
        .chart rect.hl { fill-opacity: 1; stroke-width: 2 } .chart polyline.hl { stroke-width: 3 }
        .chart .l1 { stroke-dasharray: 6 3 } .chart .l2 { stroke-dasharray: 2 3 } .chart .l3 { stroke-dasharray: 8 3 2 3 }
        """

    /// The hatchings that the style names.
    static let patterns = """
        <defs>
        <pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <line x1="0" y1="0" x2="0" y2="5" stroke="currentColor" stroke-width="2"/></pattern>
        <pattern id="d" width="5" height="5" patternUnits="userSpaceOnUse">\
        <circle cx="2.5" cy="2.5" r="1.2" fill="currentColor"/></pattern>
        </defs>
        """
}
