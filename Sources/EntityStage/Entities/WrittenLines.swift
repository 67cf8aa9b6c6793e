import StageKit

/// Finds the lines on which the names in a file stand: of a list only the line where it begins is known.
struct WrittenLines {
    private let bytes: [UInt8]
    private var next = 0
    private var line = 1

    /// Looks from the line `first`, counted from 1, on.
    init(_ file: FileValue, from first: Int) {
        bytes = file.bytes
        while line < first, next < bytes.count { step() }
    }

    private mutating func step() {
        if bytes[next] == 0x0A { line += 1 }
        next += 1
    }

    /// The line of `name`, counted from 1: of its next place behind the name asked for before; nil where it is written
    /// in another way.
    mutating func line(of name: String) -> Int? {
        let wanted = Array(name.utf8)
        guard !wanted.isEmpty else { return nil }
        let start = (next, line)
        while next + wanted.count <= bytes.count {
            let end = next + wanted.count
            if bytes[next..<end].elementsEqual(wanted), !isLetter(next - 1), !isLetter(end) {
                next = end
                return line
            }
            step()
        }
        (next, line) = start
        return nil
    }

    private func isLetter(_ k: Int) -> Bool {
        guard bytes.indices.contains(k) else { return false }
        return bytes[k] >= 0x80 || (0x61...0x7A).contains(bytes[k] | 0x20) || (0x30...0x39).contains(bytes[k])
    }
}
