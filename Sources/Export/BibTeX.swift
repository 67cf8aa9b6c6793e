/// A bibliography in BibTeX: an entry `@misc` for each document, in UTF-8, as biber and current BibTeX styles read it.
enum BibTeX {
    static func bibliography(_ references: [Reference]) -> [UInt8] {
        var keys: Set<String> = []
        var text = ""
        for reference in references {
            let key = key(reference.document, among: &keys)
            var fields: [(name: String, value: String)] = []
            if let title = reference.title { fields.append(("title", "{\(escaped(title))}")) }
            if !reference.authors.isEmpty {
                // braces keep a name whole: BibTeX would part it into given name and surname
                let names = reference.authors.map { "{\(escaped($0))}" }.joined(separator: " and ")
                fields.append(("author", names))
            }
            if let publisher = reference.publisher { fields.append(("publisher", escaped(publisher))) }
            for (name, number) in zip(["year", "month", "day"], reference.date) {
                fields.append((name, String(number)))
            }
            if let address = reference.address { fields.append(("url", address)) }
            fields.append(("note", escaped(reference.document)))
            text += "@misc{\(key),\n"
            text += fields.map { "  \($0.name) = {\($0.value)}" }.joined(separator: ",\n")
            text += "\n}\n\n"
        }
        return Array(text.utf8)
    }

    /// A key made from a path: letters and digits of ASCII, `-` for the rest, with a number where two would be the same.
    private static func key(_ path: String, among keys: inout Set<String>) -> String {
        let plain = String(path.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
        var key = plain
        var number = 2
        while !keys.insert(key).inserted {
            key = "\(plain)-\(number)"
            number += 1
        }
        return key
    }

    /// Text with the signs that TeX takes for commands written so that they are printed.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&", "%", "$", "#", "_": result += "\\\(character)"
            case "{": result += "\\{"
            case "}": result += "\\}"
            case "\\": result += "\\textbackslash{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case _ where character.isNewline: result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
