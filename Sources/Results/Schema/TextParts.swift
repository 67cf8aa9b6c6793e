/// The texts of documents as they are stored: in parts of so many code points, so that a passage is cut out of a short
/// text however long the document is.
enum TextParts {
    /// How many code points a part has: eight parts of one byte a character fill a page of the database.
    static let size = 1000
    /// A part's key is the number of its document times this, and its own number from 0.
    static let most = 1 << 20

    static let table = "_document_texts"

    /// The statement that creates the table.
    static let creation = "create table \(table) (part integer primary key, text text not null)"

    /// The condition under which a part belongs to the document with the number `d`.
    static func belongs(to d: String) -> String { "part between \(d) * \(most) and \(d) * \(most) + \(most - 1)" }

    /// The text of the document that the row `row` belongs to.
    static func whole(_ row: String) -> String {
        "(select group_concat(text, '') from (select text from \(table) where \(belongs(to: "\(row).d")) order by part))"
    }

    /// The words of `length` code points from `start` on, in the text of the document that the row `row` belongs to;
    /// null if one of them is.
    static func cut(_ row: String, at start: String, length: String) -> String {
        let (part, offset) = ("\(row).d * \(most) + (\(start)) / \(size)", "(\(start)) % \(size)")
        let last = "\(row).d * \(most) + (\(start) + \(length) - 1) / \(size)"
        return """
            cast(case when \(length) is null then null when \(length) = 0 then '' when \(offset) + \(length) <= \(size) then
              (select substr(text, \(offset) + 1, \(length)) from \(table) where part = \(part))
              else (select substr(group_concat(text, ''), \(offset) + 1, \(length)) from
                (select text from \(table) where part between \(part) and \(last) order by part)) end as text)
            """
    }

    /// The words of the place of the row `row`.
    static func words(of row: String) -> String { cut(row, at: "\(row).start", length: "\(row).length") }

    /// Cuts a text into parts.
    static func parts(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var count = 0
        for (offset, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
            if count == size {
                parts.append(text[start..<offset])
                start = offset
                count = 0
            }
            count += 1
        }
        parts.append(text[start...])
        return parts
    }
}
