import StageKit
import Text

/// Reads the encodings of East Asia.
struct MultiByteDecoder {
    /// The text.
    private(set) var text = TracedText()
    /// How many bytes belong to no character; a sign for what can't be read stands in the place of each.
    private(set) var invalid = 0
    private let bytes: [UInt8]
    private let encoding: MultiByteEncoding
    private let table: IconvTable

    /// Characters of one form that follow each other.
    private var read: [UInt8] = []
    private var form = Origin.Form.verbatim
    private var start = 0

    /// Short runs keep the way back cheap.
    private static let longest = 200

    init(_ bytes: [UInt8], _ encoding: MultiByteEncoding, _ table: IconvTable) {
        self.bytes = bytes
        self.encoding = encoding
        self.table = table
        text.reserve(bytes.count * 3 / 2)
        if encoding == .iso2022JP { readEscaped() } else { readAll() }
    }

    private mutating func readAll() {
        var k = 0
        while k < bytes.count {
            switch encoding.unit(bytes, at: k, table) {
            case .ascii: k = ascii(k)
            case .single(let scalar): k = add(scalar, k, 1, .oneByteEach)
            case .double(let scalar): k = add(scalar, k, 2, .twoBytesEach)
            case .other(let width, let scalars):
                flush(k)
                let utf8 = scalars.compactMap(Unicode.Scalar.init).flatMap { Array(String($0).utf8) }
                text.append(utf8, from: ByteSpan(k, k + width), .whole)
                k += width
            case .invalid: k = lose(k, k + 1)
            case .cut: k = lose(k, bytes.count)
            }
        }
        flush(k)
    }

    /// Adds a stretch of ASCII without NUL characters, and gives where it ends.
    private mutating func ascii(_ start: Int) -> Int {
        flush(start)
        var k = start
        while k < bytes.count, bytes[k] < 0x80, bytes[k] != 0 { k += 1 }
        text.append(bytes[start..<k], from: ByteSpan(start, k), .verbatim)
        while k < bytes.count, bytes[k] == 0 { k += 1 }
        return k
    }

    private mutating func add(_ scalar: UInt32, _ k: Int, _ width: Int, _ form: Origin.Form) -> Int {
        if form != self.form || read.count >= Self.longest { flush(k) }
        if read.isEmpty { (start, self.form) = (k, form) }
        UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}").map { read.append(contentsOf: $0) }
        return k + width
    }

    private mutating func flush(_ end: Int) {
        text.append(read, from: ByteSpan(start, end), form)
        read.removeAll(keepingCapacity: true)
    }

    private mutating func lose(_ k: Int, _ end: Int) -> Int {
        flush(k)
        invalid += end - k
        text.append("\u{FFFD}".utf8, from: ByteSpan(k, end), .whole)
        return end
    }

    // MARK: - ISO-2022-JP

    private enum Mode { case ascii, roman, katakana, double, supplement }

    private static let escapes: [(bytes: [UInt8], mode: Mode)] = [
        (Array("\u{1B}(B".utf8), .ascii), (Array("\u{1B}(J".utf8), .roman), (Array("\u{1B}(I".utf8), .katakana),
        (Array("\u{1B}$@".utf8), .double), (Array("\u{1B}$B".utf8), .double), (Array("\u{1B}$(D".utf8), .supplement),
    ]

    /// Whether `bytes` are ISO-2022-JP: seven bits, with the sign that characters of two bytes follow.
    static func isEscaped(_ bytes: [UInt8]) -> Bool {
        var k = 0
        while let escape = bytes[k...].firstIndex(of: 0x1B) {
            if bytes[escape...].starts(with: "\u{1B}$B".utf8) || bytes[escape...].starts(with: "\u{1B}$@".utf8) {
                return bytes.allSatisfy { $0 < 0x80 }
            }
            k = escape + 1
        }
        return false
    }

    private mutating func readEscaped() {
        var mode = Mode.ascii
        var k = 0
        while k < bytes.count {
            let byte = bytes[k]
            if byte == 0x1B, let escape = Self.escapes.first(where: { bytes[k...].starts(with: $0.bytes) }) {
                flush(k)
                mode = escape.mode
                k += escape.bytes.count
                continue
            }
            // a line begins as the text does
            if byte == 0x0A || byte == 0x0D { mode = .ascii }
            if byte == 0 {
                flush(k)
                k += 1
                continue
            }
            guard byte > 0x20, byte < 0x7F, mode != .ascii else {
                k = byte < 0x80 ? add(UInt32(byte), k, 1, .oneByteEach) : lose(k, k + 1)
                continue
            }
            switch mode {
            case .roman:
                k = add(byte == 0x5C ? 0xA5 : byte == 0x7E ? 0x203E : UInt32(byte), k, 1, .oneByteEach)
            case .katakana:
                k = byte <= 0x5F ? add(0xFF61 + UInt32(byte - 0x21), k, 1, .oneByteEach) : lose(k, k + 1)
            case .double:
                guard k + 1 < bytes.count else {
                    k = lose(k, bytes.count)
                    continue
                }
                guard let scalar = table.scalar(byte | 0x80, bytes[k + 1] | 0x80) else {
                    k = lose(k, k + 1)
                    continue
                }
                k = add(scalar, k, 2, .twoBytesEach)
            default:
                guard k + 1 < bytes.count,
                    let scalar = table.scalars([0x8F, byte | 0x80, bytes[k + 1] | 0x80]).first
                else {
                    k = lose(k, k + 1)
                    continue
                }
                k = add(scalar, k, 2, .twoBytesEach)
            }
        }
        flush(k)
    }
}
