import StageKit
import Text

extension [UInt8] {
    /// The bytes of a span with one blank wherever there are blanks or line breaks between words, and none at its ends.
    func evenlySpaced(_ span: ByteSpan) -> [UInt8] {
        Array(self[span.range].split { $0 <= 0x20 }.joined(separator: [0x20]))
    }
}
