import Foundation
import StageKit
import TestSupport
import Testing
import Text

@testable import CleanStage

@Suite("Pages of many kinds")
struct PageTests {
    @Test(
        "give their text, and say why the rest is taken out",
        arguments: [
            "amp", "comments", "cookie-wall", "documentation", "forum", "live-blog", "old-tables", "paywall",
            "press-release",
            "related", "several-articles",
        ])
    func page(name: String) async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).html")
        let source = Array(try Data(contentsOf: file))
        let cleaned = try await Cleaned([(name, source)], format: .html)
        #expect(try OriginCheck.problems(cleaned, source: source) == [])
        Golden.expect(try Self.shown(cleaned), matches: "\(name).txt")
    }

    /// Facts, then a line for each block: `+` for one that is text.
    private static func shown(_ cleaned: Cleaned) throws -> String {
        let text = Array(try cleaned.text().utf8)
        let facts = try cleaned.metadata().entries.map { "\($0.key): \($0.value)\n" }
        let blocks = try cleaned.blocks().map { block in
            let words = block.isKept ? UTF8Decoding.string(text, block.span) : block.removedText
            let line = words.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
            return block.isKept ? "+ \(block.kind): \(line)\n" : "- \(block.kind), \(block.reason): \(line)\n"
        }
        return facts.joined() + "\n" + blocks.joined()
    }
}
