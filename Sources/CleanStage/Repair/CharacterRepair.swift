import Text

/// Repairs that concern single characters: character references, invisible characters, ligatures, normal form.
enum CharacterRepair {
    /// `text` repaired and in NFC; `references` says whether `&amp;` and its like stand for characters.
    static func repaired(_ text: TracedText, references: Bool) -> TracedText {
        guard needsLook(text.bytes) else { return text }
        // what was misread may have been taken apart afterwards: `A` with a tilde over it
        let composed = composed(text)
        var text = Mojibake.repaired(composed)
        if references { text = CharacterReferences.decoded(text) }
        text = invisible(in: text.bytes).applied(to: text)
        return text.bytes == composed.bytes ? text : self.composed(text)
    }

    /// `text` in NFC.
    private static func composed(_ text: TracedText) -> TracedText {
        guard let edits = NFC.edits(in: text.bytes) else { return text }
        var form = TextEdits()
        for edit in edits { form.replace(edit.span, by: edit.replacement) }
        return form.applied(to: text)
    }

    private static func needsLook(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 >= 0x7F || $0 == UInt8(ascii: "&") || ($0 < 0x20 && ($0 < 0x09 || $0 > 0x0D)) }
    }

    /// What is removed or spelled out.
    private static func invisible(in bytes: [UInt8]) -> TextEdits {
        var edits = TextEdits()
        var k = 0
        while k < bytes.count {
            let byte = bytes[k]
            if byte < 0x80 {
                if byte < 0x20 && (byte < 0x09 || byte > 0x0D) || byte == 0x7F {
                    edits.replace(ByteSpan(k, k + 1), by: [])
                }
                k += 1
                continue
            }
            // soft hyphen, and the blocks of zero-width marks, the byte order mark and ligatures
            guard byte == 0xC2 || byte == 0xE2 || byte == 0xEF else {
                k += UTF8Decoding.width(lead: byte)
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
            if let replacement = replacement(of: scalar, in: bytes, at: k, width) {
                edits.replace(ByteSpan(k, k + width), by: Array(replacement.utf8))
            }
            k += width
        }
        return edits
    }

    private static func replacement(
        of scalar: Unicode.Scalar, in bytes: [UInt8], at offset: Int, _ width: Int
    ) -> String? {
        switch scalar.value {
        case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: return ""
        case 0x200C, 0x200D:
            // joiners shape Arabic, Indic scripts and emoji; between Latin letters they say nothing
            let before = offset > 0 ? bytes[offset - 1] : 0x20
            let after = offset + width < bytes.count ? bytes[offset + width] : 0x20
            return before < 0x80 && after < 0x80 ? "" : nil
        case 0xFB00: return "ff"
        case 0xFB01: return "fi"
        case 0xFB02: return "fl"
        case 0xFB03: return "ffi"
        case 0xFB04: return "ffl"
        case 0xFB05, 0xFB06: return "st"
        default: return nil
        }
    }
}
