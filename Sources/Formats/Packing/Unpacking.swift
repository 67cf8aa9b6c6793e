import CZlib
import CZstd
import StageKit

/// Unpacks bytes, up to a limit.
enum Unpacking {
    /// How raw deflated bytes are framed.
    private enum Frame: Int32 {
        /// zlib or gzip, whichever the first bytes show.
        case header = 47
        /// Without a frame, as in ZIP files.
        case raw = -15
    }

    /// The content of a gzip file, all its members.
    static func gzip(_ bytes: [UInt8]) throws(StageFailure) -> [UInt8] {
        try inflate(bytes[...], .header, limit: FormatReader.limit, "gzip")
    }

    /// Deflated bytes without a frame, as in ZIP files.
    static func deflated(_ bytes: ArraySlice<UInt8>, limit: Int) throws(StageFailure) -> [UInt8] {
        try inflate(bytes, .raw, limit: limit, "ZIP")
    }

    private static func inflate(
        _ bytes: ArraySlice<UInt8>, _ frame: Frame, limit: Int, _ name: String
    ) throws(StageFailure) -> [UInt8] {
        var output: [UInt8] = []
        var failure: StageFailure?
        bytes.withUnsafeBufferPointer { input in
            let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
            defer { buffer.deallocate() }
            var offset = 0
            while offset < input.count {
                var stream = z_stream()
                guard inflateInit2_(&stream, frame.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
                else {
                    failure = .damaged(name, "zlib can't be started")
                    return
                }
                defer { inflateEnd(&stream) }
                var code = Z_OK
                let begun = offset
                while code != Z_STREAM_END {
                    let left = min(input.count - offset, 1 << 30)
                    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.advanced(by: offset))
                    stream.avail_in = UInt32(left)
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    code = CZlib.inflate(&stream, Z_NO_FLUSH)
                    offset += left - Int(stream.avail_in)
                    output.append(contentsOf: buffer[..<(buffer.count - Int(stream.avail_out))])
                    guard output.count <= limit else {
                        failure = .tooLarge
                        return
                    }
                    guard code == Z_OK || code == Z_STREAM_END else {
                        // what stands behind the last member, as tape blocks have it, is no part of the file
                        if begun > 0, stream.total_out == 0 { return }
                        let reason = code == Z_BUF_ERROR ? "it ends too early" : "its data are damaged"
                        failure = .damaged(name, reason)
                        return
                    }
                    if code == Z_OK, stream.avail_in == 0, stream.avail_out > 0, offset >= input.count {
                        failure = .damaged(name, "it ends too early")
                        return
                    }
                }
                if frame == .raw { return }
            }
        }
        if let failure { throw failure }
        return output
    }

    /// The content of a Zstandard file, all its frames.
    static func zstandard(_ bytes: [UInt8]) throws(StageFailure) -> [UInt8] {
        guard let stream = ZSTD_createDStream() else { throw .damaged("Zstandard", "zstd can't be started") }
        defer { ZSTD_freeDStream(stream) }
        var output: [UInt8] = []
        var failure: StageFailure?
        bytes.withUnsafeBytes { input in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
            defer { buffer.deallocate() }
            var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
            var expected = 1
            while source.pos < source.size || expected != 0 {
                var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                let before = source.pos
                let code = ZSTD_decompressStream(stream, &target, &source)
                guard ZSTD_isError(code) == 0 else {
                    failure = .damaged("Zstandard", String(cString: ZSTD_getErrorName(code)))
                    return
                }
                output.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<target.pos]))
                guard output.count <= FormatReader.limit else {
                    failure = .tooLarge
                    return
                }
                expected = code
                if source.pos == before, target.pos == 0, expected != 0 {
                    failure = .damaged("Zstandard", "it ends too early")
                    return
                }
            }
        }
        if let failure { throw failure }
        return output
    }
}
