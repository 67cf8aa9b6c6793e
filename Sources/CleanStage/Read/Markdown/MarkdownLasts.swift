/// Where signs that end something stand for the last time: nothing that begins behind it ends, which is known without
/// looking for the end again and again.
struct MarkdownLasts {
    private let quote: Int
    private let apostrophe: Int
    private let angle: Int

    init(_ bytes: [UInt8]) {
        quote = bytes.lastIndex(of: UInt8(ascii: "\"")) ?? -1
        apostrophe = bytes.lastIndex(of: UInt8(ascii: "'")) ?? -1
        angle = bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
    }

    /// Whether `sign` stands at `place` or behind it.
    func has(_ sign: UInt8, from place: Int) -> Bool {
        switch sign {
        case UInt8(ascii: "\""): quote >= place
        case UInt8(ascii: "'"): apostrophe >= place
        case UInt8(ascii: ">"): angle >= place
        default: true
        }
    }
}
