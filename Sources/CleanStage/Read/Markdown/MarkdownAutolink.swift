/// Addresses in angle brackets: `<http://pier.example>`, `<name@pier.example>`.
enum MarkdownAutolink {
    /// The end of an address in angle brackets at `k`.
    static func end(_ bytes: [UInt8], at k: Int) -> Int? {
        let inner = bytes[(k + 1)...].prefix(2000).prefix {
            $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
        }
        guard inner.endIndex < bytes.count, bytes[inner.endIndex] == UInt8(ascii: ">") else { return nil }
        let end = inner.endIndex + 1
        if let colon = inner.firstIndex(of: UInt8(ascii: ":")), (2...32).contains(colon - inner.startIndex),
            inner.first.map({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) == true,
            inner[..<colon].allSatisfy({ isWord($0) || "+.-".utf8.contains($0) })
        {
            return end
        }
        let parts = inner.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            parts[0].allSatisfy({ isWord($0) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains($0) })
        else { return nil }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isSound = labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
        }
        return isSound ? end : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
