import CCommonMark

/// Markdown as HTML, by the CommonMark reader of the system, with the tables, struck out text and footnotes of GitHub.
enum CommonMark {
    /// The HTML of `markdown`. HTML in it stays: it is the notebook's own, and what comes from the corpus is escaped.
    static func html(_ markdown: String) -> String {
        cmark_gfm_core_extensions_ensure_registered()
        let options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES
        guard let parser = cmark_parser_new(options) else { return "" }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        cmark_parser_feed(parser, markdown, markdown.utf8.count)
        guard let root = cmark_parser_finish(parser) else { return "" }
        defer { cmark_node_free(root) }
        guard let text = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser)) else { return "" }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }

    /// The HTML of a single paragraph, without its tags.
    static func inline(_ markdown: String) -> String {
        var html = html(markdown)[...]
        while html.last == "\n" { html = html.dropLast() }
        guard html.hasPrefix("<p>"), html.hasSuffix("</p>") else { return String(html) }
        return String(html.dropFirst(3).dropLast(4)).replacing("\n", with: " ")
    }
}
