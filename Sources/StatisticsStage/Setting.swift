import StageKit

/// Where and when a document was published, as the tables of statistics tell it.
struct Setting {
    /// The publisher; empty where unknown.
    let publisher: String
    /// `YYYY-MM`; empty where the month is not known.
    let month: String

    init(_ metadata: Metadata) {
        publisher = metadata.publisher ?? ""
        month = Self.month(of: metadata.date ?? "")
    }

    private static func month(of date: String) -> String {
        let bytes = Array(date.utf8.prefix(7))
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return "" }
        for (k, byte) in bytes.enumerated() where k != 4 && byte &- 0x30 > 9 { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
