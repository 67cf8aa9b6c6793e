/// An SVG picture as text: black on white on paper, light on dark where the reader's screen is dark.
struct Picture {
    private let width: Double
    private let height: Double
    private let title: String
    private var elements: [String] = []

    init(width: Double, height: Double, title: String) {
        self.width = width
        self.height = height
        self.title = title
    }

    /// Where a text is held.
    enum Anchor: String {
        case start, middle, end
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
        elements.append(#"<line class="\#(name)" x1="\#(n(x1))" y1="\#(n(y1))" x2="\#(n(x2))" y2="\#(n(y2))"/>"#)
    }

    mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, series: Int, label: String) {
        elements.append(
            #"<rect class="s\#(series)" x="\#(n(x))" y="\#(n(y))" width="\#(n(width))" height="\#(n(height))">"#
                + title(label) + "</rect>")
    }

    mutating func path(_ points: [(x: Double, y: Double)], series: Int) {
        let list = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
        elements.append(#"<polyline class="l\#(series)" points="\#(list)"/>"#)
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
        elements.append(shape)
    }

    mutating func text(
        _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, class name: String? = nil,
        turned: Bool = false
    ) {
        let kind = name.map { #" class="\#($0)""# } ?? ""
        let turn = turned ? #" transform="rotate(-90 \#(n(x)) \#(n(y)))""# : ""
        elements.append(
            #"<text\#(kind) x="\#(n(x))" y="\#(n(y))" text-anchor="\#(anchor.rawValue)"\#(turn)>\#(MarkdownText.html(text))</text>"#
        )
    }

    /// How wide `text` is at the size of labels, roughly.
    static func width(of text: String) -> Double {
        text.unicodeScalars.reduce(0) { sum, scalar in
            sum
                + (scalar.value >= 0x1100
                    ? 12
                    : "iljtfr.,:;|'!() ".unicodeScalars.contains(scalar)
                        ? 4.2 : scalar.properties.isUppercase ? 8.8 : 7.2)
        }
    }

    /// `text` cut so that it is at most `width` wide.
    static func fitted(_ text: String, to width: Double) -> String {
        guard Self.width(of: text) > width else { return text }
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            kept.append(scalar)
            if Self.width(of: String(kept)) > width - 10 { break }
        }
        return String(kept) + "…"
    }

    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" \
        viewBox="0 0 \(n(width)) \(n(height))" role="img" aria-label="\(MarkdownText.html(title))">
        <title>\(MarkdownText.html(title))</title>
        \(Self.style)
        \(elements.joined(separator: "\n"))
        </svg>

        """
    }

    /// What stands beside the pointer.
    private func title(_ label: String) -> String {
        label.isEmpty ? "" : "<title>\(MarkdownText.html(label))</title>"
    }

    private func n(_ value: Double) -> String { NumberText.coordinate(value) }

    /// Series are told apart by pattern and shape, not by colour alone.
    private static let style = """
        <style>
        svg { color: #1f2328; font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif }
        @media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }
        text { fill: currentColor } .note { opacity: .75 } .grid { stroke: currentColor; opacity: .15 }
        .axis { stroke: currentColor; opacity: .6 } rect { stroke: currentColor }
        .s0, .p { fill: currentColor; fill-opacity: .72 } .s1 { fill: url(#h) } .s2 { fill: none } .s3 { fill: url(#d) }
        .o { fill: none; stroke: currentColor; stroke-width: 1.5 }
        polyline { fill: none; stroke: currentColor; stroke-width: 1.5 }
        .l1 { stroke-dasharray: 6 3 } .l2 { stroke-dasharray: 2 3 } .l3 { stroke-dasharray: 8 3 2 3 }
        </style>
        <defs>
        <pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <line x1="0" y1="0" x2="0" y2="5" stroke="currentColor" stroke-width="2"/></pattern>
        <pattern id="d" width="5" height="5" patternUnits="userSpaceOnUse">\
        <circle cx="2.5" cy="2.5" r="1.2" fill="currentColor"/></pattern>
        </defs>
        """
}
