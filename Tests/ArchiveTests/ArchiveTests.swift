import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Many files in one")
struct ArchiveTests {
    /// An entry as a header and bytes, whatever they say.
    private static func raw(
        _ name: String, _ bytes: [UInt8] = [], size: Int? = nil, kind: Character = "0", link: String = "",
        extended: [UInt8]? = nil
    ) -> [UInt8] {
        var tar: [UInt8] = []
        if let extended {
            tar += TarHeader.encoded(Array("x".utf8), size: extended.count, kind: UInt8(ascii: "x")) + padded(extended)
        }
        var header = TarHeader.encoded(
            Array(name.utf8.prefix(100)), size: size ?? bytes.count, kind: kind.asciiValue ?? 0)
        header.replaceSubrange(157..<157 + link.utf8.count, with: Array(link.utf8))
        for k in 148..<156 { header[k] = UInt8(ascii: " ") }
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        let field = String(repeating: "0", count: 6 - sum.count) + sum
        header.replaceSubrange(148..<154, with: Array(field.utf8))
        header[154] = 0
        return tar + header + padded(bytes)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private static let end = [UInt8](repeating: 0, count: 1024)

    private func archive(_ entries: [[UInt8]], end: [UInt8] = Self.end) throws -> TemporaryProject {
        try TemporaryProject(bytes: ["a": ArchiveWriter.compressed(entries.flatMap { $0 } + end)])
    }

    /// Reads all of an archive, and gives its entries.
    @discardableResult
    private func read(
        _ folder: TemporaryProject, _ bounds: ArchiveBounds = ArchiveBounds()
    ) throws -> [(name: String, bytes: [UInt8])] {
        let reader = try ArchiveReader(path: folder.path("a"), bounds: bounds)
        var entries: [(String, [UInt8])] = []
        while let entry = try reader.next() { entries.append((entry.name, try reader.contents(most: .max))) }
        return entries
    }

    private func write(_ entries: [ArchiveWriter.Entry], portion: Int = 3) throws -> TemporaryProject {
        let folder = try TemporaryProject(["a": ""])
        let descriptor = open(folder.path("a"), O_WRONLY | O_TRUNC)
        defer { close(descriptor) }
        let writer = ArchiveWriter(to: descriptor)
        for start in stride(from: 0, to: entries.count, by: portion) {
            try writer.write(ArchiveWriter.frame(Array(entries[start..<min(start + portion, entries.count)])))
        }
        try writer.finish()
        return folder
    }

    @Test("what is written is read again: names of any length and in any script, files of any size")
    func roundTrip() throws {
        let folders = (0..<8).map { "a folder with a rather long name, number \($0)" }.joined(separator: "/")
        let entries = [
            ArchiveWriter.Entry("a.txt", Array("one\n".utf8)), ArchiveWriter.Entry("empty", []),
            ArchiveWriter.Entry(folders + "/é Σ 船.txt", [UInt8](repeating: 7, count: 512)),
            ArchiveWriter.Entry("large", (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }),
            ArchiveWriter.Entry("tool.sh", Array("#!/bin/sh\n".utf8), isExecutable: true),
            ArchiveWriter.Entry(String(repeating: "n", count: 100), [1]),
            ArchiveWriter.Entry(String(repeating: "m", count: 101), [2]),
        ]
        let folder = try write(entries)
        let found = try read(folder)
        #expect(found.map(\.name) == entries.map(\.name))
        #expect(found.map(\.bytes) == entries.map(\.bytes))
        #expect(try folder.bytes(of: "a") == write(entries).bytes(of: "a"), "the same files give the same bytes")
    }

    @Test(
        "tar and zstd of the system unpack it",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd"), "there is no zstd here"))
    func otherPrograms() throws {
        let long = String(repeating: "long/", count: 30) + "name"
        let folder = try write([
            ArchiveWriter.Entry("a.txt", Array("one\n".utf8)), ArchiveWriter.Entry(long, Array("two".utf8)),
            ArchiveWriter.Entry("tool", [], isExecutable: true),
        ])
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "cd '\(folder.path())' && zstd -qdc a | tar xf -"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try folder.text(of: "a.txt") == "one\n" && folder.text(of: long) == "two")
        #expect(FileManager.default.isExecutableFile(atPath: folder.path("tool")))
    }

    @Test(
        "a name that leads elsewhere, or that some system can't hold, is refused",
        arguments: [
            "/etc/passwd", "../x", "a/../../x", "a/..", "..", ".", "a//b", "./a", "a/./b", "a/", "a\\b", "a\nb",
            "a\u{7F}", "a\u{9B}b", "invoice\u{202E}fdp.exe", "\u{2066}a\u{2069}", "a\u{200B}", "\u{FEFF}a", "\u{AD}a",
            "a\u{2028}b", "CON", "nul.txt", "a/Lpt1", "com³.csv", "aux .txt", "conout$", "a.", "a /b", "b./c",
            "a\u{E0041}",
            String(repeating: "n", count: 300), String(repeating: "n/", count: 2000) + "n",
        ])
    func names(name: String) throws {
        let folder = try archive([Self.raw("x", extended: TarHeader.record("path", Array(name.utf8)))])
        #expect(throws: ArchiveProblem.self) { try read(folder) }
        if name.utf8.count < 100 {
            let plain = try archive([Self.raw(name)])
            #expect(throws: ArchiveProblem.self) { try read(plain) }
        }
    }

    @Test(
        "links, devices, pipes and folders are refused",
        arguments: ["1", "2", "3", "4", "5", "6", "7", "g", "S", "L", "K"])
    func kinds(kind: String) throws {
        let link = "12".contains(kind) ? "/etc/passwd" : ""
        let folder = try archive([Self.raw("x", kind: Character(kind), link: link)])
        #expect(throws: ArchiveProblem.self) { try read(folder) }
    }

    @Test("a file with the target of a link is refused")
    func hiddenLink() throws {
        #expect(throws: ArchiveProblem.self) { try read(archive([Self.raw("x", link: "/etc/passwd")])) }
    }

    @Test(
        "two names for one place are refused: twice, by case, by composition, as file and folder",
        arguments: [
            ["a", "a"], ["a.txt", "A.txt"], ["ordner/é", "ordner/e\u{301}"], ["a/b", "a"], ["a", "a/b"],
            ["A/b", "a/c"], ["Σ", "σ"], ["straße", "STRASSE"], ["\u{FB01}", "FI"], ["ẞ", "ss"],
            ["İstanbul", "istanbul"],
            ["ılık", "ILIK"], ["ſ", "S"], ["ς", "Σ"], ["\u{212A}", "k"], ["ŉ", "ʼN"], ["\u{1E9E}x/a", "SSX/b"],
            ["می\u{200C}خواهم", "میخواهم"],
        ])
    func collisions(names: [String]) throws {
        let folder = try archive(names.map { Self.raw("x", extended: TarHeader.record("path", Array($0.utf8))) })
        #expect(throws: ArchiveProblem.self) { try read(folder) }
    }

    @Test("names that only look alike are fine, and so are words that joiners stand in")
    func noCollision() throws {
        let names = [
            "a", "ab", "a b", "b/a", "b/b", "c/a", "console.txt", "com10", "lpt", "con-a.txt", "nulls", ".a", " a",
            "می\u{200C}خواهم", "o", "ö", "ø", "ss", "ß1",
        ]
        #expect(try read(archive(names.map { Self.raw($0) })).count == names.count)
    }

    @Test("an archive that is cut anywhere, or damaged, is refused")
    func damage() throws {
        let folder = try write((0..<20).map { ArchiveWriter.Entry("f\($0)", Array("text \($0)\n".utf8)) })
        let whole = try folder.bytes(of: "a")
        for count in stride(from: 0, to: whole.count, by: 7) {
            try folder.write(Array(whole[..<count]), to: "a")
            #expect(throws: ArchiveProblem.self, "cut at \(count)") { try read(folder) }
        }
        var untold = 0
        for k in stride(from: 0, to: whole.count, by: 5) {
            var bytes = whole
            bytes[k] ^= 0x10
            try folder.write(bytes, to: "a")
            // A bit of a frame's header that nothing reads changes nothing.
            if let found = try? read(folder) {
                untold += 1
                #expect(found.count == 20 && found[3].bytes == Array("text 3\n".utf8))
            }
        }
        #expect(untold < 10)
    }

    @Test("a size that lies, an end that is none, and what stands behind the end are refused")
    func sizes() throws {
        for entries in [
            [Self.raw("a", [1, 2, 3], size: 5000)], [Self.raw("a", [UInt8](repeating: 1, count: 600), size: 100)],
            [Self.raw("a", extended: TarHeader.record("size", Array("-1".utf8)))],
            [Self.raw("a", extended: TarHeader.record("size", Array("99999999999999999999".utf8)))],
            [Self.raw("a", extended: TarHeader.record("size", Array("4611686018427387904".utf8)))],
            [Self.raw("a", extended: TarHeader.record("linkpath", Array("/etc".utf8)))],
            [Self.raw("a", extended: Array("99 path=b\n".utf8))], [Self.raw("a", extended: Array("x".utf8))],
            [Self.raw("a"), Self.end, Self.raw("b")],
        ] { #expect(throws: ArchiveProblem.self) { try read(archive(entries)) } }
        #expect(throws: ArchiveProblem.self) { try read(archive([Self.raw("a")], end: [])) }
        for bytes in [[], Array("no archive".utf8), [UInt8](repeating: 0, count: 5000)] {
            #expect(throws: ArchiveProblem.self) { try read(TemporaryProject(bytes: ["a": bytes])) }
        }
    }

    @Test("an archive that unpacks to more than the bounds allow is refused before it has done so")
    func bombs() throws {
        let zeros = try write([ArchiveWriter.Entry("zeros", [UInt8](repeating: 0, count: 100 << 20))])
        #expect(throws: ArchiveProblem.self) { try read(zeros) }
        #expect(try read(zeros, ArchiveBounds(ratio: 1 << 40)).count == 1)
        #expect(throws: ArchiveProblem.self) { try read(zeros, ArchiveBounds(total: 1 << 20, ratio: 1 << 40)) }
        let many = try write((0..<50).map { ArchiveWriter.Entry("f\($0)", []) })
        #expect(throws: ArchiveProblem.self) { try read(many, ArchiveBounds(entries: 49)) }
        #expect(try read(many, ArchiveBounds(entries: 50)).count == 50)
    }
}
