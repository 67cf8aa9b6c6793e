/// An encoding of one byte a character in which UTF-8 is often read by mistake.
struct OneByteEncoding: Sendable {
    /// The byte of each scalar below U+2700; 0 where there is none.
    private let bytes: [UInt8]
    /// Whether its letters and marks are those of western text, so that a single sequence may speak for itself.
    let isWestern: Bool

    /// The byte of `scalar`; a control of the upper range is the byte of its number.
    func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.value < 0x2700 else { return nil }
        let byte = bytes[Int(scalar.value)]
        return byte == 0 ? nil : byte
    }

    /// Whether `scalar` stands for the first byte of a sequence and `next` for one of the others.
    func mayBegin(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
        guard let lead = byte(scalar), lead >= 0xC2, lead <= 0xF4 else { return false }
        if next == "\u{FFFD}" || (next == " " && isWestern) { return true }
        return byte(next).map { $0 & 0xC0 == 0x80 } ?? false
    }

    /// In the order in which they are tried.
    static let all: [OneByteEncoding] = [
        OneByteEncoding(windows1252: ()),
        OneByteEncoding(high: codePage1250), OneByteEncoding(high: macRoman), OneByteEncoding(high: codePage437),
    ]

    private init(windows1252: Void) {
        var bytes = Array(repeating: UInt8(0), count: 0x2700)
        for byte in UInt8(0x80)...0xFF {
            bytes[Int(byte)] = byte
            bytes[Int(Windows1252.scalar(byte).value)] = byte
        }
        self.bytes = bytes
        isWestern = true
    }

    private init(high: String) {
        var bytes = Array(repeating: UInt8(0), count: 0x2700)
        for (k, scalar) in high.unicodeScalars.enumerated() where k < 128 && scalar.value < 0x2700 {
            bytes[Int(scalar.value)] = UInt8(128 + k)
        }
        self.bytes = bytes
        isWestern = false
    }

    /// Windows-1250; `\u{FFFD}` where a byte has no character.
    private static let codePage1250 =
        "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
        + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    private static let macRoman =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ"
        + "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
    private static let codePage437 =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
        + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}"
}
