import Foundation
import Digests
import StageKit
import Store
import TestSupport
import Testing

@testable import Corpus

@Suite("Reading files whole, in one state, or not at all")
struct FileReadingTests {
    @Test("bytes and digest are those of the file")
    func whole() throws {
        var random = SplitMix64(seed: 7)
        let bytes = random.bytes(700_001)
        let project = try TemporaryProject(bytes: ["a.bin": bytes, "empty.txt": []])
        #expect(try FileReading.bytes(of: project.path("a.bin")) == bytes)
        #expect(try FileReading.digest(of: project.path("a.bin")).digest == ContentDigest(of: bytes))
        #expect(try FileReading.bytes(of: project.path("empty.txt")).isEmpty)
    }

    @Test("what is no file is told, and does not hold the reader up", .timeLimit(.minutes(1)))
    func noFile() throws {
        let project = try TemporaryProject(["folder/a.txt": ""])
        #expect(mkfifo(project.path("fifo.txt"), 0o600) == 0)
        for name in ["folder", "fifo.txt"] {
            #expect(throws: FileReading.Problem.failed("it is not a regular file")) {
                try FileReading.bytes(of: project.path(name))
            }
        }
        #expect(throws: FileReading.Problem.gone) {
            try FileReading.bytes(of: project.path("none.txt"))
        }
    }

    @Test("a file that is written to all the time is read or told as such, and read when it is left alone")
    func unstable() async throws {
        let project = try TemporaryProject(["a.txt": ""])
        let path = project.path("a.txt")
        let writer = Task.detached {
            for turn in 0..<200 where !Task.isCancelled {
                try Data(repeating: 0x30 + UInt8(turn % 10), count: 300_000).write(to: URL(filePath: path))
            }
        }
        for _ in 0..<40 {
            do throws(FileReading.Problem) {
                _ = try FileReading.bytes(of: path)
            } catch {
                #expect(error == .unstable)
            }
        }
        writer.cancel()
        _ = await writer.result
        let bytes = try FileReading.bytes(of: path)
        #expect([0, 300_000].contains(bytes.count) && Set(bytes).count <= 1)
    }
}
