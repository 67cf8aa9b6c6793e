import Foundation
import Notebook
import Site

/// The pages that only the server has, and what it adds to those of the site.
enum LivePages {
    /// A page of the site that follows the project: it may run the script of the server, and ask it.
    static func live(_ page: [UInt8]) -> [UInt8] {
        var text = String(decoding: page, as: UTF8.self)
        if let head = text.range(of: "default-src 'none';") {
            text.replaceSubrange(head, with: "default-src 'none'; connect-src 'self';")
        }
        if let scripts = text.range(of: "script-src ") { text.replaceSubrange(scripts, with: "script-src 'self' ") }
        if let styles = text.range(of: "style-src ") { text.replaceSubrange(styles, with: "style-src 'self' ") }
        if let end = text.range(of: "</head>") {
            text.replaceSubrange(end, with: "<link rel=\"stylesheet\" href=\"/live/live.css\">\n</head>")
        }
        if let end = text.range(of: "</body>", options: .backwards) {
            text.replaceSubrange(end, with: "<script src=\"/live/live.js\"></script>\n</body>")
        }
        return Array(text.utf8)
    }

    /// The page before there is a report. The script loads it again when there is one.
    static var waiting: String {
        page(
            "Colophon",
            "<h1 id=\"waiting\">No report yet</h1>\n<p>The report appears here when the first run is over.</p>")
    }

    /// The page with the box for queries.
    static func query(
        _ sql: String, token: String, tables: [(name: String, columns: [String])], lists: [(String, title: String)]
    ) -> String {
        let example = "select name, claims from sources where name is not null order by claims desc limit 10"
        let text = sql.isEmpty ? example : sql
        let list = tables.map { table in
            "<dt><code>\(PageBytes.escaped(table.name))</code></dt><dd>\(PageBytes.escaped(table.columns.joined(separator: ", ")))</dd>"
        }
        return page(
            "SQL", lists: lists,
            """
            <h1>SQL</h1>
            <p>A query over the tables of <code>results.sqlite</code>, within the limits of a notebook. It only reads.</p>
            <textarea id="sql" aria-label="Query" spellcheck="false" data-token="\(token)">\(PageBytes.escaped(text))</textarea>
            <p class="bar"><button id="run" type="button">Run</button><button id="copy" type="button">Copy as a cell</button></p>
            <textarea id="cell" aria-label="The query as a cell of a notebook" hidden readonly></textarea>
            <div id="answer" aria-live="polite"></div>
            <details><summary>Tables and their columns</summary><dl>\(list.joined(separator: "\n"))</dl></details>
            """)
    }

    /// The page with what a search found.
    static func search(
        _ words: String, _ hits: [SentenceSearch.Hit], count: Int, outputs: String, lists: [(String, title: String)]
    ) -> String {
        var body = "<h1>Search</h1>\n<p role=\"status\">"
        switch count {
        case 0:
            body += words.isEmpty ? "Give one or more words." : "No sentence has all of “\(PageBytes.escaped(words))”."
        case 1: body += "1 sentence"
        default:
            body += "\(ReportForm.grouped(count)) sentences"
            if count > hits.count { body += "; the best \(hits.count) are shown" }
        }
        body +=
            " · <a href=\"/\(encoded(outputs))/site/search.html?q=\(encoded(words))\">documents that have all words</a></p>\n"
        for hit in hits {
            let address = "/\(encoded(outputs))/site/\(Site.address(of: hit.document))#s\(hit.sentence)"
            let text = PageBytes.escaped(
                hit.text.replacing(SentenceSearch.opening, with: "\u{E000}").replacing(
                    SentenceSearch.closing, with: "\u{E001}")
            ).replacing("\u{E000}", with: "<mark>").replacing("\u{E001}", with: "</mark>")
            body +=
                "<blockquote dir=\"auto\"><p>\(text)</p><footer><a href=\"\(address)\">\(PageBytes.escaped(hit.title))</a>"
            body += " · \(PageBytes.escaped(hit.origin))</footer></blockquote>\n"
        }
        return page("Search", asked: words, lists: lists, body)
    }

    /// The page of a search before there is anything to search.
    static func searchWithoutResults(_ words: String) -> String {
        page("Search", asked: words, "<h1>Search</h1>\n<p role=\"status\">There are no results yet.</p>")
    }

    /// A page with links to the `lists` of the site, as its own pages have them.
    private static func page(
        _ name: String, asked: String = "", lists: [(String, title: String)] = [], _ body: String
    ) -> String {
        let links = lists.map { " <a href=\"/\(encoded($0.0))\">\($0.title)</a>" }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'; style-src 'self'; \
            script-src 'self'; form-action 'self'; base-uri 'none'">
            <meta name="color-scheme" content="light dark">
            <title>\(name)</title>
            <link rel="stylesheet" href="/live/site.css">
            <link rel="stylesheet" href="/live/live.css">
            </head>
            <body>
            <header class="site"><nav aria-label="Site"><a href="/">Report</a>\(links)</nav><form action="/live/search" role="search">\
            <input type="search" name="q" aria-label="Search in all sentences" placeholder="Search" value="\(PageBytes.escaped(asked))"><button>Search</button></form></header>
            <main>
            \(body)
            </main>
            <script src="/live/live.js"></script>
            </body>
            </html>

            """
    }

    /// A text as part of an address.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~/")))
            ?? ""
    }
}
