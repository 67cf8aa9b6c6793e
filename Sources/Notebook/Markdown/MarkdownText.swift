import Foundation

/// Text from the corpus made harmless: escaped wherever Markdown, HTML or a notebook would give it meaning.
enum MarkdownText {
    /// `text` as one line of a paragraph, a heading or a table's cell.
    static func escaped(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        let scalars = Array(oneLine(text))
        for (k, scalar) in scalars.enumerated() {
            let isSpecial =
                switch scalar {
                case "_":
                    !(k > 0 && k + 1 < scalars.count && scalars[k - 1].isLetterOrDigit
                        && scalars[k + 1].isLetterOrDigit)
                case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "$", "{", "}": true
                // an entity
                case "&": k + 1 < scalars.count && (scalars[k + 1].isLetterOrDigit || scalars[k + 1] == "#")
                // an address that would become a link, or the name of a picture (`:smile:`)
                case ":":
                    k + 1 < scalars.count && (scalars[k + 1] == "/" || scalars[k + 1].isLetter || scalars[k + 1] == "+")
                case ".": k >= 3 && scalars[k - 3..<k].allSatisfy { $0 == "w" || $0 == "W" }
                // the beginning of a heading, a list or a line below a heading
                case "#", "+", "-", "=": k == 0
                default: false
                }
            let isListMark =
                (scalar == "." || scalar == ")") && k > 0 && k < 10 && (k + 1 == scalars.count || scalars[k + 1] == " ")
                && scalars[..<k].allSatisfy { ("0"..."9").contains($0) }
            if isSpecial || isListMark { output.append("\\") }
            output.append(scalar)
        }
        return String(output)
    }

    /// `text` for the attributes and the text of HTML and SVG.
    static func html(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in oneLine(text) {
            switch scalar {
            case "&": output.append(contentsOf: "&amp;".unicodeScalars)
            case "<": output.append(contentsOf: "&lt;".unicodeScalars)
            case ">": output.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": output.append(contentsOf: "&quot;".unicodeScalars)
            default: output.append(scalar)
            }
        }
        return String(output)
    }

    /// A path of the project as the target of a link.
    static func link(_ path: String) -> String {
        var output = String.UnicodeScalarView()
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isLetterOrDigit || "/._-~,".unicodeScalars.contains(scalar) {
                output.append(scalar)
            } else {
                output.append(
                    contentsOf: "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])".unicodeScalars)
            }
        }
        return String(output)
    }

    /// A name for a file or an anchor: lower-case letters and digits of ASCII with single hyphens.
    static func slug(_ text: String, longest: Int = 48) -> String {
        var output: [UInt8] = []
        let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).replacing(
            "ı", with: "i")
        for byte in plain.utf8 {
            if Unicode.Scalar(byte).isLetterOrDigit {
                output.append(byte)
            } else if let last = output.last, last != UInt8(ascii: "-") {
                output.append(UInt8(ascii: "-"))
            }
            if output.count == longest { break }
        }
        while output.last == UInt8(ascii: "-") { output.removeLast() }
        return String(decoding: output, as: UTF8.self)
    }

    /// White space of every kind is a space, other control characters U+FFFD.
    private static func oneLine(_ text: String) -> String.UnicodeScalarView {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}":
                if output.last != " " { output.append(" ") }
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": output.append("\u{FFFD}")
            default: output.append(scalar)
            }
        }
        return output
    }

    private static let hexadecimal = Array("0123456789ABCDEF").map(String.init)
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    fileprivate var isLetterOrDigit: Bool { isLetter || ("0"..."9").contains(self) }
}
