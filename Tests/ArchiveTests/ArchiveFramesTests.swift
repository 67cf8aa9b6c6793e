import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Single entries of an archive")
struct ArchiveFramesTests {
    private static let entries = (0..<6).map { k in
        ArchiveWriter.Entry(
            "f\(k)", (0..<300_000 * (k % 3)).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3 &* (k + 1)) })
    }

    private func write() throws -> TemporaryProject {
        let frames = Self.entries.enumerated().flatMap { ArchiveWriter.frame([$1], isPacked: $0 % 2 == 0) }
        return try TemporaryProject(
            bytes: ["a": frames + ArchiveWriter.compressed([UInt8](repeating: 0, count: 1024))])
    }

    @Test("an entry is read without those before it, as an archive read from its beginning has it")
    func entry() throws {
        let folder = try write()
        let reader = try ArchiveReader(path: folder.path("a"))
        let frames = try ArchiveFrames(path: folder.path("a"), count: 6)
        for (k, entry) in Self.entries.enumerated() {
            #expect(try reader.next()?.name == entry.name)
            #expect(try reader.contents(most: .max) == entry.bytes)
            #expect(try frames.entry(inFrame: k, name: entry.name, size: entry.bytes.count) == entry.bytes)
        }
    }

    @Test("an entry of another name or size than is expected is refused, and one that is not there")
    func otherEntry() throws {
        let folder = try write()
        let frames = try ArchiveFrames(path: folder.path("a"), count: 6)
        let size = Self.entries[1].bytes.count
        for (number, name, size) in [
            (1, "f2", size), (1, "f", size), (1, "f1", size + 1), (1, "f1", size - 1), (1, "f1", 0), (1, "f1", -1),
            (0, "f1", size), (6, "f1", size), (-1, "f1", size), (1, "f1", .max), (1, "f1", 1 << 40),
        ] {
            #expect(throws: ArchiveProblem.self) { try frames.entry(inFrame: number, name: name, size: size) }
        }
    }

    @Test("an archive that is cut anywhere, or damaged, gives nothing false")
    func damage() throws {
        let folder = try write()
        let whole = try folder.bytes(of: "a")
        func read() throws -> [[UInt8]] {
            let frames = try ArchiveFrames(path: folder.path("a"), count: 6)
            return try Self.entries.enumerated().map { k, entry in
                try frames.entry(inFrame: k, name: entry.name, size: entry.bytes.count)
            }
        }
        for count in stride(from: 0, to: whole.count - 40, by: 9_973) {
            try folder.write(Array(whole[..<count]), to: "a")
            #expect(throws: ArchiveProblem.self, "cut at \(count)") { try read() }
        }
        for k in Array(0..<64) + Array(stride(from: 64, to: whole.count, by: 9_973)) {
            var bytes = whole
            bytes[k] ^= 0x10
            try folder.write(bytes, to: "a")
            if let found = try? read() { #expect(found == Self.entries.map(\.bytes), "damaged at \(k)") }
        }
        for bytes in [[], Array("no archive".utf8), [UInt8](repeating: 0, count: 5000)] {
            try folder.write(bytes, to: "a")
            #expect(throws: ArchiveProblem.self) { try read() }
        }
    }
}
