/// Text of any origin in a page of the server.
enum HTMLText {
    static func escaped(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output.append(contentsOf: "&amp;".unicodeScalars)
            case "<": output.append(contentsOf: "&lt;".unicodeScalars)
            case ">": output.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": output.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t", "\u{20}"...: output.append(scalar)
            default: output.append("\u{FFFD}")
            }
        }
        return String(output)
    }
}
