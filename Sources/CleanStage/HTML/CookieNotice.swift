/// A paragraph in which a page explains its own cookies.
enum CookieNotice {
    static func isNotice(_ bytes: [UInt8]) -> Bool {
        guard (40...1500).contains(bytes.count) else { return false }
        let words = PlainLine.reduced(bytes).split(separator: 0x20)
        let cookies = words.filter { $0.starts(with: "cookie".utf8) }.count
        let site = words.contains { $0.starts(with: "website".utf8) || $0.elementsEqual("site".utf8) }
        return cookies >= 2 && site
    }
}
