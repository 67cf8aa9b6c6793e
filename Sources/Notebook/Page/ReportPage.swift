import Digests
import Foundation
import StageKit

/// The report as one page of HTML that needs nothing beside it: style, script, pictures and evidence stand in it. It is
/// complete without the script, which sorts and filters tables and opens evidence where its figure stands.
struct ReportPage {
    /// The report as Markdown with blocks of HTML.
    let markdown: String
    /// The evidence of all figures, as HTML in UTF-8.
    let evidence: [[UInt8]]
    /// Whether not all passages of each figure are in the page.
    let isCut: Bool

    /// The page in UTF-8.
    var html: [UInt8] {
        let body = Headings(CommonMark.html(markdown))
        let title = body.title ?? "Report"
        let script = Embedded.script.description
        let digest = Data(ContentDigest(of: Array(script.utf8)).bytes).base64EncodedString()
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: file:; script-src 'sha256-\(digest)'"
        var html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            \(Embedded.style.description)
            \(Picture.style)
            </style>
            </head>
            <body>
            <svg width="0" height="0" class="patterns" aria-hidden="true">\(Picture.patterns)</svg>
            <main>

            """
        html += body.withContents()
        html += "</main>\n"
        var bytes: [UInt8] = []
        bytes.reserveCapacity(html.utf8.count + evidence.reduce(1 << 16) { $0 + $1.count + 1 })
        bytes += html.utf8
        if !evidence.isEmpty {
            let cut =
                isCut
                ? " Of a figure with many, the first are shown here; a link leads to the file with the others." : ""
            bytes +=
                """
                <section id="evidence" aria-label="Evidence">
                <h2>Evidence</h2>
                <p>The evidence of each linked figure. A passage is marked between its neighbours and has its place in the original file.\(cut)</p>

                """.utf8
            for section in evidence {
                bytes += section
                bytes.append(UInt8(ascii: "\n"))
            }
            bytes += "</section>\n".utf8
        }
        return bytes + "<script>\(script)</script>\n</body>\n</html>\n".utf8
    }
}

/// The headings of a page: each gets a place to link to, and those of the second level stand in a list of contents.
private struct Headings {
    private let html: String
    /// The text of the first heading of the first level.
    let title: String?
    private let contents: [(id: String, text: String)]
    /// Where the list of contents belongs: before the first heading of the second level.
    private let place: String.Index?

    init(_ text: String) {
        var output = ""
        var title: String?
        var taken: Set<String> = []
        var contents: [(id: String, text: String)] = []
        var offset: Int?
        let bytes = Array(text.utf8)
        /// How far the text has gone into the output.
        var done = 0
        for (level, heading) in Self.places(bytes) {
            output += String(decoding: bytes[done..<heading.lowerBound], as: UTF8.self)
            done = heading.upperBound
            let inner = String(decoding: bytes[heading].dropFirst(4).dropLast(5), as: UTF8.self)
            let plain = Self.withoutTags(inner)
            // as GitHub counts the headings of one text
            let id = Self.slug(plain).firstFree(from: 1) { taken.contains($0) }
            taken.insert(id)
            if level == 1, title == nil { title = plain }
            if level == 2 {
                if offset == nil { offset = output.utf8.count }
                contents.append((id, plain))
            }
            output += "<h\(level) id=\"\(id)\">\(inner)</h\(level)>"
        }
        output += String(decoding: bytes[done...], as: UTF8.self)
        html = output
        self.title = title
        self.contents = contents
        place = offset.map { output.utf8.index(output.startIndex, offsetBy: $0) }
    }

    /// The headings with their levels: `<h2>Words</h2>`.
    private static func places(_ bytes: [UInt8]) -> [(level: UInt8, range: Range<Int>)] {
        let (tag, h, end) = (UInt8(ascii: "<"), UInt8(ascii: "h"), UInt8(ascii: ">"))
        var places: [(level: UInt8, range: Range<Int>)] = []
        var open: (level: UInt8, start: Int)?
        var k = 0
        while k + 3 < bytes.count {
            defer { k += 1 }
            guard bytes[k] == tag else { continue }
            if let (level, start) = open {
                guard k + 4 < bytes.count, bytes[k + 1] == UInt8(ascii: "/"), bytes[k + 2] == h,
                    bytes[k + 3] == level + UInt8(ascii: "0"), bytes[k + 4] == end
                else { continue }
                places.append((level, start..<k + 5))
                open = nil
            } else if bytes[k + 1] == h, bytes[k + 3] == end {
                let level = bytes[k + 2] &- UInt8(ascii: "0")
                if (1...6).contains(level) { open = (level, k) }
            }
        }
        return places
    }

    /// The page with a list of contents where there are several headings.
    func withContents() -> String {
        guard contents.count > 2, let place else { return html }
        let items = contents.map { "<li><a href=\"#\($0.id)\">\($0.text)</a></li>" }.joined()
        return html[..<place] + "<nav aria-label=\"Contents\"><ul>\(items)</ul></nav>\n" + html[place...]
    }

    /// The name that GitHub gives a heading: small letters, blanks as hyphens, without other signs.
    private static func slug(_ text: String) -> String {
        var slug = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if scalar == " " || scalar == "-" {
                slug.append("-")
            } else if scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                slug.append(scalar)
            }
        }
        return slug.isEmpty ? "section" : MarkdownText.html(String(slug))
    }

    private static func withoutTags(_ html: String) -> String {
        var isTag = false
        return String(
            html.filter { character in
                if character == "<" { isTag = true }
                defer { if character == ">" { isTag = false } }
                return !isTag
            })
    }
}
