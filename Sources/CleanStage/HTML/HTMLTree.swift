import CGumbo
import Text

/// A parsed page as arrays: nodes in the order of their start tags, so that nothing has to call itself.
struct HTMLTree {
    /// One element or piece of text.
    struct Node {
        /// The element; nil for text.
        var tag: GumboTag?
        /// The element around it; -1 for the outermost.
        var parent: Int
        /// The first node behind everything inside this one.
        var end: Int
        /// Where text stands in the page, as written; for an element, its start tag.
        var span: ByteSpan
        /// Text with its character references read, where it differs from what is written.
        var text: [UInt8]?
        /// Attributes of an element, names in small letters.
        var attributes: [(name: String, value: String)] = []

        func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    /// The nodes.
    private(set) var nodes: [Node] = []

    /// The elements around a node, the nearest first; at most `limit`.
    func ancestors(of node: Int, upTo limit: Int) -> [Int] {
        var found: [Int] = []
        var outer = nodes[node].parent
        while outer >= 0, found.count < limit {
            found.append(outer)
            outer = nodes[outer].parent
        }
        return found
    }

    /// Parses a page that is UTF-8.
    init(_ page: [UInt8]) {
        let arena = ParserArena()
        page.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var options = kGumboDefaultOptions
            options.max_errors = 0
            options.userdata = Unmanaged.passUnretained(arena).toOpaque()
            options.allocator = { arena, size in
                guard let arena else { return nil }
                return Unmanaged<ParserArena>.fromOpaque(arena).takeUnretainedValue().allocate(size)
            }
            options.deallocator = { _, _ in }
            base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { start in
                guard let output = gumbo_parse_with_options(&options, start, buffer.count) else { return }
                walk(output.pointee.root, start, buffer.count)
            }
        }
        withExtendedLifetime(arena) {}
    }

    private mutating func walk(_ root: UnsafeMutablePointer<GumboNode>, _ base: UnsafePointer<CChar>, _ count: Int) {
        // a node to visit, or (with `close`) one whose inside has been visited
        var open: [(node: UnsafeMutablePointer<GumboNode>?, index: Int)] = [(root, -1)]
        while let (node, index) = open.popLast() {
            guard let node else {
                nodes[index].end = nodes.count
                continue
            }
            switch node.pointee.type {
            case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
                let element = node.pointee.v.element
                let at = nodes.count
                let span = Self.span(element.original_tag, base, count)
                nodes.append(
                    Node(tag: element.tag, parent: index, end: at + 1, span: span, attributes: Self.attributes(element))
                )
                open.append((nil, at))
                let children = element.children
                for k in (0..<Int(children.length)).reversed() {
                    guard let child = children.data?[k]?.assumingMemoryBound(to: GumboNode.self) else { continue }
                    open.append((child, at))
                }
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                let text = node.pointee.v.text
                guard let pointer = text.text else { continue }
                let span = Self.span(text.original_text, base, count)
                let written = UnsafeRawBufferPointer(start: base, count: count)[span.range]
                let read = Self.differing(pointer, from: written)
                nodes.append(Node(tag: nil, parent: index, end: nodes.count + 1, span: span, text: read))
            default: continue
            }
        }
    }

    /// The bytes of a string that ends in zero, if they are others than those written.
    private static func differing(
        _ string: UnsafePointer<CChar>, from written: Slice<UnsafeRawBufferPointer>
    ) -> [UInt8]? {
        var length = 0
        var isSame = true
        for byte in written {
            guard string[length] != 0, UInt8(bitPattern: string[length]) == byte else {
                isSame = false
                break
            }
            length += 1
        }
        if isSame, string[length] == 0 { return nil }
        while string[length] != 0 { length += 1 }
        return Array(UnsafeRawBufferPointer(start: string, count: length))
    }

    private static func span(_ piece: GumboStringPiece, _ base: UnsafePointer<CChar>, _ count: Int) -> ByteSpan {
        guard let data = piece.data else { return ByteSpan(0, 0) }
        let start = min(max(0, data - base), count)
        return ByteSpan(start, min(start + piece.length, count))
    }

    private static func attributes(_ element: GumboElement) -> [(name: String, value: String)] {
        let list = element.attributes
        return (0..<Int(list.length)).compactMap { k in
            guard let attribute = list.data?[k]?.assumingMemoryBound(to: GumboAttribute.self).pointee,
                let name = attribute.name, let value = attribute.value
            else { return nil }
            let key = String(cString: name)
            return wanted.contains(key) ? (key, String(cString: value)) : nil
        }
    }

    private static let wanted: Set<String> = [
        "class", "id", "role", "itemprop", "property", "name", "content", "datetime", "lang", "type", "rel", "hidden",
        "aria-hidden", "style", "href", "itemscope", "itemtype", "pubdate",
    ]
}
