/// The header of an entry as POSIX.1-2001 has it ("ustar"), as far as archives of ours use it: regular files alone, with a
/// name of 255 bytes at most (a longer one in an extended header before it), a size, and nothing of who made it when.
enum TarHeader {
    static let block = 512
    /// Sizes from here on do not fit into eleven octal digits.
    static let largest = 1 << 33

    /// A header. `kind` is `0` for a file, `x` for an extended header.
    static func encoded(_ name: [UInt8], size: Int, isExecutable: Bool = false, kind: UInt8 = UInt8(ascii: "0"))
        -> [UInt8]
    {
        var header = [UInt8](repeating: 0, count: block)
        header.replaceSubrange(0..<name.count, with: name)
        put(isExecutable ? 0o755 : 0o644, in: &header, at: 100, digits: 7)
        put(0, in: &header, at: 108, digits: 7)
        put(0, in: &header, at: 116, digits: 7)
        put(size, in: &header, at: 124, digits: 11)
        put(0, in: &header, at: 136, digits: 11)
        header[156] = kind
        header.replaceSubrange(257..<265, with: Array("ustar\u{0}00".utf8))
        for k in 148..<156 { header[k] = UInt8(ascii: " ") }
        put(header.reduce(0) { $0 + Int($1) }, in: &header, at: 148, digits: 6)
        header[154] = 0
        return header
    }

    private static func put(_ value: Int, in header: inout [UInt8], at start: Int, digits: Int) {
        let text = String(value, radix: 8)
        let field = String(repeating: "0", count: max(0, digits - text.count)) + text
        header.replaceSubrange(start..<start + digits, with: Array(field.utf8))
    }

    /// The records of an extended header: each with its own length before it.
    static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
        var length = rest.count + 1
        while "\(length)".utf8.count + rest.count != length { length = "\(length)".utf8.count + rest.count }
        return Array("\(length)".utf8) + rest
    }

    /// What a header says.
    struct Read {
        var name: [UInt8]
        var size: Int
        var isExecutable: Bool
        var kind: UInt8
    }

    /// Reads a header, of which every byte has to be one that archives of ours have.
    static func read(_ header: ArraySlice<UInt8>) throws(ArchiveProblem) -> Read {
        let bytes = Array(header)
        guard Array(bytes[257..<265]) == Array("ustar\u{0}00".utf8) else {
            throw ArchiveProblem("an entry has no header of a tar archive (ustar)")
        }
        var sum = 0
        for (k, byte) in bytes.enumerated() { sum += (148..<156).contains(k) ? 32 : Int(byte) }
        guard let check = octal(bytes[148..<156]), check == sum else {
            throw ArchiveProblem("the header of an entry is damaged")
        }
        guard let size = octal(bytes[124..<136]), let mode = octal(bytes[100..<108]) else {
            throw ArchiveProblem("the header of an entry has no size")
        }
        func text(_ range: Range<Int>) -> [UInt8] { Array(bytes[range].prefix { $0 != 0 }) }
        let prefix = text(345..<500)
        let name = (prefix.isEmpty ? [] : prefix + [UInt8(ascii: "/")]) + text(0..<100)
        guard text(157..<257).isEmpty else { throw ArchiveProblem("the entry \(shown(name)) is a link") }
        return Read(name: name, size: size, isExecutable: mode & 0o100 != 0, kind: bytes[156])
    }

    /// A name as messages have it.
    static func shown(_ name: [UInt8]) -> String {
        let text = String(decoding: name.prefix(200), as: UTF8.self)
        let plain = text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return "'\(plain.joined())\(name.count > 200 ? "…" : "")'"
    }

    /// Octal digits, which a space or a zero byte ends.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard !digits.isEmpty, field[digits.endIndex...].allSatisfy({ $0 == 0 || $0 == UInt8(ascii: " ") }) else {
            return nil
        }
        return digits.reduce(0) { $0 << 3 | Int($1 & 7) }
    }
}
