@testable import CleanStage

extension CodePage {
    /// `text` in this encoding; nil where it lacks one of its characters.
    func encode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let k = scalars.firstIndex(of: scalar) {
                bytes.append(UInt8(128 + k))
            } else {
                return nil
            }
        }
        return bytes
    }

    /// What `bytes` say in this encoding.
    func decode(_ bytes: some Sequence<UInt8>) -> String { String(String.UnicodeScalarView(bytes.map { self[$0] })) }
}
