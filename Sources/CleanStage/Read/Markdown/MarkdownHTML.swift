/// HTML in Markdown: which lines begin and end a block of it, and what is a tag within a line.
enum MarkdownHTML {
    /// By which of the seven conditions of CommonMark (section 4.6) a line begins a block of HTML.
    static func condition(_ line: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(line.prefix(16).map(small))
        func starts(_ text: StaticString) -> Bool {
            text.withUTF8Buffer { bytes.starts(with: $0) }
        }
        guard bytes.count > 1 else { return nil }
        for name in ["script", "pre", "style", "textarea"] where bytes.dropFirst().starts(with: name.utf8) {
            let next = name.utf8.count + 1 < bytes.count ? bytes[name.utf8.count + 1] : 0x20
            if next <= 0x20 || next == UInt8(ascii: ">") { return 1 }
        }
        if starts("<!--") { return 2 }
        if starts("<?") { return 3 }
        if starts("<![cdata[") { return 5 }
        if starts("<!"), bytes.count > 2, isLetter(bytes[2]) { return 4 }
        let isEnd = bytes[1] == UInt8(ascii: "/")
        let name = bytes.dropFirst(isEnd ? 2 : 1).prefix { isLetter($0) || ($0 >= 0x30 && $0 <= 0x39) }
        if blocks.contains(String(decoding: name, as: UTF8.self)) {
            let after = name.endIndex
            let next = after < bytes.count ? bytes[after] : 0x20
            let closes = next == UInt8(ascii: "/") && after + 1 < bytes.count && bytes[after + 1] == UInt8(ascii: ">")
            if next <= 0x20 || next == UInt8(ascii: ">") || closes { return 6 }
        }
        let whole = Array(line)
        if let end = tag(whole, at: 0, MarkdownLasts(whole)), whole[1] != UInt8(ascii: "!"),
            whole[1] != UInt8(ascii: "?"),
            whole[end...].allSatisfy({ $0 <= 0x20 })
        {
            return 7
        }
        return nil
    }

    /// Whether a line ends a block that began by `condition`.
    static func ends(_ condition: Int, _ line: ArraySlice<UInt8>) -> Bool {
        func holds(_ mark: StaticString) -> Bool {
            mark.withUTF8Buffer { mark in
                line.count >= mark.count
                    && (line.startIndex...(line.endIndex - mark.count)).contains { k in
                        mark.indices.allSatisfy { small(line[k + $0]) == mark[$0] }
                    }
            }
        }
        switch condition {
        case 1: return holds("</script>") || holds("</pre>") || holds("</style>") || holds("</textarea>")
        case 2: return holds("-->")
        case 3: return holds("?>")
        case 4: return line.contains(UInt8(ascii: ">"))
        case 5: return holds("]]>")
        default: return false
        }
    }

    /// The end of the tag, remark, instruction, declaration or CDATA section that begins at `start`; nil for other text.
    static func tag(_ bytes: [UInt8], at start: Int, _ lasts: MarkdownLasts) -> Int? {
        guard start + 1 < bytes.count, lasts.has(UInt8(ascii: ">"), from: start) else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "!"):
            if bytes[start...].starts(with: "<!--".utf8) {
                if bytes[(start + 4)...].starts(with: ">".utf8) { return start + 5 }
                if bytes[(start + 4)...].starts(with: "->".utf8) { return start + 6 }
                return find("-->", in: bytes, from: start + 4)
            }
            if bytes[start...].starts(with: "<![CDATA[".utf8) { return find("]]>", in: bytes, from: start + 9) }
            guard start + 2 < bytes.count, isLetter(bytes[start + 2]) else { return nil }
            return find(">", in: bytes, from: start + 3)
        case UInt8(ascii: "?"): return find("?>", in: bytes, from: start + 2)
        case UInt8(ascii: "/"):
            var k = start + 2
            guard k < bytes.count, isLetter(bytes[k]) else { return nil }
            while k < bytes.count, isName(bytes[k]) { k += 1 }
            while k < bytes.count, isSpace(bytes[k]) { k += 1 }
            return k < bytes.count && bytes[k] == UInt8(ascii: ">") ? k + 1 : nil
        default: return openTag(bytes, at: start, lasts)
        }
    }

    /// The name of the element that the tag at `start` opens.
    static func openedElement(_ bytes: [UInt8], at start: Int) -> String {
        String(decoding: bytes[(start + 1)...].prefix(while: isName).prefix(20).map(small), as: UTF8.self)
    }

    /// The end of the tag that closes `element`, behind `start`.
    static func end(of element: String, in bytes: [UInt8], from start: Int) -> Int? {
        var k = start
        while let open = bytes[k...].firstIndex(of: UInt8(ascii: "<")) {
            k = open + 1
            guard k < bytes.count, bytes[k] == UInt8(ascii: "/") else { continue }
            if openedElement(bytes, at: k) == element, let end = find(">", in: bytes, from: k) { return end }
        }
        return nil
    }

    private static func openTag(_ bytes: [UInt8], at start: Int, _ lasts: MarkdownLasts) -> Int? {
        var k = start + 1
        guard isLetter(bytes[k]) else { return nil }
        while k < bytes.count, isName(bytes[k]) { k += 1 }
        while true {
            let before = k
            while k < bytes.count, isSpace(bytes[k]) { k += 1 }
            guard k < bytes.count else { return nil }
            if bytes[k] == UInt8(ascii: ">") { return k + 1 }
            if bytes[k] == UInt8(ascii: "/") {
                return k + 1 < bytes.count && bytes[k + 1] == UInt8(ascii: ">") ? k + 2 : nil
            }
            guard k > before, isLetter(bytes[k]) || bytes[k] == UInt8(ascii: "_") || bytes[k] == UInt8(ascii: ":")
            else {
                return nil
            }
            while k < bytes.count, isName(bytes[k]) || "_:.".utf8.contains(bytes[k]) { k += 1 }
            guard let next = attributeValue(bytes, at: k, lasts) else { return nil }
            k = next
        }
    }

    /// Behind the value of an attribute; `start` where there is none; nil for one that does not end.
    private static func attributeValue(_ bytes: [UInt8], at start: Int, _ lasts: MarkdownLasts) -> Int? {
        var k = start
        while k < bytes.count, isSpace(bytes[k]) { k += 1 }
        guard k < bytes.count, bytes[k] == UInt8(ascii: "=") else { return start }
        k += 1
        while k < bytes.count, isSpace(bytes[k]) { k += 1 }
        guard k < bytes.count else { return nil }
        if bytes[k] == UInt8(ascii: "\"") || bytes[k] == UInt8(ascii: "'") {
            guard lasts.has(bytes[k], from: k + 1) else { return nil }
            return bytes[(k + 1)...].firstIndex(of: bytes[k]).map { $0 + 1 }
        }
        let value = bytes[k...].prefix { !isSpace($0) && !"\"'=<>`".utf8.contains($0) }
        return value.isEmpty ? nil : value.endIndex
    }

    /// Within sight, so that a text of openings without ends is read in time.
    private static let reach = 20_000

    private static func find(_ mark: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        mark.withUTF8Buffer { mark in
            var k = start
            let limit = min(bytes.count, start + reach)
            while k + mark.count <= limit {
                if bytes[k] == mark[0], mark.indices.allSatisfy({ bytes[k + $0] == mark[$0] }) { return k + mark.count }
                k += 1
            }
            return nil
        }
    }

    private static func small(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    private static func isName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-")
    }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private static let blocks: Set<String> = [
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
        "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend",
        "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search",
        "section", "source", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
    ]
}
