import Text

extension MarkdownBlocks {
    /// What a line begins.
    enum Opened {
        /// A block that other blocks may begin in, on the same line.
        case container
        /// A block that takes the rest of the line.
        case leaf
    }

    /// Begins the block that the line begins at `nonspace`, if there is one, in `container`, which becomes the block that
    /// was begun.
    mutating func open(in container: inout Int, matched: Int) -> Opened? {
        if indent >= 4 { return openIndentedCode(in: &container) }
        guard !isBlank else { return nil }
        let inParagraph = blocks[container].kind == .paragraph
        switch byte {
        case UInt8(ascii: ">"):
            advance(to: nonspace + 1)
            takeBlank()
            closeUnmatched(container)
            container = append(.quote)
            return .container
        case UInt8(ascii: "#"): return openHeading(in: &container)
        case UInt8(ascii: "`"), UInt8(ascii: "~"): return openFence(in: &container)
        case UInt8(ascii: "<"): return openHTML(in: &container, matched: matched)
        case UInt8(ascii: "["): return openNote(in: &container)
        default: break
        }
        if inParagraph, underline(container) || table(&container) { return .leaf }
        if isRule {
            closeUnmatched(container)
            while blocks[tip].kind != .document, !holdsBlocks(tip) { close(tip) }
            advance(to: end)
            container = tip
            lineIsDone = true
            return .leaf
        }
        return openItem(in: &container)
    }

    private func holdsBlocks(_ k: Int) -> Bool {
        switch blocks[k].kind {
        case .document, .quote, .item, .note: true
        default: false
        }
    }

    private mutating func openIndentedCode(in container: inout Int) -> Opened? {
        guard !isBlank, blocks[tip].kind != .paragraph else { return nil }
        advance(columns: 4)
        closeUnmatched(container)
        container = append(.indentedCode)
        return .leaf
    }

    private mutating func openHeading(in container: inout Int) -> Opened? {
        let bytes = text.bytes
        var k = nonspace
        while k < end, bytes[k] == UInt8(ascii: "#") { k += 1 }
        let level = k - nonspace
        guard level <= 6, k == end || isSpace(bytes[k]) else { return nil }
        var last = end
        while last > k, isSpace(bytes[last - 1]) { last -= 1 }
        var before = last
        while before > k, bytes[before - 1] == UInt8(ascii: "#") { before -= 1 }
        if before < last, isSpace(bytes[before - 1]) { last = before }
        closeUnmatched(container)
        container = append(.heading(level: level))
        blocks[container].content = text.slice(TextLines.trimmed(bytes, ByteSpan(k, max(k, last))))
        advance(to: end)
        lineIsDone = true
        return .leaf
    }

    private mutating func openFence(in container: inout Int) -> Opened? {
        let fence = text.bytes[nonspace..<end].prefix { $0 == byte }
        guard fence.count >= 3,
            byte == UInt8(ascii: "~") || !text.bytes[fence.endIndex..<end].contains(UInt8(ascii: "`"))
        else { return nil }
        let width = indent
        closeUnmatched(container)
        container = append(.fencedCode(fence: Array(fence), indent: width))
        lineIsDone = true
        return .leaf
    }

    private mutating func openHTML(in container: inout Int, matched: Int) -> Opened? {
        guard let condition = MarkdownHTML.condition(text.bytes[nonspace..<end]) else { return nil }
        let mayBeLazy = container == matched && matched != tip && blocks[tip].kind == .paragraph
        if condition == 7, blocks[container].kind == .paragraph || mayBeLazy { return nil }
        closeUnmatched(container)
        container = append(.html(condition))
        return .leaf
    }

    /// `[^name]:` begins a note.
    private mutating func openNote(in container: inout Int) -> Opened? {
        let bytes = text.bytes
        guard nonspace + 1 < end, bytes[nonspace + 1] == UInt8(ascii: "^") else { return nil }
        let name = bytes[(nonspace + 2)..<end].prefix { $0 != UInt8(ascii: "]") && $0 > 0x20 }
        guard !name.isEmpty, bytes[name.endIndex..<end].starts(with: "]:".utf8) else { return nil }
        references.notes.insert(MarkdownReferences.label(name))
        advance(to: name.endIndex + 2)
        findNonspace()
        advance(to: nonspace)
        closeUnmatched(container)
        container = append(.note)
        return .container
    }

    // MARK: - Lines below a paragraph

    /// Makes a heading of a paragraph that the line underlines.
    private mutating func underline(_ container: Int) -> Bool {
        let sign = byte
        guard sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-") else { return false }
        let rest = text.bytes[nonspace..<end].drop { $0 == sign }
        guard rest.allSatisfy(isSpace) else { return false }
        let used = references.take(from: blocks[container].content)
        if used > 0 {
            let content = blocks[container].content
            blocks[container].content = content.slice(ByteSpan(used, content.bytes.count))
        }
        guard !blocks[container].content.bytes.isEmpty else {
            blocks[container].hasLines = false
            return false
        }
        closeUnmatched(container)
        blocks[container].kind = .heading(level: sign == UInt8(ascii: "=") ? 1 : 2)
        advance(to: end)
        lineIsDone = true
        return true
    }

    /// Makes a table of the last line of a paragraph and the line of dashes below it.
    private mutating func table(_ container: inout Int) -> Bool {
        let rule = MarkdownTable.cells(text, ByteSpan(nonspace, end))
        guard MarkdownTable.isRule(text.bytes[nonspace..<end]), !rule.isEmpty else { return false }
        let content = blocks[container].content
        let lineEnd = content.bytes.lastIndex(of: 0x0A)
        let header = MarkdownTable.cells(content, ByteSpan((lineEnd ?? -1) + 1, content.bytes.count))
        guard header.count == rule.count else { return false }
        closeUnmatched(container)
        if let lineEnd {
            blocks[container].content = content.slice(ByteSpan(0, lineEnd))
            container = append(.table(columns: rule.count))
        } else {
            blocks[container].kind = .table(columns: rule.count)
            blocks[container].content = TracedText()
        }
        blocks[container].rows = [header]
        advance(to: end)
        lineIsDone = true
        return true
    }

    /// Adds the line to a table: missing cells are empty, and there are no more than the header has.
    mutating func addRow(to k: Int) {
        guard case .table(let columns) = blocks[k].kind else { return }
        let cells = MarkdownTable.cells(text, ByteSpan(nonspace, end))
        blocks[k].rows.append(Array(cells.prefix(columns)))
    }

    /// Three or more stars, dashes or underscores and nothing else.
    private var isRule: Bool {
        guard byte == UInt8(ascii: "*") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return false }
        let signs = text.bytes[nonspace..<end].filter { !isSpace($0) }
        return signs.count >= 3 && signs.allSatisfy { $0 == byte }
    }

    // MARK: - Lists

    private mutating func openItem(in container: inout Int) -> Opened? {
        let bytes = text.bytes
        var k = nonspace
        var delimiter = byte
        var isNumbered = false
        if "*+-".utf8.contains(byte) {
            k += 1
        } else {
            while k < end, k < nonspace + 9, bytes[k] >= 0x30, bytes[k] <= 0x39 { k += 1 }
            guard k > nonspace, k < end, bytes[k] == UInt8(ascii: ".") || bytes[k] == UInt8(ascii: ")") else {
                return nil
            }
            delimiter = bytes[k]
            isNumbered = true
            if blocks[container].kind == .paragraph, bytes[nonspace..<k] != [UInt8(ascii: "1")] { return nil }
            k += 1
        }
        guard k == end || isSpace(bytes[k]) else { return nil }
        if blocks[container].kind == .paragraph, bytes[k..<end].allSatisfy(isSpace) { return nil }
        let marker = ByteSpan(nonspace, k)
        let before = indent
        advance(to: k)
        let (place, at, taken) = (offset, column, tabTaken)
        repeat { advance(columns: 1) } while column - at < 5 && offset < end && isSpace(bytes[offset])
        var padding = marker.count + column - at
        if column - at >= 5 || column == at || offset >= end {
            padding = marker.count + 1
            (offset, column, tabTaken) = (place, at, taken)
            takeBlank()
        }
        closeUnmatched(container)
        if blocks[tip].kind != .list(delimiter) { container = append(.list(delimiter)) }
        container = append(.item(indent: before + padding))
        if isNumbered { blocks[container].marker = marker }
        return .container
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
