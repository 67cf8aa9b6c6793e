import CIconv

/// Text in an encoding that its file names: the header of a message, an XML document.
enum EncodedText {
    /// The text of `bytes`; nil where the C library has no encoding of this name. Bytes that stand for nothing become
    /// U+FFFD.
    static func decoded(_ bytes: some Collection<UInt8>, as name: String) -> String? {
        let name = name.lowercased()
        if name == "utf-8" || name == "us-ascii" { return String(decoding: bytes, as: UTF8.self) }
        guard let table = colophon_iconv_open(name) else { return nil }
        defer { colophon_iconv_close(table) }
        var text = String.UnicodeScalarView()
        var read: [UInt32] = [0, 0]
        // most bytes stand for themselves, or always for the same
        var single: [Unicode.Scalar?] = Array(repeating: nil, count: 256)
        let bytes = Array(bytes)
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var at = 0
            while at < bytes.count {
                if let known = single[Int(bytes[at])] {
                    text.append(known)
                    at += 1
                    continue
                }
                var width = 1
                var count = 0
                while width <= min(4, bytes.count - at) {
                    count = colophon_iconv_read(table, base + at, width, &read)
                    if count > 0 { break }
                    width += 1
                }
                for k in 0..<count { text.append(Unicode.Scalar(read[k]) ?? "\u{FFFD}") }
                if width == 1, count == 1 { single[Int(bytes[at])] = Unicode.Scalar(read[0]) }
                if count == 0 { text.append("\u{FFFD}") }
                at += count == 0 ? 1 : width
            }
        }
        return String(text)
    }

    /// The text of `bytes`, which are UTF-8 where they can be, and else in the encoding `name`.
    static func read(_ bytes: some Collection<UInt8>, orAs name: String) -> String {
        String(validating: bytes, as: UTF8.self) ?? decoded(bytes, as: name) ?? String(decoding: bytes, as: UTF8.self)
    }

    /// `bytes` in UTF-8 where a byte order mark says that they are UTF-16; else as they are, without the mark of UTF-8.
    static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for k in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (high, low) = isLittle ? (bytes[k + 1], bytes[k]) : (bytes[k], bytes[k + 1])
            units.append(UInt16(high) << 8 | UInt16(low))
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
