/// Values in rows as RFC 4180 has them, with any line end, parted by commas or by another sign.
package enum CSV {
    package struct Record: Equatable {
        /// The line on which the record begins, from 1.
        package var line: Int
        package var cells: [String]
        /// The line of a quotation mark that is never closed; such a cell runs to the end of the file.
        package var openQuote: Int?
    }

    /// The records of `bytes`, which have to be valid UTF-8. Blanks at the ends of a cell are no part of it.
    package static func records(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) -> [Record] {
        var records: [Record] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var line = 1
        var first = 1
        var quoted = false
        var quote = 1
        var k = 0

        func take() {
            cells.append(String(decoding: trimmed(cell), as: UTF8.self))
            cell = []
        }
        func end() {
            take()
            records.append(Record(line: first, cells: cells, openQuote: quoted ? quote : nil))
            cells = []
        }
        while k < bytes.count {
            let byte = bytes[k]
            let next = k + 1 < bytes.count ? bytes[k + 1] : 0
            if byte == 0x0A || (byte == 0x0D && next != 0x0A) { line += 1 }
            if quoted {
                if byte == UInt8(ascii: "\""), next == UInt8(ascii: "\"") {
                    cell.append(byte)
                    k += 1
                } else if byte == UInt8(ascii: "\"") {
                    quoted = false
                } else {
                    cell.append(byte)
                }
            } else {
                switch byte {
                case UInt8(ascii: "\"") where cell.allSatisfy(isBlank):
                    cell = []
                    quoted = true
                    quote = line
                case separator: take()
                case 0x0D where next == 0x0A: break
                case 0x0A, 0x0D:
                    end()
                    first = line
                default: cell.append(byte)
                }
            }
            k += 1
        }
        if !cell.isEmpty || !cells.isEmpty || quoted { end() }
        return records
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func trimmed(_ cell: [UInt8]) -> ArraySlice<UInt8> {
        guard let first = cell.firstIndex(where: { !isBlank($0) }), let last = cell.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return cell[first...last]
    }
}
