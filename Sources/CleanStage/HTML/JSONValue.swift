/// A JSON value, read leniently: what a page's own data is written in.
enum JSONValue {
    case string(String)
    case list([JSONValue])
    case object([(key: String, value: JSONValue)])
    case other

    /// The value under `key` of an object.
    subscript(key: String) -> JSONValue? {
        guard case .object(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// A string, or the first of a list, or the name of an object.
    var text: String? {
        switch self {
        case .string(let value): value
        case .list(let values): values.lazy.compactMap(\.text).first
        case .object: self["name"]?.text
        case .other: nil
        }
    }

    /// Every name in a list of strings and objects.
    var names: [String] {
        if case .list(let values) = self { return values.compactMap(\.text) }
        return text.map { [$0] } ?? []
    }

    /// This object and those inside it.
    var objects: [JSONValue] {
        switch self {
        case .list(let values): values.flatMap(\.objects)
        case .object(let entries): [self] + entries.flatMap { $0.value.objects }
        default: []
        }
    }
}

/// Reads JSON.
struct JSONReader {
    private let bytes: [UInt8]
    private var k = 0

    /// The value of `bytes`; nil for what is no JSON.
    static func read(_ bytes: [UInt8]) -> JSONValue? {
        var reader = JSONReader(bytes: bytes)
        return reader.value(depth: 0)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func skip() { while k < bytes.count, bytes[k] <= 0x20 { k += 1 } }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skip()
        guard k < bytes.count, bytes[k] == UInt8(ascii: byte) else { return false }
        k += 1
        return true
    }

    private mutating func value(depth: Int) -> JSONValue? {
        guard depth < 40 else { return nil }
        skip()
        guard k < bytes.count else { return nil }
        switch bytes[k] {
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "["):
            k += 1
            var values: [JSONValue] = []
            while !take("]") {
                guard let value = value(depth: depth + 1) else { return nil }
                values.append(value)
                _ = take(",")
            }
            return .list(values)
        case UInt8(ascii: "{"):
            k += 1
            var entries: [(key: String, value: JSONValue)] = []
            while !take("}") {
                skip()
                guard let key = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
                entries.append((key, value))
                _ = take(",")
            }
            return .object(entries)
        default:
            let start = k
            while k < bytes.count, !",]} \n\r\t".utf8.contains(bytes[k]) { k += 1 }
            return k > start ? .other : nil
        }
    }

    private mutating func string() -> String? {
        guard k < bytes.count, bytes[k] == UInt8(ascii: "\"") else { return nil }
        k += 1
        var result: [UInt8] = []
        while k < bytes.count {
            let byte = bytes[k]
            k += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\"), k < bytes.count else {
                result.append(byte)
                continue
            }
            let escape = bytes[k]
            k += 1
            switch escape {
            case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): result.append(0x20)
            case UInt8(ascii: "b"), UInt8(ascii: "f"): break
            case UInt8(ascii: "u"): result.append(contentsOf: scalar())
            default: result.append(escape)
            }
        }
        return nil
    }

    private mutating func scalar() -> [UInt8] {
        guard var value = unit() else { return [] }
        if value & 0xFC00 == 0xD800, k + 1 < bytes.count, bytes[k] == UInt8(ascii: "\\"),
            bytes[k + 1] == UInt8(ascii: "u")
        {
            k += 2
            if let low = unit(), low & 0xFC00 == 0xDC00 { value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF }
        }
        return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }

    private mutating func unit() -> UInt32? {
        guard k + 4 <= bytes.count else { return nil }
        defer { k += 4 }
        return UInt32(String(decoding: bytes[k..<k + 4], as: UTF8.self), radix: 16)
    }
}
