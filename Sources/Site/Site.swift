import GRDB
package import Results

/// The results of a run as a folder of static pages: the report, and a page for each document, name, source, question and
/// publisher, with a search that needs no server. The same results and report give the same bytes.
package struct Site {
    private let database: ResultsDatabase
    private let report: [UInt8]
    private let projectFolder: String

    /// A site of the results in `database` and of `report`, the bytes of `report.html`, whose links to documents begin
    /// with `projectFolder`. The site's folder stands beside the report.
    package init(_ database: ResultsDatabase, report: [UInt8], projectFolder: String) {
        self.database = database
        self.report = report
        self.projectFolder = projectFolder.isEmpty || projectFolder.hasSuffix("/") ? projectFolder : projectFolder + "/"
    }

    /// The address of a document's page, relative to the folder of the site.
    package static func address(of document: String) -> String { SiteAddress.page(.document, document) }

    /// How large a page may be, in bytes.
    static let pageBytes = 1_900_000
    /// How many bytes of text a page holds at most before it is cut in parts.
    static let partBytes = 1_000_000
    /// How many rows of a list a page holds.
    static let listRows = 1000
    /// How many passages a page lists; the others are counted.
    static let passages = 200

    /// Hands over every page, by its path in the folder of the site.
    package func pages(_ put: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
        var run = try SiteRun(SiteReader(database), projectFolder: projectFolder)
        try put("site.css", Array(SiteStyle.sheet.utf8))
        try put("search.js", Array(SiteStyle.search.utf8))
        var search = SearchIndex()
        try run.documentPages(into: &search, put)
        try run.namePages(put)
        try run.sourcePages(put)
        try run.questionPages(put)
        try run.publisherPages(put)
        try search.files(put)
        try put("search.html", run.searchPage())
        try run.reportPages(report, put)
    }
}

/// What is known while the pages are written.
struct SiteRun {
    let reader: SiteReader
    let frame: SiteFrame
    let projectFolder: String
    let documents: [SiteDocument]
    /// The place of each document in `documents`, by its path.
    let places: [String: Int]
    /// Names and types of entities by their ids.
    let names: [String: (name: String, type: String)]
    /// Where the parts of a document begin that has several, in code points, by its path.
    var parts: [String: [Int]] = [:]

    init(_ reader: SiteReader, projectFolder: String) throws {
        self.reader = reader
        self.projectFolder = projectFolder
        documents = try reader.documents()
        places = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1.id, $0) })
        let rows = try reader.all("select entity, name, type from entities") { row in
            (row[0] as String, (name: (row[1] as String?) ?? "", type: (row[2] as String?) ?? ""))
        }
        names = Dictionary(rows, uniquingKeysWith: { first, _ in first })
        let title = try reader.all("select value from about where key = 'title'") { $0[0] as String? }.first ?? nil
        var kinds: [SiteAddress.Kind] = [.document]
        if !names.isEmpty { kinds.append(.name) }
        if try reader.number("select count(*) from claim_totals where source in ('entity', 'words')") > 0 {
            kinds.append(.source)
        }
        if try reader.number("select count(*) from questions") > 0 { kinds.append(.question) }
        if try reader.number("select count(*) from publisher_totals where publisher <> ''") > 0 {
            kinds.append(.publisher)
        }
        frame = SiteFrame(title: title ?? "Results", kinds: kinds)
    }

    /// The document of a path.
    func document(_ id: String) -> SiteDocument? { places[id].map { documents[$0] } }

    /// The way from a page in a folder to a place in a document.
    func address(of document: String, at start: Int, anchor: String) -> String {
        let part = (parts[document]?.lastIndex { $0 <= start }) ?? 0
        return "../\(SiteAddress.page(.document, document, part: part))#\(anchor)"
    }

    /// The way to a claim in another document.
    func address(of document: String, claim: String) throws -> String {
        address(of: document, at: parts[document] == nil ? 0 : try reader.start(of: claim), anchor: claim)
    }

    /// A list of all pages of a kind, in parts.
    func list(
        _ kind: SiteAddress.Kind, columns: [String], rows: [[Cell]], note: String? = nil,
        _ put: (String, [UInt8]) throws -> Void
    ) throws {
        let count = max(1, (rows.count + Site.listRows - 1) / Site.listRows)
        for part in 0..<count {
            let shown = rows[part * Site.listRows..<min(rows.count, (part + 1) * Site.listRows)]
            try put(
                SiteAddress.list(kind, part: part),
                frame.page(kind.title, root: "") { page in
                    page.html("<h1>\(kind.title)</h1>\n")
                    if let note { page.html("<p>\(note)</p>\n") }
                    Self.pager(count: count, at: part, &page) { SiteAddress.list(kind, part: $0) }
                    Self.table(columns, shown, &page)
                    Self.pager(count: count, at: part, &page) { SiteAddress.list(kind, part: $0) }
                })
        }
    }

    /// A cell of a table.
    enum Cell {
        case text(String)
        case number(Int)
        case link(String, String)
    }

    static func table(_ columns: [String], _ rows: some Collection<[Cell]>, _ page: inout PageBytes) {
        page.html("<div class=\"scroll\"><table><thead><tr>")
        let isNumber = columns.indices.map { column in
            if case .number? = rows.first.map({ $0[column] }) { true } else { false }
        }
        for (k, column) in columns.enumerated() {
            page.html("<th scope=\"col\"\(isNumber[k] ? " class=\"n\"" : "")>\(column)</th>")
        }
        page.html("</tr></thead><tbody>\n")
        for row in rows {
            page.html("<tr>")
            for cell in row {
                switch cell {
                case .text(let text):
                    page.html(text.utf8.count > 12 ? "<td dir=\"auto\">" : "<td class=\"s\" dir=\"auto\">")
                    page.text(text)
                case .number(let number): page.html("<td class=\"n\">\(SiteStyle.number(number))")
                case .link(let address, let text):
                    page.html("<td dir=\"auto\">")
                    page.link(address, text.isEmpty ? "–" : text)
                }
                page.html("</td>")
            }
            page.html("</tr>\n")
        }
        page.html("</tbody></table></div>\n")
    }

    /// Links between the parts of what is too long for one page.
    static func pager(count: Int, at part: Int, _ page: inout PageBytes, address: (Int) -> String) {
        guard count > 1 else { return }
        page.html("<nav class=\"parts\" aria-label=\"Parts\">")
        if part > 0 { page.html("<a href=\"\(address(part - 1))\" rel=\"prev\">previous</a> ") }
        page.html("part \(part + 1) of \(count)")
        if part + 1 < count { page.html(" <a href=\"\(address(part + 1))\" rel=\"next\">next</a>") }
        page.html("</nav>\n")
    }
}
