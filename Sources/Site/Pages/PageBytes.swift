/// A page of HTML as it is written. What comes from the corpus is added by ``text(_:)`` and is never taken for a tag.
package struct PageBytes {
    private(set) var bytes: [UInt8] = []

    /// HTML of the program's own.
    mutating func html(_ html: String) { bytes.append(contentsOf: html.utf8) }

    /// HTML that was written before.
    mutating func raw(_ html: some Sequence<UInt8>) { bytes.append(contentsOf: html) }

    /// Text of any origin, for the content and the attributes of elements.
    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { escape(UnsafeRawBufferPointer($0)) }
    }

    /// The same for UTF-8 that has been validated.
    mutating func text(_ utf8: ArraySlice<UInt8>) { utf8.withUnsafeBytes { escape($0) } }

    /// Text of any origin, for a page that is put together of strings.
    package static func escaped(_ text: String) -> String {
        var page = PageBytes()
        page.text(text)
        return String(decoding: page.bytes, as: UTF8.self)
    }

    private mutating func escape(_ utf8: UnsafeRawBufferPointer) {
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "&"): html("&amp;")
            case UInt8(ascii: "<"): html("&lt;")
            case UInt8(ascii: ">"): html("&gt;")
            case UInt8(ascii: "\""): html("&quot;")
            case 0x09, 0x0A, 0x20...: bytes.append(byte)
            // a control character has no place in HTML
            default: html("\u{FFFD}")
            }
        }
    }

    /// A heading, with text of any origin, which may run from right to left.
    mutating func heading(_ level: Int, _ content: String) {
        html("<h\(level) dir=\"auto\">")
        text(content)
        html("</h\(level)>\n")
    }

    /// A link within the site. `address` is one of ``SiteAddress``, which needs no escaping.
    mutating func link(_ address: String, _ content: String, class name: String? = nil) {
        html("<a href=\"\(address)\"\(name.map { " class=\"\($0)\"" } ?? "")>")
        text(content)
        html("</a>")
    }
}
