import CIconv
import Text

/// The header of a message or of a part of one (RFC 5322, RFC 2045, RFC 2047).
struct MailHeader {
    private var fields: [(name: String, value: String)] = []

    /// Reads the header at the beginning of `bytes`, and gives where the body begins.
    init(_ bytes: ArraySlice<UInt8>) {
        var at = bytes.startIndex
        var lines: [[UInt8]] = []
        body = bytes.endIndex
        while at < bytes.endIndex {
            let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
            var line = bytes[at..<end]
            at = min(end + 1, bytes.endIndex)
            if line.last == 0x0D { line.removeLast() }
            if line.isEmpty {
                body = at
                break
            }
            if let first = line.first, first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1] += [0x20] + line.drop { $0 == 0x20 || $0 == 0x09 }
            } else {
                lines.append(Array(line))
            }
        }
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = Self.text(line[(colon + 1)...])
            fields.append((name, value))
        }
    }

    /// Where the body begins.
    private(set) var body: Int

    /// Whether there is any field.
    var isEmpty: Bool { fields.isEmpty }

    /// The first value of a field, without parameters taken apart.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The value of a field before its parameters, in small letters.
    func kind(_ name: String) -> String? {
        self[name].map { $0.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } }
    }

    /// A parameter of a field: `charset` of `content-type`.
    func parameter(_ parameter: String, of name: String) -> String? {
        guard let value = self[name] else { return nil }
        var rest = value.drop { $0 != ";" }
        while !rest.isEmpty {
            rest = rest.drop { $0 == ";" || $0.isWhitespace }
            let key = rest.prefix { $0 != "=" && $0 != ";" }.lowercased().filter { !$0.isWhitespace }
            rest = rest.drop { $0 != "=" && $0 != ";" }
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop { $0.isWhitespace }
            let content: Substring
            if rest.first == "\"" {
                content = rest.dropFirst().prefix { $0 != "\"" }
                rest = rest.dropFirst(content.count + 2)
            } else {
                content = rest.prefix { $0 != ";" && !$0.isWhitespace }
                rest = rest.dropFirst(content.count)
            }
            if key == parameter { return String(content) }
            rest = rest.drop { $0 != ";" }
        }
        return nil
    }

    /// A value with its encoded words read, in one line.
    private static func text(_ raw: ArraySlice<UInt8>) -> String {
        let text =
            String(validating: raw, as: UTF8.self) ?? decoded(Array(raw), "windows-1252")
            ?? String(decoding: raw, as: UTF8.self)
        var result = ""
        var rest = text[...]
        var endsEncoded = false
        while let start = rest.firstRange(of: "=?") {
            let between = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, let end = parts[3].first, end == "=",
                let word = word(String(parts[0]), String(parts[1]), String(parts[2]))
            else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                endsEncoded = false
                continue
            }
            // blanks between two encoded words are not part of the text
            if !endsEncoded || !between.allSatisfy(\.isWhitespace) { result += between }
            result += word
            rest = parts[3].dropFirst()
            endsEncoded = true
        }
        result += rest
        return result.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    }

    private static func word(_ charset: String, _ form: String, _ content: String) -> String? {
        let bytes: [UInt8]
        switch form.lowercased() {
        case "b": bytes = TransferEncoding.base64(Array(content.utf8)[...])
        case "q": bytes = TransferEncoding.quotedPrintable(Array(content.replacing("_", with: " ").utf8)[...])
        default: return nil
        }
        // RFC 2231 puts a language behind the charset
        let name = charset.prefix { $0 != "*" }.lowercased()
        if name == "utf-8" || name == "us-ascii" { return String(decoding: bytes, as: UTF8.self) }
        return decoded(bytes, name)
    }

    /// Text in an encoding of the C library; nil where it has none of this name.
    private static func decoded(_ bytes: [UInt8], _ name: String) -> String? {
        guard let table = colophon_iconv_open(name) else { return nil }
        defer { colophon_iconv_close(table) }
        var text = String.UnicodeScalarView()
        var at = 0
        var read: [UInt32] = [0, 0]
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            while at < bytes.count {
                var width = 1
                var count = 0
                while width <= min(4, bytes.count - at) {
                    count = colophon_iconv_read(table, base + at, width, &read)
                    if count > 0 { break }
                    width += 1
                }
                for k in 0..<count { text.append(Unicode.Scalar(read[k]) ?? "\u{FFFD}") }
                if count == 0 { text.append("\u{FFFD}") }
                at += count == 0 ? 1 : width
            }
        }
        return String(text)
    }
}
