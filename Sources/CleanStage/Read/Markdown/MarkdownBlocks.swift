import StageKit
import Text

/// Finds the blocks of a Markdown text: the first half of the algorithm in the specification of CommonMark 0.31
/// (appendix A), with the tables and notes of GitHub Flavored Markdown.
struct MarkdownBlocks {
    /// The text, whose bytes blocks are cut from.
    let text: TracedText
    /// Every block; the document first.
    var blocks: [MarkdownBlock] = [MarkdownBlock(kind: .document, parent: -1)]
    /// What reference links lead to is known by these labels.
    var references = MarkdownReferences()

    // The line that is being read.
    var start = 0
    var end = 0
    /// The next byte.
    var offset = 0
    /// Its column, counted from 0, tabs as blanks up to the next multiple of four.
    var column = 0
    /// How many columns of a tab at `offset` are taken already.
    var tabTaken = 0
    /// The first byte that is no blank, its column, and how far that is from `column`.
    var nonspace = 0
    var nonspaceColumn = 0
    var indent: Int { nonspaceColumn - column }
    var isBlank = false

    /// The last open block, inside of all others that are open.
    var tip = 0
    /// Blocks may be this deep in each other: deeper ones are text of the deepest.
    static let deepest = 100
    /// The depth of each block.
    private var depths = [0]

    /// Reads `text` from the byte `from` on.
    init(_ text: TracedText, from: Int) {
        self.text = text
        let bytes = text.bytes
        var k = from
        while k < bytes.count {
            start = k
            while k < bytes.count, bytes[k] != 0x0A, bytes[k] != 0x0D { k += 1 }
            end = k
            if k < bytes.count { k += bytes[k] == 0x0D && k + 1 < bytes.count && bytes[k + 1] == 0x0A ? 2 : 1 }
            next = k
            readLine()
        }
        while tip >= 0 { close(tip) }
    }

    /// Where the next line begins.
    private var next = 0

    var byte: UInt8 { nonspace < end ? text.bytes[nonspace] : 0 }

    // MARK: - A line

    private mutating func readLine() {
        (offset, column, tabTaken) = (start, 0, 0)
        var container = 0
        while let last = blocks[container].children.last, isOpen(last) {
            findNonspace()
            switch goesOn(last) {
            case .yes: container = last
            case .no: break
            case .done: return
            }
            if container != last { break }
        }
        let matched = container
        let allMatched = matched == tip
        var isLeaf = blocks[container].takesLines
        var isTable = if case .table = blocks[container].kind { true } else { false }
        while !isLeaf {
            findNonspace()
            guard depths[container] < Self.deepest, let opened = open(in: &container, matched: matched) else {
                advance(to: nonspace)
                break
            }
            isTable = false
            if opened == .leaf { isLeaf = true }
        }
        if lineIsDone {
            lineIsDone = false
            return
        }
        findNonspace()
        if isTable, container == matched, blocks[container].kind != .paragraph {
            closeUnmatched(matched)
            addRow(to: container)
            return
        }
        if !allMatched, container == matched, !isBlank, blocks[tip].kind == .paragraph {
            addLine(to: tip)
            return
        }
        closeUnmatched(container == matched ? matched : nil)
        if blocks[container].takesLines {
            addLine(to: container)
            if case .html(let condition) = blocks[container].kind, MarkdownHTML.ends(condition, rest) {
                close(container)
            }
        } else if blocks[container].kind == .paragraph, !isBlank {
            advance(to: nonspace)
            addLine(to: container)
        } else if !isBlank {
            advance(to: nonspace)
            container = append(.paragraph)
            addLine(to: container)
        }
    }

    /// Set by a start that took the whole line.
    var lineIsDone = false

    /// The rest of the line.
    var rest: ArraySlice<UInt8> { text.bytes[min(offset, end)..<end] }

    private enum Going { case yes, no, done }

    /// Whether an open block goes on in this line; takes what marks that it does.
    private mutating func goesOn(_ k: Int) -> Going {
        switch blocks[k].kind {
        case .document, .list: return .yes
        case .quote:
            guard indent <= 3, byte == UInt8(ascii: ">") else { return .no }
            advance(to: nonspace + 1)
            takeBlank()
            return .yes
        case .item(let width):
            if isBlank {
                if blocks[k].children.isEmpty { return .no }
                advance(to: nonspace)
                return .yes
            }
            guard indent >= width else { return .no }
            advance(columns: width)
            return .yes
        case .note:
            if isBlank { return .yes }
            guard indent >= 4 else { return .no }
            advance(columns: 4)
            return .yes
        case .heading: return .no
        case .paragraph, .table: return isBlank ? .no : .yes
        case .fencedCode(let fence, let width):
            if indent <= 3, closes(fence) {
                closeUnmatched(k)
                close(k)
                return .done
            }
            var left = width
            while left > 0, offset < end, text.bytes[offset] == 0x20 || text.bytes[offset] == 0x09 {
                advance(columns: 1)
                left -= 1
            }
            return .yes
        case .indentedCode:
            if indent >= 4 {
                advance(columns: 4)
                return .yes
            }
            guard isBlank else { return .no }
            advance(to: nonspace)
            return .yes
        case .html(let condition): return isBlank && condition >= 6 ? .no : .yes
        }
    }

    private func closes(_ fence: [UInt8]) -> Bool {
        let run = text.bytes[nonspace..<end].prefix { $0 == fence[0] }
        return run.count >= fence.count && text.bytes[run.endIndex..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    // MARK: - Moving within a line

    mutating func findNonspace() {
        var k = offset
        var columns = column
        while k < end {
            if text.bytes[k] == 0x20 {
                columns += 1
            } else if text.bytes[k] == 0x09 {
                columns += 4 - columns % 4
            } else {
                break
            }
            k += 1
        }
        (nonspace, nonspaceColumn, isBlank) = (k, columns, k >= end)
    }

    /// Goes on to a byte that no tab stands before in part.
    mutating func advance(to place: Int) {
        while offset < place, offset < end {
            if text.bytes[offset] == 0x09 { column += 4 - column % 4 } else { column += 1 }
            offset += 1
        }
        tabTaken = 0
    }

    /// Goes on by some columns, perhaps into the middle of a tab.
    mutating func advance(columns count: Int) {
        var left = count
        while left > 0, offset < end {
            guard text.bytes[offset] == 0x09 else {
                column += 1
                offset += 1
                left -= 1
                tabTaken = 0
                continue
            }
            let width = 4 - column % 4
            if width > left {
                column += left
                tabTaken += left
                return
            }
            column += width
            offset += 1
            left -= width
            tabTaken = 0
        }
    }

    /// Takes a blank, or one column of a tab.
    mutating func takeBlank() {
        if offset < end, text.bytes[offset] == 0x20 || text.bytes[offset] == 0x09 { advance(columns: 1) }
    }

    // MARK: - Blocks

    func isOpen(_ k: Int) -> Bool {
        var open = tip
        while open >= 0 {
            if open == k { return true }
            // blocks are numbered in the order in which they begin
            if open < k { return false }
            open = blocks[open].parent
        }
        return false
    }

    /// Closes every open block that is not around `block`, or `block` itself; without one, nothing.
    mutating func closeUnmatched(_ block: Int?) {
        guard let block else { return }
        while tip > block, tip >= 0 { close(tip) }
    }

    /// Adds a block to the innermost open one that may hold it.
    mutating func append(_ kind: MarkdownBlock.Kind) -> Int {
        while !mayHold(blocks[tip].kind, kind) { close(tip) }
        blocks.append(MarkdownBlock(kind: kind, parent: tip))
        depths.append(depths[tip] + 1)
        blocks[tip].children.append(blocks.count - 1)
        tip = blocks.count - 1
        return tip
    }

    private func mayHold(_ outer: MarkdownBlock.Kind, _ inner: MarkdownBlock.Kind) -> Bool {
        switch outer {
        case .document, .quote, .item, .note: if case .item = inner { false } else { true }
        case .list: if case .item = inner { true } else { false }
        default: false
        }
    }

    /// Adds what is left of the line.
    private mutating func addLine(to k: Int) {
        if !blocks[k].content.bytes.isEmpty || blocks[k].hasLines { addLineEnd(to: k) }
        blocks[k].hasLines = true
        if blocks[k].kind == .paragraph { advance(to: nonspace) }
        if tabTaken > 0, offset < end {
            // what is left of a tab is blanks
            let width = 4 - column % 4
            let place = text.source(of: ByteSpan(offset, offset + 1))
            blocks[k].content.append(Array(repeating: 0x20, count: width), from: place, .whole)
            offset += 1
        }
        blocks[k].content.append(ByteSpan(min(offset, end), end), of: text)
        blocks[k].lineEnd = ByteSpan(end, next)
    }

    private mutating func addLineEnd(to k: Int) {
        let place = blocks[k].lineEnd
        blocks[k].content.append([0x0A], from: text.source(of: place), .whole)
    }

    /// Closes the innermost open block, which is `k`.
    mutating func close(_ k: Int) {
        tip = blocks[k].parent
        switch blocks[k].kind {
        case .paragraph:
            let used = references.take(from: blocks[k].content)
            if used > 0 { blocks[k].content = blocks[k].content.slice(ByteSpan(used, blocks[k].content.bytes.count)) }
        case .indentedCode:
            let bytes = blocks[k].content.bytes
            var last = bytes.count
            // blank lines at the end are no part of it
            while let lineEnd = bytes[..<last].lastIndex(of: 0x0A),
                bytes[lineEnd..<last].allSatisfy({ $0 <= 0x20 })
            { last = lineEnd }
            blocks[k].content = blocks[k].content.slice(ByteSpan(0, last))
        default: break
        }
    }
}
