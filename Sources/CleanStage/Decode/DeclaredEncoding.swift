/// What a file says about its own encoding, in a `meta` element or an XML declaration at its head.
enum DeclaredEncoding {
    /// How far into a file a declaration is looked for.
    private static let reach = 4096

    /// The name that `bytes` declare, in small letters; nil where there is none.
    static func label(_ bytes: [UInt8], isPage: Bool) -> String? {
        let head = bytes.prefix(reach).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if head.starts(with: "<?xml".utf8) {
            let end = head.firstIndex(of: UInt8(ascii: ">")) ?? head.count
            if let label = value(of: "encoding", in: head[..<end]) { return label }
        }
        guard isPage else { return nil }
        var k = 0
        while let open = head[k...].firstIndex(of: UInt8(ascii: "<")) {
            k = open + 1
            if head[k...].starts(with: "!--".utf8) {
                k = end(of: Array("-->".utf8), in: head, from: k) ?? head.count
                continue
            }
            guard head[k...].starts(with: "meta".utf8) else { continue }
            let end = head[k...].firstIndex(of: UInt8(ascii: ">")) ?? head.count
            if let label = value(of: "charset", in: head[k..<end]) { return label }
            k = end
        }
        return nil
    }

    private static func end(of mark: [UInt8], in head: [UInt8], from start: Int) -> Int? {
        head.indices.dropFirst(start).first { head[$0...].starts(with: mark) }.map { $0 + mark.count }
    }

    /// What stands behind `name=`, with or without quotes around it.
    private static func value(of name: String, in text: ArraySlice<UInt8>) -> String? {
        for start in text.indices where text[start...].starts(with: name.utf8) {
            var k = start + name.utf8.count
            func skip() { while k < text.endIndex, text[k] <= 0x20 { k += 1 } }
            skip()
            guard k < text.endIndex, text[k] == UInt8(ascii: "=") else { continue }
            k += 1
            skip()
            if k < text.endIndex, text[k] == 0x22 || text[k] == 0x27 { k += 1 }
            skip()
            let label = text[k...].prefix { $0 > 0x20 && !"\"';/>,".utf8.contains($0) }
            if !label.isEmpty { return String(decoding: label, as: UTF8.self) }
        }
        return nil
    }
}
