import Results

/// A table as comma-separated values (RFC 4180) in UTF-8: a line of column names, then a line a row.
///
/// Null is an empty field and an empty text is `""`, as PostgreSQL writes them, so that a reader can tell one from the
/// other. Numbers are written in the shortest form that reads back the same.
enum CommaSeparated {
    static func table(_ name: String, of results: ResultsDatabase) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try results.forEachRow(of: name) { row in
            if bytes.isEmpty { line(row.columns.map { .text($0) }, to: &bytes) }
            line(row.values, to: &bytes)
        }
        if bytes.isEmpty { line(try results.columns(of: name).map { .text($0) }, to: &bytes) }
        return bytes
    }

    private static func line(_ values: [ResultsValue], to bytes: inout [UInt8]) {
        for (k, value) in values.enumerated() {
            if k > 0 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .null: break
            case .integer(let number): bytes += String(number).utf8
            case .real(let number): bytes += "\(number)".utf8
            case .text(let text): field(text, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func field(_ text: String, to bytes: inout [UInt8]) {
        let isPlain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
        }
        guard !isPlain || text.isEmpty || text.utf8.first == 0x20 || text.utf8.last == 0x20 else {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
