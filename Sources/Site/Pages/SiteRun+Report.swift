/// The report as the first page of the site.
extension SiteRun {
    static let reportAddress = "index.html"

    /// The report in one page or, where that would be too large, its text in one and its evidence in others.
    func reportPages(_ report: [UInt8], _ put: (String, [UInt8]) throws -> Void) throws {
        let page = frame.report(report, projectFolder: projectFolder, documents: documents)
        guard page.count > Site.pageBytes, let parts = EvidenceParts(page) else {
            return try put(Self.reportAddress, page)
        }
        for (k, sections) in parts.pages.enumerated() {
            try put(
                EvidenceParts.address(k),
                frame.page("Evidence", root: "") { page in
                    page.html("<h1>Evidence</h1>\n")
                    Self.pager(count: parts.pages.count, at: k, &page) { EvidenceParts.address($0) }
                    for section in sections { page.raw(section) }
                })
        }
        try put(Self.reportAddress, parts.rest)
    }
}

/// A page whose evidence stands in pages of its own: links of its figures lead there.
struct EvidenceParts {
    /// The page without the evidence.
    let rest: [UInt8]
    /// The sections of each page of evidence.
    let pages: [[ArraySlice<UInt8>]]

    static func address(_ page: Int) -> String { "evidence-\(page + 1).html" }

    /// Whether this is the address of a page of evidence.
    static func isAddress(_ path: String) -> Bool {
        path.hasPrefix("evidence-") && path.hasSuffix(".html") && path.dropFirst(9).dropLast(5).allSatisfy(\.isNumber)
    }

    private static let opening = Array("<section id=\"evidence\"".utf8)
    private static let section = Array("<section class=\"e\" id=\"".utf8)
    private static let closing = Array("\n</section>\n<script>".utf8)
    private static let link = Array("href=\"#".utf8)
    private static let quote = UInt8(ascii: "\"")

    /// Nil for a page without evidence.
    init?(_ page: [UInt8], pageBytes: Int = Site.evidenceBytes) {
        guard let start = Self.first(Self.opening, in: page[...]),
            let end = Self.first(Self.closing, in: page[start...])
        else { return nil }
        var sections: [(id: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>)] = []
        var next = Self.first(Self.section, in: page[start..<end])
        while let begin = next {
            next = Self.first(Self.section, in: page[(begin + 1)..<end])
            let id = page[(begin + Self.section.count)..<end].prefix { $0 != Self.quote }
            sections.append((id, page[begin..<(next ?? end)]))
        }
        var pages: [[ArraySlice<UInt8>]] = []
        var places: [ArraySlice<UInt8>: Int] = [:]
        var size = Int.max
        for section in sections {
            if size > pageBytes - section.bytes.count {
                pages.append([])
                size = 0
            }
            pages[pages.count - 1].append(section.bytes)
            size += section.bytes.count
            places[section.id] = pages.count - 1
        }
        guard !pages.isEmpty else { return nil }
        self.pages = pages
        var rest: [UInt8] = []
        var text = page[..<start]
        while let at = Self.first(Self.link, in: text) {
            let id = text[(at + Self.link.count)...].prefix { $0 != Self.quote }
            rest += text[..<at]
            rest += Array("href=\"\(places[id].map(Self.address) ?? "")#".utf8)
            text = text[(at + Self.link.count)...]
        }
        rest += text
        // behind the section of evidence stands the script
        rest += page[(end + "\n</section>\n".utf8.count)...]
        self.rest = rest
    }

    /// Where `mark` begins; nil where it does not stand.
    private static func first(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            guard buffer.count >= mark.count else { return nil }
            for k in 0...(buffer.count - mark.count)
            where buffer[k] == mark[0] && (1..<mark.count).allSatisfy({ buffer[k + $0] == mark[$0] }) {
                return bytes.startIndex + k
            }
            return nil
        }
    }
}
