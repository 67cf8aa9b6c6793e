import Digests
import Foundation
package import StageKit
package import Store

/// Reading files of the corpus: whole, in one state, or not at all.
package enum FileReading {
    /// Why a file is not there to be read.
    package enum Problem: Error, Hashable, Sendable {
        /// There is no such file any more.
        case gone
        /// The system says no.
        case failed(String)
        /// It was written to while it was read, again and again.
        case unstable

        /// As a reason for leaving a document out.
        package var failure: StageFailure {
            switch self {
            case .gone: StageFailure("it can't be read: no such file or directory", code: "unreadable")
            case .failed(let reason): StageFailure("it can't be read: \(reason)", code: "unreadable")
            case .unstable:
                StageFailure(
                    "it changed while it was read", hint: "run again when the file is left alone", code: "unstable")
            }
        }
    }

    private static let tries = 3

    /// The bytes of a file, all of one state: its stamp is the same before and after.
    package static func bytes(of path: String) throws(Problem) -> [UInt8] {
        try stable(path) { (descriptor, size) throws(Problem) in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size + 1)
            try chunks(descriptor) { bytes.append(contentsOf: $0) }
            return bytes
        }.value
    }

    /// The digest of a file's bytes, and the stamp that the file had all the while.
    package static func digest(of path: String) throws(Problem) -> (digest: ContentDigest, stamp: FileStamp) {
        let (digest, stamp) = try stable(path) { (descriptor, _) throws(Problem) in
            var stream = DigestStream()
            try chunks(descriptor) { stream.update($0) }
            return stream.finish()
        }
        return (digest, stamp)
    }

    private static func stable<Value>(
        _ path: String, _ body: (Int32, Int) throws(Problem) -> Value
    ) throws(Problem) -> (value: Value, stamp: FileStamp) {
        for _ in 0..<tries {
            // O_NONBLOCK: a FIFO that has taken the file's place must not hold us up.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                let number = errno
                throw number == ENOENT ? .gone : .failed(FolderWalk.reason(number))
            }
            defer { close(descriptor) }
            var info = stat()
            guard fstat(descriptor, &info) == 0 else { throw .failed(FolderWalk.reason(errno)) }
            guard info.st_mode & S_IFMT == S_IFREG else { throw .failed("it is not a regular file") }
            let before = FileStamp(info)
            let value = try body(descriptor, before.size)
            guard fstat(descriptor, &info) == 0 else { throw .failed(FolderWalk.reason(errno)) }
            if FileStamp(info) == before { return (value, before) }
        }
        throw .unstable
    }

    private static func chunks(
        _ descriptor: Int32, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(Problem) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 {
                body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } else if count == 0 {
                return
            } else if errno != EINTR {
                throw .failed(FolderWalk.reason(errno))
            }
        }
    }
}
