import Text

/// The addresses of pages, relative to the folder of the site. They consist of ASCII letters, digits, `-`, `/` and `.`.
/// An address depends only on what the page is about, so it stays the same when others come or go.
struct SiteAddress {
    /// The kinds of pages, each in a folder of its own.
    enum Kind: String, CaseIterable {
        case document = "documents"
        case name = "names"
        case source = "sources"
        case question = "questions"
        case publisher = "publishers"

        /// What such pages are called in lists.
        var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    /// The page about `id`, of which the address shows a part so that it can be recognized.
    static func page(_ kind: Kind, _ id: String, part: Int = 0) -> String {
        let hash = String(StableHash.of(id.utf8), radix: 16)
        let slug = slug(id)
        return "\(kind.rawValue)/\(slug.isEmpty ? "" : slug + "-")\(hash)\(part == 0 ? "" : "-part-\(part + 1)").html"
    }

    /// A page of the list of all pages of a kind.
    static func list(_ kind: Kind, part: Int = 0) -> String {
        "\(kind.rawValue)\(part == 0 ? "" : "-\(part + 1)").html"
    }

    private static func slug(_ text: String) -> String {
        var slug: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A: slug.append(byte)
            case 0x41...0x5A: slug.append(byte | 0x20)
            default: if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
            }
            if slug.count == 48 { break }
        }
        while slug.last == UInt8(ascii: "-") { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }
}
