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
        var parts = passage.facts.map(MarkdownText.html)
        if let title = passage.title { parts.append("“\(MarkdownText.html(title))”") }
        let origin = [passage.publisher, passage.date].compactMap { $0 }.map(MarkdownText.html)
        if !origin.isEmpty { parts.append(origin.joined(separator: ", ")) }
        var place = [fileHTML(passage.document)]
        if let line = passage.line { place.append("line \(line)") }
        if let source = passage.source { place.append("bytes \(source.lowerBound)–\(source.upperBound)") }
        parts.append(place.joined(separator: ", "))
        return "<blockquote dir=\"auto\">\(words)<footer>\(parts.joined(separator: " · "))</footer></blockquote>"
    }

    /// The name of a document, linked to its file.
    func fileHTML(_ document: String) -> String {
        let name = MarkdownText.html(document)
        guard let target = target(document) else { return name }
        return "<a href=\"\(target)\">\(name)</a>"
    }
}
