/// A line that is one address: of a mailbox, a page or an account.
enum ContactAddress {
    /// Whether `line` has no blank in it and is written as addresses are.
    static func isAddress(_ line: [UInt8]) -> Bool {
        guard (5...120).contains(line.count), !line.contains(0x20), line.contains(UInt8(ascii: ".")) else {
            return false
        }
        if line.contains(UInt8(ascii: "@")) { return true }
        return ["http://", "https://", "www.", "twitter.com/", "facebook.com/"].contains { line.starts(with: $0.utf8) }
    }
}
