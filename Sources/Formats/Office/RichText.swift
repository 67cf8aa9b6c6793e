import StageKit

/// A document in Rich Text Format (RTF 1.9.1): its paragraphs and table rows.
enum RichText {
    static func read(_ bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        guard bytes.starts(with: #"{\rtf"#.utf8) else { throw .damaged("RTF", #"it does not begin with '{\rtf'"#) }
        var reader = RichTextReader(bytes)
        try reader.read()
        guard !reader.blocks.isEmpty else { throw .noText }
        return ExtractedSource(
            .blocks, reader.blocks.bytes, facts: reader.facts, notes: reader.lost.sorted().map { "\($0) were left out" }
        )
    }
}

/// Reads the control words and groups of a file.
private struct RichTextReader {
    /// What holds within a group.
    private struct Group {
        /// Whether its text is not part of the document.
        var isSkipped = false
        /// Whether its text is hidden, or was struck out while changes were tracked; a control word may end that.
        var isHidden = false
        /// Whether it is the list of fonts.
        var isFontTable = false
        /// The number of its font; nil for the usual one.
        var font: Int?
        /// The fact that its text is.
        var fact: String?
        /// How many characters stand for one of Unicode in readers that do not know it.
        var fallback = 1
    }

    private(set) var blocks = BlockWriter()
    private(set) var facts: [MetadataField] = []
    private(set) var lost: Set<String> = []

    private let bytes: [UInt8]
    private var at = 0
    private var groups = [Group()]
    private var text = ""
    private var fact = ""
    private var cells: [String] = []
    private var isInTable = false
    /// What was read of a cell before `\pard`, behind which it goes on or the table has ended.
    private var begun = ""
    /// How deep in tables the text is; that of a table within a table is passed over.
    private var depth = 0
    private var isHeading = false
    /// Characters to leave out behind one of Unicode.
    private var skip = 0
    private var high: UInt32?
    private var page = "windows-1252"
    private var pending: [UInt8] = []
    /// By the number of a font, the set of characters that it is for.
    private var charsets: [Int: Int] = [:]
    /// The font of text for which none is named, and the one that is being listed.
    private var usual: Int?
    private var listed = 0

    /// By sets of characters of fonts, the encoding. 0 and 1 stand for that of the document.
    private static let pages = [
        77: "macintosh", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "windows-1253",
        162: "windows-1254", 163: "windows-1258", 177: "windows-1255", 178: "windows-1256", 186: "windows-1257",
        204: "windows-1251", 222: "windows-874", 238: "windows-1250", 254: "cp437", 255: "cp850",
    ]

    /// Groups may be nested this deep.
    private static let deepest = 1000
    /// Groups whose text is not shown in the text.
    private static let hidden: Set<String> = [
        "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
        "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "pnseclvl", "fldinst", "filetbl", "revtbl",
        "mmathPr", "wgrffmtfilter", "operator", "creatim", "revtim", "printim", "company", "keywords", "doccomm",
        "comment", "nonesttables", "category", "manager", "subject", "hlinkbase", "bkmkstart", "bkmkend", "listtext",
        "pntext",
    ]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() throws(StageFailure) {
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "{"):
                decode()
                guard groups.count < Self.deepest, let last = groups.last else {
                    throw .damaged("RTF", "its groups are nested too deep")
                }
                var group = last
                group.fact = nil
                groups.append(group)
            case UInt8(ascii: "}"):
                decode()
                guard let group = groups.popLast(), !groups.isEmpty else {
                    // what stands behind the document is no part of it
                    groups = [Group()]
                    finish()
                    return
                }
                if let name = group.fact, !fact.isEmpty {
                    facts.append(MetadataField(name, fact.split { $0.isWhitespace }.joined(separator: " ")))
                    fact = ""
                }
                if groups.count == 1 {
                    finish()
                    return
                }
            case UInt8(ascii: "\\"): control()
            case 0x0D, 0x0A: break
            default: put(byte)
            }
        }
        throw .damaged("RTF", "it ends too early")
    }

    private mutating func finish() {
        decode()
        paragraph()
        if isInTable { row() }
    }

    /// Begins other properties of a paragraph: it may be in a cell, or the first behind a table.
    private mutating func begin() {
        if isInTable {
            begun += text
            text = ""
        }
        isInTable = false
        isHeading = false
        depth = 0
    }

    private mutating func enterCell() {
        text = begun + text
        begun = ""
        isInTable = true
    }

    private var group: Group { groups[groups.count - 1] }

    private mutating func control() {
        guard at < bytes.count else { return }
        let byte = bytes[at]
        guard byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A else {
            at += 1
            symbol(byte)
            return
        }
        decode()
        var word = ""
        while at < bytes.count, bytes[at] | 0x20 >= 0x61, bytes[at] | 0x20 <= 0x7A {
            word.append(Character(Unicode.Scalar(bytes[at])))
            at += 1
        }
        var digits = ""
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") {
            digits = "-"
            at += 1
        }
        while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39, digits.utf8.count < 11 {
            digits.append(Character(Unicode.Scalar(bytes[at])))
            at += 1
        }
        if at < bytes.count, bytes[at] == 0x20 { at += 1 }
        perform(word, Int(digits))
    }

    private mutating func symbol(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"):
            guard at + 1 < bytes.count,
                let value = UInt8(String(decoding: bytes[at...(at + 1)], as: UTF8.self), radix: 16)
            else { return }
            at += 2
            put(value)
        case UInt8(ascii: "*"): groups[groups.count - 1].isSkipped = true
        case UInt8(ascii: "~"): add("\u{A0}")
        case UInt8(ascii: "_"): add("\u{2011}")
        case UInt8(ascii: "-"): break
        case 0x0A, 0x0D: paragraph()
        default: put(byte)
        }
    }

    private mutating func perform(_ word: String, _ number: Int?) {
        switch word {
        case "par", "sect", "page": group.isSkipped ? () : paragraph()
        case "line": add("\n")
        case "tab": add("\t")
        case "cell":
            cells.append(begun + text)
            (begun, text) = ("", "")
        case "row": row()
        // a note has paragraphs of its own
        case "intbl": if !group.isSkipped { enterCell() }
        case "itap": if !group.isSkipped { depth = number ?? 0 }
        case "pard": if !group.isSkipped { begin() }
        case "outlinelevel": isHeading = (number ?? 9) < 9
        case "emdash": add("—")
        case "endash": add("–")
        case "lquote": add("‘")
        case "rquote": add("’")
        case "ldblquote": add("“")
        case "rdblquote": add("”")
        case "bullet": add("•")
        case "emspace": add("\u{2003}")
        case "enspace": add("\u{2002}")
        case "ansicpg": page = "cp\(number ?? 1252)"
        case "mac": page = "macintosh"
        case "pc": page = "cp437"
        case "uc": groups[groups.count - 1].fallback = max(0, min(number ?? 1, 16))
        case "u": unicode(number ?? 0)
        case "bin": at = min(bytes.count, at + max(0, number ?? 0))
        case "footnote", "annotation":
            lost.insert(word == "footnote" ? "footnotes" : "comments")
            groups[groups.count - 1].isSkipped = true
        case "header", "footer", "headerl", "headerr", "headerf", "footerl", "footerr", "footerf":
            lost.insert("running heads")
            groups[groups.count - 1].isSkipped = true
        case "pict", "object", "shp", "shppict":
            lost.insert("pictures and text boxes")
            groups[groups.count - 1].isSkipped = true
        case "title", "author":
            fact = ""
            groups[groups.count - 1].fact = word
        case "deleted", "v": groups[groups.count - 1].isHidden = number != 0
        case "plain":
            groups[groups.count - 1].isHidden = false
            groups[groups.count - 1].font = nil
        case "fonttbl":
            groups[groups.count - 1].isFontTable = true
            groups[groups.count - 1].isSkipped = true
        case "deff": usual = number
        case "f":
            if group.isFontTable { listed = number ?? 0 } else { groups[groups.count - 1].font = number }
        case "fcharset": if group.isFontTable { charsets[listed] = number }
        case _ where Self.hidden.contains(word): groups[groups.count - 1].isSkipped = true
        default: break
        }
    }

    private mutating func unicode(_ number: Int) {
        let unit = UInt32(truncatingIfNeeded: number) & 0xFFFF
        if unit & 0xFC00 == 0xD800 {
            high = unit
        } else if let first = high, unit & 0xFC00 == 0xDC00 {
            add(Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + unit & 0x3FF).map { String($0) } ?? "\u{FFFD}")
            high = nil
        } else {
            add(Unicode.Scalar(unit).map { String($0) } ?? "\u{FFFD}")
        }
        skip = group.fallback
    }

    /// A byte of text, in the code page of the document.
    private mutating func put(_ byte: UInt8) {
        guard skip == 0 else {
            skip -= 1
            return
        }
        pending.append(byte)
    }

    /// Reads the bytes that wait as characters.
    private mutating func decode() {
        guard !pending.isEmpty else { return }
        let bytes = pending
        pending = []
        add(
            EncodedText.decoded(bytes, as: encoding)
                ?? String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self))
    }

    /// The encoding of the bytes at hand: that of the font, where it is for a script of its own.
    private var encoding: String {
        (group.font ?? usual).flatMap { charsets[$0] }.flatMap { Self.pages[$0] } ?? page
    }

    private mutating func add(_ new: String) {
        decode()
        if group.fact != nil { return fact += new }
        guard !group.isSkipped, !group.isHidden, !groups.contains(where: { $0.fact != nil }) else { return }
        guard depth < 2 else {
            lost.insert("tables in tables")
            return
        }
        text += new
    }

    private mutating func paragraph() {
        decode()
        if isInTable {
            text += " "
        } else {
            let own = text
            text = ""
            // a row that its table did not end, as LibreOffice leaves it behind a table within a table
            if !cells.isEmpty || !begun.isEmpty { row() }
            blocks.add(isHeading ? .heading : .paragraph, own)
        }
    }

    private mutating func row() {
        let rest = begun + text
        if !rest.isEmpty { cells.append(rest) }
        blocks.add(row: cells)
        (cells, begun, text) = ([], "", "")
    }
}
