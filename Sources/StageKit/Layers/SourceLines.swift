/// Where the lines of the original file begin, so that a passage can be found in an editor.
public struct SourceLines: Layer {
    /// `lines`
    public static let name: LayerName = "lines"
    /// The byte at which each line begins, the first being 0; ends are LF, CR or CRLF in the file's encoding.
    public let starts: [Int]

    /// Lines that begin at `starts`, in order.
    public init(_ starts: [Int]) { self.starts = starts }

    /// The number of the line, from 1, that holds the byte at `offset` of the original file.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var previous = 0
        writer.write(list: starts) { writer, start in
            writer.write(UInt64(start - previous))
            previous = start
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var previous = 0
        starts = try reader.list { reader throws(LayerError) in
            let (start, overflow) = previous.addingReportingOverflow(Int(truncatingIfNeeded: try reader.unsigned()))
            guard !overflow, start >= previous else { throw LayerError("lines are out of order") }
            previous = start
            return start
        }
    }
}
