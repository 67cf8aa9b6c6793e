import StageKit
import Text

/// Writes the blocks of a document, a line each.
struct BlockWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether there is any text.
    var isEmpty: Bool { bytes.isEmpty }

    /// Adds a block. White space is put together, as in a web page; a block without text is none.
    mutating func add(_ kind: ExtractedSource.Block, _ text: String) {
        var line: [UInt8] = []
        var isParted = false
        for scalar in text.unicodeScalars {
            let isBlank =
                switch scalar.value {
                case 0x09...0x0D, 0x20, 0x85, 0x2028, 0x2029: true
                default: false
                }
            if isBlank {
                isParted = !line.isEmpty
            } else {
                if isParted { line.append(0x20) }
                isParted = false
                line += String(scalar).utf8
            }
        }
        append(kind, line)
    }

    /// Adds a row of a table, with a tab between its cells.
    mutating func add(row cells: [String]) {
        let cells = cells.map { cell in
            cell.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        }
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        append(.table, Array(cells.joined(separator: "\t").utf8))
    }

    private mutating func append(_ kind: ExtractedSource.Block, _ line: [UInt8]) {
        guard !line.isEmpty else { return }
        if !bytes.isEmpty { bytes.append(0x0A) }
        bytes.append(kind.rawValue)
        bytes += line
    }
}
