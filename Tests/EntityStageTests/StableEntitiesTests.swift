import SegmentStage
import StageKit
import TestSupport
import Testing

@testable import EntityStage

/// Entities are a function of the set of documents, and a document touches those that it names and no others.
@Suite("Entities over a corpus")
struct StableEntitiesTests {
    private static let corpus = [
        "a": "The Coastal Watch Forces (CWF) landed. Ada Weir said so. The CWF left with the Danes.",
        "b": "The CWF was silent. Chancellor Weir was not. Denmark and the U.S. waited.",
        "c":
            "The Harbour Guild, also known as the Quay Brigade, met Captain Tomas Holm. Holm went to the United States.",
        "d": "Captain Holm asked the Quay Brigade. The Guild of Tuners (GT) met in Copenhagen, as Ms Ada Weir knew.",
        "e":
            "Professor Ilse Orbel wrote to the GT and to the Danish Harbour Ministry. The Harbour Ministry was silent.",
    ]

    /// Other people, bodies and places.
    private static let elsewhere = [
        "0": "The Central Wine Federation met in Vienna. Rolf Brandt spoke for Austria and for the Vintners.",
        "cc": "The Marsh Office (MO) is in Vienna. Brandt, as its president, asked Wilma Torvald. Torvald said no.",
        "z": "Nobody heard Minister Torvald in Vienna, said the Central Wine Federation. The MO denied it.",
    ]

    private static func run(_ texts: [(String, String)]) async throws -> MemoryRun {
        let steps =
            try Step.prepare(PlainTextStage.self) + Step.prepare(SegmentStage.self) + Step.prepare(EntityStage.self)
        let documents = texts.map { MemoryRun.Document(DocumentFacts(id: $0), source: Array($1.utf8)) }
        return try await MemoryRun(StepGraph(steps), over: documents, jobs: 2)
    }

    private static func sorted(_ texts: [String: String]) -> [(String, String)] {
        texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The mentions of each document, by its id.
    private static func mentions(_ run: MemoryRun) throws -> [String: [Mention]] {
        try Dictionary(
            uniqueKeysWithValues: run.documents.map {
                ($0.facts.id, try $0.layers.value(Mentions.self)?.mentions ?? [])
            })
    }

    private static func decisions(_ run: MemoryRun) -> [FoldKey: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: (run.decisions["tag-entities.entities"] ?? []).map { ($0.key, $0.value) })
    }

    @Test("the order of the documents makes no difference")
    func order() async throws {
        let all = Self.sorted(Self.corpus.merging(Self.elsewhere) { a, _ in a })
        let first = try await Self.run(all)
        let mentions = try Self.mentions(first)
        #expect(mentions.values.contains { $0.contains { $0.entity != nil } })
        var random = SplitMix64(seed: 7)
        for _ in 0..<8 {
            let other = try await Self.run(all.shuffled(using: &random))
            #expect(other.decisions == first.decisions)
            #expect(try Self.mentions(other) == mentions)
        }
    }

    @Test("documents about others change no decision on what a corpus names")
    func elsewhere() async throws {
        let alone = try await Self.run(Self.sorted(Self.corpus))
        let mentions = try Self.mentions(alone)
        let decisions = Self.decisions(alone)
        var texts = Self.corpus
        for (id, text) in Self.sorted(Self.elsewhere) {
            texts[id] = text
            let more = try await Self.run(Self.sorted(texts))
            let all = try Self.mentions(more)
            for (document, own) in mentions { #expect(all[document] == own, "\(document) with \(id)") }
            #expect(Self.decisions(more).filter { decisions[$0.key] != nil } == decisions)
        }
    }

    @Test("a document touches only the entities that it names")
    func touched() async throws {
        for left in Self.corpus.keys.sorted() {
            let before = Self.decisions(try await Self.run(Self.sorted(Self.corpus.filter { $0.key != left })))
            let run = try await Self.run(Self.sorted(Self.corpus))
            let after = Self.decisions(run)
            let named = Set(try Self.mentions(run)[left]?.compactMap(\.entity) ?? [])
            for (key, value) in after where before[key] != value {
                #expect(named.contains(try EntityDecision(encoded: value).entity), "\(left)")
            }
        }
    }

    @Test("a name of the lists gives an id that no other spelling moves")
    func listed() async throws {
        let short = try await Tagged("They went to the U.S. in May.")
        let long = try await Tagged(
            "They went to the U.S. in May.", "The United States of America was far.", "America!")
        #expect(try short.entity("U.S.") == "place:united-states")
        #expect(try long.entity("U.S.") == "place:united-states")
    }
}
