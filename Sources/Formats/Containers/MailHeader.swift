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

    /// A parameter of a field: `charset` of `content-type`; also one in pieces or with an encoding (RFC 2231).
    func parameter(_ parameter: String, of name: String) -> String? {
        guard let value = self[name] else { return nil }
        if let whole = Self.parameter(parameter, of: value) { return whole }
        var text: [UInt8] = []
        var charset: Substring?
        for k in 0..<100 {
            let names =
                k == 0
                ? ["\(parameter)*", "\(parameter)*0*", "\(parameter)*0"] : ["\(parameter)*\(k)*", "\(parameter)*\(k)"]
            guard let key = names.first(where: { Self.parameter($0, of: value) != nil }),
                let piece = Self.parameter(key, of: value)
            else { break }
            guard key.hasSuffix("*") else {
                text += piece.utf8
                continue
            }
            let parts = piece.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if k == 0, parts.count == 3 { charset = parts[0] }
            text += TransferEncoding.percents((k == 0 && parts.count == 3 ? parts[2] : piece[...]).utf8)
        }
        guard !text.isEmpty else { return nil }
        return EncodedText.decoded(text, as: charset.map(String.init) ?? "utf-8")
    }

    private static func parameter(_ parameter: String, of value: String) -> String? {
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
        let text = EncodedText.read(raw, orAs: "windows-1252")
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
        return EncodedText.decoded(bytes, as: String(charset.prefix { $0 != "*" }))
    }
}
