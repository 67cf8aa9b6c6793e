import CleanStage
import EntityStage
import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

/// The stage held against what a careful reader marked in the sample corpus. Floors stand a little below what is
/// reached, so that a change that costs claims is seen.
@Suite struct GoldTests {
    /// The run over the corpus, made once for all tests.
    private static let corpus = Task { try await run() }

    private static func run() async throws -> MemoryRun {
        let steps =
            try Step.prepare(CleanStage.self) + Step.prepare(SegmentStage.self) + Step.prepare(EntityStage.self)
            + Step.prepare(ClaimStage.self)
        return try await MemoryRun(StepGraph(steps), over: GoldCorpus.documents(), jobs: 2)
    }

    /// The share of the bytes of either that both have, in per cent.
    private static func overlap(_ a: [ByteSpan], _ b: [ByteSpan]) -> Int {
        let inA = Set(a.flatMap { Array($0.range) }), inB = Set(b.flatMap { Array($0.range) })
        let all = inA.union(inB).count
        return all == 0 ? 0 : 100 * inA.intersection(inB).count / all
    }

    @Test("claims are found where a reader marked them, with their source and stance")
    func claims() async throws {
        let run = try await Self.corpus.value
        let layers = Dictionary(
            run.documents.map { ($0.facts.id, $0.layers) }, uniquingKeysWith: { a, _ in a })
        var contents = Agreement(), sources = Agreement(), stances = Agreement()
        for gold in try GoldCorpus.annotations() {
            let document = try #require(layers[gold["document"]?.text ?? ""])
            let text = try #require(try document.value(DocumentText.self)).bytes
            let claims = try #require(try document.value(Claims.self)).claims
            for item in gold["claims"]?.elements ?? [] {
                let content = (item["content"]?.elements ?? []).compactMap { $0.passage(in: text) }
                contents.marked += 1
                let best = claims.max { Self.overlap($0.content, content) < Self.overlap($1.content, content) }
                guard let best, Self.overlap(best.content, content) >= 50 else { continue }
                contents.right += 1
                stances.marked += 1
                stances.right += best.stance.label == item["stance"]?.text ? 1 : 0
                sources.marked += 1
                switch (item["source"]?.passage(in: text), best.source) {
                case (nil, nil): sources.right += 1
                case (let marked?, let found?) where marked.overlaps(found): sources.right += 1
                default: break
                }
            }
        }
        #expect(contents.recall >= 0.68, "reached 0.697: \(contents)")
        #expect(sources.recall >= 0.95, "reached 0.967: \(sources)")
        #expect(stances.recall >= 0.92, "reached 0.935: \(stances)")
    }

    @Test("claims that only seem to differ are never linked as a dispute")
    func compatible() async throws {
        let documents = try await Self.corpus.value.documents
        for pair in try GoldCorpus.across()["links"]?.elements ?? [] where pair["relation"]?.text == "compatible" {
            let (a, b) = (try #require(pair["a"]), try #require(pair["b"]))
            let from = try #require(documents.first { $0.facts.id == a["document"]?.text })
            let text = try #require(try from.layers.value(DocumentText.self)).bytes
            let words = Array((a["text"]?.text ?? "").utf8)
            let claims = try #require(try from.layers.value(Claims.self)).claims
            let to = try #require(documents.first { $0.facts.id == b["document"]?.text })
            let places = ClaimReference.places(
                of: try #require(try to.layers.value(Claims.self)).claims,
                in: try #require(try to.layers.value(DocumentText.self)).bytes)
            let others = try Self.claims(b, in: documents)
            let disputes = try #require(try from.layers.value(Links.self)).links.filter {
                $0.relation == .disputes && $0.document == b["document"]?.text
                    && places[$0.other].map(others.contains) ?? false
            }
            for link in disputes {
                let content = claims[link.claim].content.flatMap { text[$0.range] }
                #expect(content.firstRange(of: words) == nil, "\(a) is disputed: \(link.reason)")
            }
        }
    }
    /// The documents and claims of a statement that a reader marked.
    private static func claims(_ end: JSONValue, in documents: [MemoryRun.Document]) throws -> Set<Int> {
        guard let document = documents.first(where: { $0.facts.id == end["document"]?.text }) else { return [] }
        let text = try #require(try document.layers.value(DocumentText.self)).bytes
        let claims = try #require(try document.layers.value(Claims.self)).claims
        let words = Array((end["text"]?.text ?? "").utf8)
        guard let range = text.firstRange(of: words) else { return [] }
        let marked = ByteSpan(range.lowerBound, range.upperBound)
        return Set(claims.indices.filter { claims[$0].content.contains { $0.overlaps(marked) } })
    }

    @Test("links are found where a reader marked them")
    func links() async throws {
        let documents = try await Self.corpus.value.documents
        let accepted: [String: Set<Links.Relation>] = [
            "disputes": [.disputes, .updates], "supports": [.supports, .repeats], "repeats": [.repeats, .supports],
        ]
        var found: [String: Agreement] = [:]
        for pair in try GoldCorpus.across()["links"]?.elements ?? [] {
            guard let relation = pair["relation"]?.text, let wanted = accepted[relation] else { continue }
            let (a, b) = (try #require(pair["a"]), try #require(pair["b"]))
            let (one, other) = (try Self.claims(a, in: documents), try Self.claims(b, in: documents))
            let document = try #require(documents.first { $0.facts.id == a["document"]?.text })
            let links = try #require(try document.layers.value(Links.self)).links
            let isFound = links.contains { link in
                guard link.document == b["document"]?.text, one.contains(link.claim), wanted.contains(link.relation),
                    let to = documents.first(where: { $0.facts.id == link.document }),
                    let text = try? to.layers.value(DocumentText.self)?.bytes,
                    let claims = try? to.layers.value(Claims.self)?.claims
                else { return false }
                let places = ClaimReference.places(of: claims, in: text)
                return places[link.other].map(other.contains) ?? false
            }
            found[relation, default: Agreement()].marked += 1
            found[relation, default: Agreement()].right += isFound ? 1 : 0
        }
        #expect(found["repeats"]?.right ?? 0 >= 13, "reached 14 of 17: \(found)")
        #expect(found["disputes"]?.right ?? 0 >= 5, "reached 5 of 17: \(found)")
        #expect(found["supports"]?.right ?? 0 >= 2, "reached 3 of 13: \(found)")
    }
}
