import Notebook

/// What all pages of a site have in common.
struct SiteFrame {
    /// The title of the analysis.
    let title: String
    /// The kinds of pages that there are.
    let kinds: [SiteAddress.Kind]

    /// Scripts and styles are files of the site; nothing is requested from elsewhere, and a text that looks like a
    /// script is not run.
    private static let policy =
        "default-src 'none'; style-src 'self' file:; script-src 'self' file:; form-action 'self' file:"

    /// A page called `name`; `root` is the way to the site's folder: empty or `../`.
    func page(_ name: String, root: String, script: String? = nil, _ body: (inout PageBytes) throws -> Void) rethrows
        -> [UInt8]
    {
        var page = PageBytes()
        page.html(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="color-scheme" content="light dark">
            <title>
            """)
        page.text("\(name) – \(title)")
        page.html("</title>\n<link rel=\"stylesheet\" href=\"\(root)site.css\">\n</head>\n<body>\n")
        navigation(root: root, &page)
        page.html("<main>\n")
        try body(&page)
        page.html("</main>\n")
        if let script { page.html("<script src=\"\(root)\(script)\"></script>\n") }
        page.html("</body>\n</html>\n")
        return page.bytes
    }

    /// The links on top of every page, and the field for a search.
    func navigation(root: String, _ page: inout PageBytes) {
        page.html("<header class=\"site\"><nav aria-label=\"Site\"><a href=\"\(root)index.html\">Report</a>")
        for kind in kinds { page.html(" <a href=\"\(root)\(SiteAddress.list(kind))\">\(kind.title)</a>") }
        page.html(
            "</nav><form action=\"\(root)search.html\" role=\"search\"><input type=\"search\" name=\"q\" "
                + "aria-label=\"Search in all sentences\" placeholder=\"Search\"><button>Search</button></form></header>\n"
        )
    }

    /// `report.html` as the first page: its links to documents lead to the pages of the site.
    func report(_ report: [UInt8], projectFolder: String, documents: [SiteDocument]) -> [UInt8] {
        var targets: [String: String] = [:]
        for document in documents { targets[ReportForm.address(of: document.id, in: projectFolder)] = document.address }
        var page = PageBytes()
        let mark = Array("<body>\n".utf8)
        let link = Array("href=\"".utf8)
        var rest = report[...]
        var isOpen = false
        while let at = rest.firstIndex(of: isOpen ? link[0] : mark[0]) {
            page.raw(rest[..<at])
            rest = rest[at...]
            if !isOpen, rest.starts(with: mark) {
                isOpen = true
                page.raw(rest.prefix(mark.count))
                rest = rest.dropFirst(mark.count)
                page.html("<style>\(SiteStyle.navigation)</style>\n")
                navigation(root: "", &page)
            } else if isOpen, rest.starts(with: link) {
                rest = rest.dropFirst(link.count)
                page.html("href=\"")
                let target = rest.prefix { $0 != UInt8(ascii: "\"") }
                rest = rest.dropFirst(target.count)
                let text = String(decoding: target, as: UTF8.self)
                if let address = targets[text] {
                    page.html(address)
                } else {
                    // other files stand beside the folder of the site
                    if !text.hasPrefix("#"), !text.contains(":") { page.html("../") }
                    page.raw(target)
                }
            } else {
                page.raw(rest.prefix(1))
                rest = rest.dropFirst()
            }
        }
        page.raw(rest)
        return page.bytes
    }
}
