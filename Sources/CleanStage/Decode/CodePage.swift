/// An encoding of one byte a character, such as Windows-1251 or KOI8-R.
struct CodePage: Sendable, Equatable {
    /// Its name in metadata, in small letters.
    let name: String
    /// The scalars of the bytes 0x80 to 0xFF.
    let scalars: [Unicode.Scalar]
    /// The same in UTF-8.
    let encoded: [[UInt8]]

    static func == (a: CodePage, b: CodePage) -> Bool { a.name == b.name }

    /// The code page of a name that a page may declare; nil for one that is not known.
    static func named(_ label: String) -> CodePage? { labels[label].map { all[$0] } }

    /// The scalar of a byte.
    subscript(byte: UInt8) -> Unicode.Scalar { byte < 0x80 ? Unicode.Scalar(byte) : scalars[Int(byte & 0x7F)] }

    private static let (all, labels): ([CodePage], [String: Int]) = {
        var all: [CodePage] = []
        var labels: [String: Int] = [:]
        var names: [String] = []
        var values: [UInt32] = []
        for line in (Embedded.codePages.withUTF8Buffer { Array($0) } + Array("\n= end".utf8)).split(separator: 0x0A)
        where line.first != UInt8(ascii: "#") {
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard words.first == "=" else {
                for word in words {
                    let range = word.split(separator: "-").compactMap { UInt32($0, radix: 16) }
                    if let first = range.first, let last = range.last { values += first...max(first, last) }
                }
                continue
            }
            if let name = names.first, values.count == 128 {
                for label in names { labels[label] = all.count }
                all.append(CodePage(name, values.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
            }
            names = Array(words.dropFirst())
            values = []
        }
        return (all, labels)
    }()

    private init(_ name: String, _ scalars: [Unicode.Scalar]) {
        self.name = name
        self.scalars = scalars
        encoded = scalars.map { Array(String($0).utf8) }
    }
}

extension CodePage {
    /// Windows-1252, which the web reads wherever Latin-1 or ASCII is declared.
    static let windows1252 = known("windows-1252")

    /// A code page that the data has.
    static func known(_ name: String) -> CodePage {
        // the table is compiled in, and a test reads each of its names
        guard let page = named(name) else { preconditionFailure("no code page '\(name)'") }
        return page
    }
}
