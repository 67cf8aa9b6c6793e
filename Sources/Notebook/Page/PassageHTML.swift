extension PassageText {
    /// A passage as a block of HTML: the passage marked in its context, then who, where and when.
    func html(_ passage: Passage) -> String {
        var words = ""
        if passage.kind != .document {
            words =
                "<p>\(passage.isCut.before ? "… " : "")\(MarkdownText.html(passage.before))"
                + "<mark>\(MarkdownText.html(passage.words))</mark>\(MarkdownText.html(passage.after))"
                + "\(passage.isCut.after ? " …" : "")</p>"
        }
        let attribution = Self.attribution(passage, file: fileHTML(passage.document), escaped: MarkdownText.html)
        return "<blockquote dir=\"auto\">\(words)<footer>\(attribution)</footer></blockquote>"
    }

    /// The name of a document, linked to its file.
    func fileHTML(_ document: String) -> String {
        let name = MarkdownText.html(document)
        guard let target = target(document) else { return name }
        return "<a href=\"\(target)\">\(name)</a>"
    }
}
