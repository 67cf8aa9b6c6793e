import Foundation

/// Bytes that stand at a place of an open file.
enum PlacedBytes {
    /// The bytes of `range` of the file that `descriptor` has open; nil where not all of them can be read.
    static func read(_ range: Range<Int>, of descriptor: Int32) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let read = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count,
                    off_t(range.lowerBound + count))
                if read > 0 { count += read } else if read == 0 || errno != EINTR { break }
            }
        }
        return bytes.count == range.count ? bytes : nil
    }
}
