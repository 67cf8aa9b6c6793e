/// Tells UTF-16 that has no byte order mark.
enum WideText {
    /// The order of its bytes; nil for what is no UTF-16.
    static func order(_ bytes: [UInt8]) -> Encoding? {
        let length = min(bytes.count, 4096) & ~1
        // blanks and ASCII have a zero byte in it
        guard length >= 4, bytes.count % 2 == 0, bytes[..<length].contains(0) else { return nil }
        let units = length / 2
        var zeros = [0, 0]
        var blanks = [0, 0]
        var rows = [Array(repeating: 0, count: 256), Array(repeating: 0, count: 256)]
        for k in stride(from: 0, to: length, by: 2) {
            for side in 0...1 {
                let high = bytes[k + side]
                let low = bytes[k + 1 - side]
                if high == 0 { zeros[side] += 1 }
                if high == 0, low == 0x20 || low == 0x0A || low == 0x0D { blanks[side] += 1 }
                rows[side][Int(high)] += 1
            }
        }
        for side in 0...1 where zeros[1 - side] * 20 < units {
            let order: Encoding = side == 0 ? .utf16BigEndian : .utf16LittleEndian
            // at least two in five units are ASCII
            if zeros[side] * 5 >= units * 2 { return order }
            // or the letters are of one script, with blanks between the words
            let scripts = [0x03...0x03, 0x04...0x05, 0x05...0x06, 0x06...0x07, 0x0E...0x0E, 0x10...0x10, 0xAC...0xD7]
            let most = scripts.map { $0.reduce(0) { $0 + rows[side][$1] } }.max() ?? 0
            if blanks[side] * 20 >= units, (zeros[side] + most) * 10 >= units * 9 { return order }
        }
        return nil
    }
}
