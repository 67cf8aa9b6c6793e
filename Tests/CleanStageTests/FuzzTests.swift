import Foundation
import StageKit
import TestSupport
import Testing

@testable import CleanStage

/// Random files in random encodings. `COLOPHON_FUZZ_SECONDS` says for how long each format is tried; without it, a
/// number of seeds is, the same in every run.
@Suite("Random files are read without a crash, and every character leads back")
struct FuzzTests {
    @Test("of every format and encoding", arguments: [DocumentFormat.text, .markdown, .html])
    func files(format: DocumentFormat) async throws {
        let seconds = ProcessInfo.processInfo.environment["COLOPHON_FUZZ_SECONDS"].flatMap(Int.init)
        let start = ContinuousClock.now
        var seed: UInt64 = 0
        var bytes = 0
        var slowest = (seconds: 0.0, seed: UInt64(0))
        while seconds.map({ ContinuousClock.now - start < .seconds($0) }) ?? (seed < 25) {
            seed += 1
            let file = Self.file(format, seed)
            bytes += file.count
            let begun = ContinuousClock.now
            try await Self.read(file, format, seed)
            let taken = (ContinuousClock.now - begun) / .seconds(1)
            if taken > slowest.seconds { slowest = (taken, seed) }
        }
        if seconds != nil {
            print("\(format): \(seed) files, \(bytes) bytes, slowest \(slowest.seconds) s (seed \(slowest.seed))")
        }
    }

    /// One file, held to what the stage promises.
    private static func read(_ file: [UInt8], _ format: DocumentFormat, _ seed: UInt64) async throws {
        let cleaned = try await Cleaned([("a", file), ("b", file)], format: format)
        if let failure = cleaned.failure() {
            #expect(
                ["empty-file", "binary-file", "no-text", "unknown-encoding"].contains(failure.code),
                "\(failure) (\(format), seed \(seed))")
            return
        }
        let problems = try OriginCheck.problems(cleaned, source: file)
        #expect(problems.isEmpty, "\(problems.prefix(3)) (\(format), seed \(seed))")
        #expect(try cleaned.text() == cleaned.text(1), "\(format), seed \(seed)")
    }

    private static func file(_ format: DocumentFormat, _ seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        let length = 1 + random.below(random.below(12) == 0 ? 2000 : 150)
        let isPage = format == .html && random.below(5) > 0
        let kinds = HostileText.allCases
        let kind = kinds[random.below(kinds.count)]
        var file = isPage ? HostilePage.make(length, &random) : kind.make(length, &random)
        let text = String(decoding: file, as: UTF8.self)
        switch random.below(8) {
        case 0: file = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case 1: file = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case 2, 3:
            let page = CodePage.known(["windows-1251", "macintosh", "koi8-r", "windows-1254"][random.below(4)])
            file = text.unicodeScalars.flatMap { page.encode(String($0)) ?? [0x3F] }
        case 4: for _ in 0..<10 where !file.isEmpty { file[random.below(file.count)] = UInt8(random.below(256)) }
        case 5: file.removeLast(random.below(file.count + 1))
        case 6: file = CodePage.windows1252.decode(file).utf8.map { $0 }
        default: break
        }
        return file
    }
}
