/// Unicode's Normalization Form C (UAX #15), over UTF-8.
public enum NFC {
    /// The form of `bytes`, which have to be valid UTF-8; nil when they are in it already.
    public static func normalized(_ bytes: [UInt8]) -> [UInt8]? {
        guard let edits = edits(in: bytes) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        for edit in edits {
            result.append(contentsOf: bytes[at..<edit.span.start])
            result.append(contentsOf: edit.replacement)
            at = edit.span.end
        }
        result.append(contentsOf: bytes[at...])
        return result
    }

    /// Adds the full canonical decomposition of a scalar, its parts in the order in which they stand in it.
    public static func decompose(_ scalar: Unicode.Scalar, into scalars: inout [Unicode.Scalar]) {
        if scalar.value < 0xC0 { scalars.append(scalar) } else { NFCTables.shared.decompose(scalar, into: &scalars) }
    }

    /// The stretches of `bytes` that the form changes, in order, each from a starter to the next; nil for none.
    public static func edits(in bytes: [UInt8]) -> [(span: ByteSpan, replacement: [UInt8])]? {
        var edits: [(span: ByteSpan, replacement: [UInt8])] = []
        var previous = 0
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            // nothing below U+0300 moves; its scalars are one or two bytes, with a lead below 0xCC
            if byte < 0xCC {
                previous = offset
                offset += byte < 0x80 ? 1 : 2
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: offset)
            guard mayMove(scalar) else {
                previous = offset
                offset += width
                continue
            }
            let start = composesBackwards(scalar) ? previous : offset
            var end = offset + width
            while end < bytes.count {
                let (next, width) = UTF8Decoding.scalar(in: bytes, at: end)
                guard composesBackwards(next) else { break }
                end += width
            }
            let form = normalize(bytes[start..<end])
            if !form.elementsEqual(bytes[start..<end]) { edits.append((ByteSpan(start, end), form)) }
            previous = end
            offset = end
        }
        return edits.isEmpty ? nil : edits
    }

    /// Whether a scalar may be changed, or change the one before it.
    private static func mayMove(_ scalar: Unicode.Scalar) -> Bool {
        composesBackwards(scalar) || NFCTables.shared.excluded[scalar.value] != nil
    }

    /// Whether a scalar may join the one before it or change places with it.
    private static func composesBackwards(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        guard value >= 0x300 else { return false }
        if (0x1161...0x11C2).contains(value) { return true }
        // three Tibetan vowels are no marks themselves but fall into marks
        if value == 0xF73 || value == 0xF75 || value == 0xF81 { return true }
        return NFCTables.shared.seconds.contains(value)
            || (isMarkRange(value) && scalar.properties.canonicalCombiningClass != .notReordered)
    }

    /// Leaves out the large blocks without combining marks, whose look-up would cost.
    private static func isMarkRange(_ value: UInt32) -> Bool {
        !((0x370..<0x483).contains(value) || (0x2030..<0x20D0).contains(value) || (0x2100..<0x2CEF).contains(value)
            || (0x3100..<0xA66F).contains(value) || (0xAC00..<0xFB1E).contains(value))
    }

    private static func normalize(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let tables = NFCTables.shared
        var scalars: [Unicode.Scalar] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { tables.decompose(scalar, into: &scalars) }
        order(&scalars)
        return Array(String(String.UnicodeScalarView(tables.compose(scalars))).utf8)
    }

    /// Sorts each stretch of marks by combining class, marks of one class staying in order.
    private static func order(_ scalars: inout [Unicode.Scalar]) {
        var start = 0
        while start < scalars.count {
            guard scalars[start].properties.canonicalCombiningClass != .notReordered else {
                start += 1
                continue
            }
            var end = start
            while end < scalars.count, scalars[end].properties.canonicalCombiningClass != .notReordered { end += 1 }
            let sorted = scalars[start..<end].enumerated().sorted { a, b in
                let (x, y) = (
                    a.element.properties.canonicalCombiningClass, b.element.properties.canonicalCombiningClass
                )
                return x == y ? a.offset < b.offset : x < y
            }
            scalars.replaceSubrange(start..<end, with: sorted.map(\.element))
            start = end
        }
    }
}
