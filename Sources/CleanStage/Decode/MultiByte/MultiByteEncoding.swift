import StageKit

/// An encoding of East Asia, in which most characters take two bytes.
enum MultiByteEncoding: String, CaseIterable, Sendable {
    case gb18030
    case big5
    case shiftJIS = "shift_jis"
    case eucJP = "euc-jp"
    case eucKR = "euc-kr"
    case iso2022JP = "iso-2022-jp"

    /// The name in metadata.
    var name: String { rawValue }

    /// The encoding of a name that a file may declare, in small letters (the labels of the WHATWG's Encoding Standard).
    static func named(_ label: String) -> MultiByteEncoding? {
        switch label {
        case "gb18030", "gbk", "x-gbk", "gb2312", "gb_2312", "gb_2312-80", "gb2312-80", "chinese", "csgb2312",
            "iso-ir-58", "csiso58gb231280", "cp936", "ms936", "windows-936", "euc-cn", "euccn":
            .gb18030
        case "big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950", "ms950", "windows-950": .big5
        case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "csshiftjis", "windows-31j", "cp932", "ms932":
            .shiftJIS
        case "euc-jp", "eucjp", "x-euc-jp", "cseucpkdfmtjapanese", "eucjp-ms", "cp51932": .eucJP
        case "euc-kr", "euckr", "cseuckr", "korean", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601",
            "iso-ir-149", "csksc56011987", "windows-949", "cp949", "uhc", "ms949":
            .eucKR
        case "iso-2022-jp", "csiso2022jp": .iso2022JP
        default: nil
        }
    }

    /// The table of its characters; nil when the C library has none.
    var table: IconvTable? {
        switch self {
        case .gb18030: Self.gb18030Table
        case .big5: Self.big5Table
        case .shiftJIS: Self.shiftJISTable
        case .eucJP, .iso2022JP: Self.eucJPTable
        case .eucKR: Self.eucKRTable
        }
    }

    // by the names that glibc and libiconv have for what browsers read under these labels, the larger sets first
    private static let gb18030Table = IconvTable(["GB18030", "GBK"])
    private static let big5Table = IconvTable(["BIG5-HKSCS", "CP950", "BIG5"])
    private static let shiftJISTable = IconvTable(["CP932", "SHIFT_JIS"])
    private static let eucJPTable = IconvTable(["EUC-JP-MS", "EUC-JP"])
    private static let eucKRTable = IconvTable(["CP949", "EUC-KR"])

    /// The table of its characters; throws when the C library has none.
    func checkedTable() throws(StageFailure) -> IconvTable {
        if let table { return table }
        throw StageFailure(
            "the file is in \(name), for which this system's C library (\(IconvTable.library)) has no table",
            hint: "convert it to UTF-8, or install the tables (Fedora: glibc-gconv-extra)", code: "unknown-encoding")
    }

    /// How the bytes at some place are read.
    enum Unit {
        /// One byte that stands for itself.
        case ascii
        /// One byte for one code point.
        case single(UInt32)
        /// Two bytes for one code point.
        case double(UInt32)
        /// Some bytes for one or two code points.
        case other(width: Int, [UInt32])
        /// A byte that belongs to no character.
        case invalid
        /// The beginning of a character that the file breaks off in.
        case cut
    }

    /// Reads the character at `k`. Not for ISO-2022-JP, whose bytes mean what was said before them.
    func unit(_ bytes: [UInt8], at k: Int, _ table: IconvTable) -> Unit {
        let lead = bytes[k]
        if lead < 0x80 { return .ascii }
        switch self {
        case .shiftJIS where lead >= 0xA1 && lead <= 0xDF: return .single(0xFF61 + UInt32(lead - 0xA1))
        case .eucJP where lead == 0x8E:
            guard k + 1 < bytes.count else { return .cut }
            guard (0xA1...0xDF).contains(bytes[k + 1]) else { return .invalid }
            return .double(0xFF61 + UInt32(bytes[k + 1] - 0xA1))
        case .eucJP where lead == 0x8F: return several(bytes, k, 3, table)
        case .gb18030 where lead == 0x80: return .single(0x20AC)
        case .gb18030 where lead < 0xFF && k + 1 < bytes.count && bytes[k + 1] >= 0x30 && bytes[k + 1] <= 0x39:
            return several(bytes, k, 4, table)
        default: break
        }
        if lead == 0x80 || lead == 0xFF { return .invalid }
        guard k + 1 < bytes.count else { return .cut }
        if let scalar = table.scalar(lead, bytes[k + 1]) { return .double(scalar) }
        if table.isComposed(lead, bytes[k + 1]) { return .other(width: 2, table.scalars(bytes[k..<k + 2])) }
        return .invalid
    }

    private func several(_ bytes: [UInt8], _ k: Int, _ width: Int, _ table: IconvTable) -> Unit {
        guard k + width <= bytes.count else { return .cut }
        let scalars = table.scalars(bytes[k..<k + width])
        return scalars.isEmpty ? .invalid : .other(width: width, scalars)
    }
}
