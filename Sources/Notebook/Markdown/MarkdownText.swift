import Foundation

/// Text from the corpus made harmless: escaped wherever Markdown, HTML or a notebook would give it meaning.
package enum MarkdownText {
    /// `text` as one line of a paragraph, a heading or a table's cell.
    package static func escaped(_ text: String) -> String {
        // All that is special is ASCII, and so are the letters and digits that are looked at beside it.
        let bytes = oneLine(text)
        func at(_ k: Int) -> Unicode.Scalar { Unicode.Scalar(bytes[k]) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 16)
        for (k, byte) in bytes.enumerated() {
            let scalar = Unicode.Scalar(byte)
            let isSpecial =
                switch scalar {
                case "_":
                    !(k > 0 && k + 1 < bytes.count && at(k - 1).isLetterOrDigit
                        && at(k + 1).isLetterOrDigit)
                case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "$", "{", "}": true
                // an entity
                case "&": k + 1 < bytes.count && (at(k + 1).isLetterOrDigit || at(k + 1) == "#")
                // an address that would become a link, or the name of a picture (`:smile:`)
                case ":":
                    k + 1 < bytes.count && (at(k + 1) == "/" || at(k + 1).isLetter || at(k + 1) == "+")
                case ".": k >= 3 && bytes[k - 3..<k].allSatisfy { $0 | 0x20 == UInt8(ascii: "w") }
                // the beginning of a heading, a list or a line below a heading
                case "#", "+", "-", "=": k == 0
                default: false
                }
            let isListMark =
                (scalar == "." || scalar == ")") && k > 0 && k < 10 && (k + 1 == bytes.count || at(k + 1) == " ")
                && bytes[..<k].allSatisfy { (0x30...0x39).contains($0) }
            if isSpecial || isListMark { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// `text` for the attributes and the text of HTML and SVG.
    static func html(_ text: String) -> String {
        var output: [UInt8] = []
        for byte in oneLine(text) {
            switch Unicode.Scalar(byte) {
            case "&": output.append(contentsOf: "&amp;".utf8)
            case "<": output.append(contentsOf: "&lt;".utf8)
            case ">": output.append(contentsOf: "&gt;".utf8)
            case "\"": output.append(contentsOf: "&quot;".utf8)
            default: output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Markdown of one line without its marks: of emphasis, code and escapes.
    static func plain(_ markdown: String) -> String {
        var output = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in markdown.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            if isEscaped || (scalar != "*" && scalar != "`") { output.append(scalar) }
            isEscaped = false
        }
        return String(output)
    }

    /// A path of the project as the target of a link.
    package static func link(_ path: String) -> String {
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
    private static func oneLine(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{20}"..."\u{7E}": output.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\n", "\r", "\t", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}":
                if output.last != 0x20 { output.append(0x20) }
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
                output.append(contentsOf: "\u{FFFD}".utf8)
            default: output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
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
