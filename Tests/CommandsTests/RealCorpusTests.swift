import Foundation
import TestSupport
import Testing

@testable import Commands

/// Articles as they were saved from the web. They are not ours to copy, so they stand beside the project, not in it, and
/// these tests run only where somebody has put them there.
private enum RealCorpus {
    /// The folder `shared/corpus` beside the project's folder, or one folder above.
    static let folder: URL? = {
        var place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        for _ in 0..<2 {
            place.deleteLastPathComponent()
            let folder = place.appending(path: "shared/corpus")
            if FileManager.default.fileExists(atPath: folder.path) { return folder }
        }
        return nil
    }()

    /// A project with a copy of the articles, run once for all tests.
    static let project = Task<SampleProject, any Error> {
        let project = try SampleProject([:])
        let source = folder?.path ?? ""
        for name in try FileManager.default.contentsOfDirectory(atPath: source) where name.hasSuffix(".txt") {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(source)/\(name)")))
            try project.folder.write(bytes, to: "corpus/\(name)")
        }
        await project.run()
        return project
    }
}

@Suite(
    "Articles as they were saved from the web",
    .enabled(if: RealCorpus.folder != nil, "the folder shared/corpus is not beside the project: put the articles there")
)
struct RealCorpusTests {
    /// The entities, by the aliases that are written so.
    private func entities(_ aliases: [String]) async throws -> Set<String> {
        let project = try await RealCorpus.project.value
        var found: Set<String> = []
        for alias in aliases {
            let rows = try project.query("SELECT DISTINCT entity FROM aliases WHERE alias = '\(alias)'")
            #expect(!rows.isEmpty, "'\(alias)' is no alias of any entity")
            found.formUnion(rows.map { $0[0] })
        }
        return found
    }

    @Test("a group and an agency under several names are one entity each")
    func oneEntity() async throws {
        #expect(try await entities(["ISIS", "Daesh", "Isil", "Islamic State"]).count == 1)
        #expect(try await entities(["MİT", "MIT"]).count == 1)
    }

    @Test(
        "no plea for money, comment form or picture credit reaches a sentence or a claim",
        arguments: [
            "Featured image via", "donat", "Support us", "Post a Comment", "may post a comment", "Comments are closed",
        ])
    func furniture(phrase: String) async throws {
        let project = try await RealCorpus.project.value
        let sentences = """
            SELECT substr(d.text, s.start + 1, s."end" - s.start) AS passage FROM sentences s JOIN documents d USING (document)
            """
        #expect(try project.query(sentences).count > 100)
        #expect(
            try project.query("SELECT document FROM documents").contains { document in
                String(decoding: try project.folder.bytes(of: document[0]), as: UTF8.self).contains(phrase)
            }, "no article has it")
        #expect(try project.query("SELECT * FROM (\(sentences)) WHERE passage GLOB '*\(phrase)*'").isEmpty)
        #expect(try project.query("SELECT text FROM claims WHERE text GLOB '*\(phrase)*'").isEmpty)
    }

    @Test("a block quotation behind a colon is a claim of who was named before it")
    func blockQuotation() async throws {
        let project = try await RealCorpus.project.value
        let claims = try project.query(
            """
            SELECT c.source, c.form FROM claims c JOIN documents d USING (document)
            WHERE instr(d.text, 'told Newsweek:') > 0 AND c.form = 'direct'
              AND c."end" > instr(d.text, 'told Newsweek:') + 14 AND c.start <= instr(d.text, 'told Newsweek:') + 20
            """)
        #expect(!claims.isEmpty)
        for claim in claims { #expect(!claim[0].isEmpty, "the claim has no speaker") }
    }

    @Test("a range is one quantity with both bounds")
    func range() async throws {
        let project = try await RealCorpus.project.value
        let quantities = try project.query(
            """
            SELECT q.lower, q.upper, m.text FROM quantities q JOIN mentions m USING (mention)
            WHERE m.text LIKE '%5,000%' OR m.text LIKE '%8,000%'
            """)
        #expect(quantities.contains { Double($0[0]) == 5000 && Double($0[1]) == 8000 }, "\(quantities)")
        #expect(quantities.allSatisfy { Double($0[0]) == 5000 && Double($0[1]) == 8000 }, "\(quantities)")
    }

    @Test("a date of last year is counted from the day of the article")
    func lastYear() async throws {
        let project = try await RealCorpus.project.value
        let dates = try project.query(
            """
            SELECT DISTINCT t.value FROM dates t JOIN mentions m USING (mention) JOIN documents d USING (document)
            WHERE d.date = '2026-01-19' AND m.text LIKE 'December 29%'
            """)
        #expect(dates == [["2025-12-29"]])
    }

    @Test("the passage of every claim, cut from the file by its bytes, is what is shown but for white space")
    func passages() async throws {
        let project = try await RealCorpus.project.value
        let claims = try project.query("SELECT document, source_start, source_end, text FROM claims")
        #expect(claims.count > 20)
        for claim in claims {
            let bytes = try project.folder.bytes(of: claim[0])
            let start = try #require(Int(claim[1]))
            let end = try #require(Int(claim[2]))
            try #require(0 <= start && start < end && end <= bytes.count)
            let cut = String(decoding: bytes[start..<end], as: UTF8.self)
            #expect(
                cut.split(whereSeparator: \.isWhitespace) == claim[3].split(whereSeparator: \.isWhitespace),
                "\(claim[0]), bytes \(start) to \(end)")
        }
    }
}
