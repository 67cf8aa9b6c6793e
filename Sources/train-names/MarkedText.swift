import Text

/// A text with its names, in bytes.
struct MarkedText {
    enum Kind: Int { case person, organization, place, miscellaneous }

    struct Name {
        var span: ByteSpan
        var kind: Kind
    }

    var bytes: [UInt8]
    var names: [Name]
    /// How much an error in it counts.
    var weight: Double

    /// A row as it is, with the kinds that the tagger knows.
    init(_ row: TrainingRow, weight: Double) {
        var offsets: [Int] = []
        bytes = []
        for scalar in row.text.unicodeScalars {
            offsets.append(bytes.count)
            bytes.append(contentsOf: scalar.utf8)
        }
        offsets.append(bytes.count)
        names = row.mentions.compactMap { mark in
            guard let kind = Self.kinds[mark.type], mark.start < mark.end, mark.end < offsets.count else { return nil }
            return Name(span: ByteSpan(offsets[mark.start], offsets[mark.end]), kind: kind)
        }
        self.weight = weight
    }

    /// A text without anything in it yet.
    init(weight: Double) {
        bytes = []
        names = []
        self.weight = weight
    }

    private static let kinds: [String: Kind] = [
        "person": .person, "organization": .organization, "place": .place, "misc": .miscellaneous,
        "creative-work": .miscellaneous, "product": .miscellaneous,
    ]

    /// The texts one after the other, a line each.
    static func joined(_ texts: [MarkedText]) -> MarkedText {
        var joined = MarkedText(weight: texts.first?.weight ?? 1)
        for text in texts {
            let start = joined.bytes.count
            joined.bytes += text.bytes + [0x0A, 0x0A]
            for name in text.names {
                joined.names.append(
                    Name(span: ByteSpan(name.span.start + start, name.span.end + start), kind: name.kind))
            }
        }
        return joined
    }

    /// Without the blanks that stand between tokens and not in a text: before a full stop, a comma, an ending.
    func withoutTokenBlanks() -> MarkedText {
        var keep = [Bool](repeating: true, count: bytes.count)
        var isOpen = false
        for k in bytes.indices {
            let next = k + 1 < bytes.count ? bytes[k + 1] : 0
            let afterNext = k + 2 < bytes.count ? bytes[k + 2] : 0x20
            if bytes[k] == UInt8(ascii: "\"") {
                if isOpen, k > 0, bytes[k - 1] == 0x20 { keep[k - 1] = false }
                if !isOpen, next == 0x20 { keep[k + 1] = false }
                isOpen.toggle()
                continue
            }
            guard bytes[k] == 0x20 else { continue }
            switch next {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "?"),
                UInt8(ascii: "!"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "%"):
                if afterNext == 0x20 { keep[k] = false }
            case UInt8(ascii: "'"):
                if afterNext != 0x20 { keep[k] = false }
            case UInt8(ascii: "n"):
                if afterNext == UInt8(ascii: "'"), k + 3 < bytes.count, bytes[k + 3] == UInt8(ascii: "t") {
                    keep[k] = false
                }
            default: break
            }
            if k > 0,
                bytes[k - 1] == UInt8(ascii: "(") || bytes[k - 1] == UInt8(ascii: "[")
                    || bytes[k - 1] == UInt8(ascii: "$") || bytes[k - 1] == UInt8(ascii: "#")
            {
                keep[k] = false
            }
        }
        var at = [Int](repeating: 0, count: bytes.count + 1)
        var text = MarkedText(weight: weight)
        for k in bytes.indices {
            at[k] = text.bytes.count
            if keep[k] { text.bytes.append(bytes[k]) }
        }
        at[bytes.count] = text.bytes.count
        text.names = names.map { Name(span: ByteSpan(at[$0.span.start], at[$0.span.end]), kind: $0.kind) }
        return text
    }
}
