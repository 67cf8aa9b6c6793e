import Foundation
import Testing

@testable import PipelineFile

@Suite("Files of the machine are read, or it is said why not")
struct FileAccessTests {
    /// Runs `body` with a folder of its own, which is gone afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path(percentEncoded: false))
    }

    private func problem(_ path: String, limit: Int = 100) -> FileProblem? {
        do throws(FileProblem) {
            _ = try FileAccess.disk.read(path, limit)
            return nil
        } catch {
            return error
        }
    }

    @Test("a file is read whole, up to its limit")
    func reading() throws {
        try withFolder { folder in
            let path = folder + "/a.yaml"
            try Data("a: 1\n".utf8).write(to: URL(filePath: path))
            #expect(try FileAccess.disk.read(path, 5) == Array("a: 1\n".utf8))
            #expect(problem(path, limit: 4) == .tooLarge(size: 5, limit: 4))
            try FileAccess.disk.find(path)
        }
    }

    @Test("a huge file is refused before it is read")
    func huge() throws {
        try withFolder { folder in
            let path = folder + "/huge.yaml"
            try Data().write(to: URL(filePath: path))
            #expect(truncate(path, 1 << 40) == 0)
            #expect(problem(path) == .tooLarge(size: 1 << 40, limit: 100))
        }
    }

    @Test("a missing file, a folder and a link in a circle are told apart")
    func others() throws {
        try withFolder { folder in
            #expect(problem(folder + "/none") == .missing)
            #expect(problem(folder + "/a\0b") == .missing)
            #expect(problem(folder) == .folder)
            #expect(symlink("loop", folder + "/loop") == 0)
            #expect(problem(folder + "/loop") == .unreadable(reason: "its symbolic links form a loop"))
            #expect(
                problem(folder + "/" + String(repeating: "x", count: 300))
                    == .unreadable(reason: "its name is too long"))
        }
    }

    @Test("a pipe is refused without waiting for a writer", .timeLimit(.minutes(1)))
    func pipe() throws {
        try withFolder { folder in
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(problem(folder + "/pipe") == .special)
        }
    }

    @Test("a file without permission to read", .disabled(if: geteuid() == 0, "root may read everything"))
    func permission() throws {
        try withFolder { folder in
            try Data("a".utf8).write(to: URL(filePath: folder + "/a"))
            #expect(chmod(folder + "/a", 0) == 0)
            #expect(problem(folder + "/a") == .unreadable(reason: "permission denied"))
        }
    }
}
