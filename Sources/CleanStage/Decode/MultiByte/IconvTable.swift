import CIconv

/// What the bytes of an encoding stand for, as the tables of the C library's `iconv` have it.
///
/// The characters of two bytes are read once into an array; rarer ones are asked for each time. The library's tables
/// differ from version to version in a few signs, so its name is part of the stage's fingerprint (``library``).
final class IconvTable: Sendable {
    /// The name and version of the library.
    static let library = String(cString: colophon_iconv_library())

    private let name: String
    /// The scalars of two bytes, by the first less 0x81 and the second; 0 where there is none, ``composed`` for two.
    private let double: [UInt32]

    /// Stands in the table for a character that is two code points.
    private static let composed: UInt32 = 0xFFFF_FFFF

    /// The table of the first of `names` that the library has; nil when it has none.
    init?(_ names: [String]) {
        guard let name = names.first(where: { Self.withDescriptor($0) { _ in true } ?? false }) else { return nil }
        self.name = name
        double =
            Self.withDescriptor(name) { descriptor in
                var double = Array(repeating: UInt32(0), count: 126 << 8)
                for lead in UInt8(0x81)...0xFE {
                    for trail in UInt8(0x30)...0xFE {
                        let read = Self.read([lead, trail], descriptor)
                        double[Int(lead - 0x81) << 8 | Int(trail)] = read.count == 2 ? Self.composed : read.first ?? 0
                    }
                }
                return double
            } ?? []
    }

    /// The scalar of two bytes; nil where they stand for none, or for two.
    func scalar(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
        guard lead >= 0x81, lead <= 0xFE, !double.isEmpty else { return nil }
        let value = double[Int(lead - 0x81) << 8 | Int(trail)]
        return value == 0 || value == Self.composed ? nil : value
    }

    /// Whether two bytes stand for two code points.
    func isComposed(_ lead: UInt8, _ trail: UInt8) -> Bool {
        lead >= 0x81 && lead <= 0xFE && !double.isEmpty && double[Int(lead - 0x81) << 8 | Int(trail)] == Self.composed
    }

    /// The scalars of the bytes of one character; empty where they stand for none.
    func scalars(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
        Self.withDescriptor(name) { Self.read(Array(bytes), $0) } ?? []
    }

    private static func withDescriptor<Value>(_ name: String, _ body: (UnsafeMutableRawPointer) -> Value) -> Value? {
        guard let descriptor = colophon_iconv_open(name) else { return nil }
        defer { colophon_iconv_close(descriptor) }
        return body(descriptor)
    }

    private static func read(_ bytes: [UInt8], _ descriptor: UnsafeMutableRawPointer) -> [UInt32] {
        var scalars: [UInt32] = [0, 0]
        let count = bytes.withUnsafeBufferPointer { bytes in
            scalars.withUnsafeMutableBufferPointer {
                colophon_iconv_read(descriptor, bytes.baseAddress, bytes.count, $0.baseAddress)
            }
        }
        return scalars.prefix(count).allSatisfy { Unicode.Scalar($0) != nil } ? Array(scalars.prefix(count)) : []
    }
}
