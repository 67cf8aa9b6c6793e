import CleanStage
import EntityStage
import SegmentStage
import StageKit
import Text

/// The texts as the field learns from them: stretches with numbered features and true labels.
struct Lesson {
    private(set) var examples: [NameField.Example] = []
    /// The features that occur often enough, by number.
    private(set) var features: [UInt64] = []
    private(set) var summary = ""

    init(texts: [MarkedText], slots: [UInt16], clusters: WordClusters, minimum: Int) async throws {
        let kept = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: slots.count)
        _ = kept.initialize(from: slots)
        let words = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: clusters.slots.count)
        _ = words.initialize(from: clusters.slots)
        let coarse = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: clusters.coarse.count)
        _ = coarse.initialize(from: clusters.coarse)
        defer {
            kept.deallocate()
            words.deallocate()
            coarse.deallocate()
        }
        let gazetteer = NameGazetteer(slots: UnsafeBufferPointer(kept))
        let nameClusters = NameClusters(slots: UnsafeBufferPointer(words), coarse: UnsafeBufferPointer(coarse))
        var samples: [(NameSample, MarkedText)] = []
        for (text, layers) in zip(texts, try await Self.layers(of: texts.map(\.bytes))) {
            samples.append((try NameSample(layers, gazetteer: gazetteer, clusters: nameClusters), text))
        }
        var counts: [UInt64: Int] = [:]
        for (sample, _) in samples {
            for atom in sample.stretches.lazy.flatMap(\.features) {
                for feature in atom { counts[feature, default: 0] += 1 }
            }
        }
        features = counts.filter { $0.value >= minimum }.keys.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: features.enumerated().map { ($1, Int32($0)) })
        var reached = 0
        for (sample, text) in samples {
            for stretch in sample.stretches {
                let (labels, names) = Self.labels(of: stretch.spans, text)
                reached += names
                examples.append(
                    NameField.Example(
                        features: stretch.features.map { $0.compactMap { numbers[$0] } }, labels: labels,
                        weight: text.weight))
            }
        }
        let names = texts.reduce(0) { $0 + $1.names.count }
        summary =
            "\(texts.count) texts, \(examples.count) stretches, \(names) names, \(names - reached) of them in no stretch; "
            + "\(counts.count) features, \(features.count) kept"
    }

    /// The texts, read as they are and cut into sentences and tokens.
    static func layers(of texts: [[UInt8]]) async throws -> [LayerSet] {
        let steps = try Step.prepare(PlainTextStage.self) + Step.prepare(SegmentStage.self)
        let documents = texts.enumerated().map {
            MemoryRun.Document(DocumentFacts(id: "\($0)", format: .record), source: $1)
        }
        return try await MemoryRun(StepGraph(steps), over: documents, jobs: 2).documents.map(\.layers)
    }

    /// The label of each atom, and how many names they hold.
    private static func labels(of spans: [ByteSpan], _ text: MarkedText) -> (labels: [Int], names: Int) {
        var labels = [Int](repeating: NameLabel.outside, count: spans.count)
        var count = 0
        for name in text.names {
            let inside = spans.indices.filter { spans[$0].overlaps(name.span) }
            guard let first = inside.first, let last = inside.last else { continue }
            for (k, label) in zip(first...last, NameLabel.labels(kind: name.kind.rawValue, length: last - first + 1)) {
                labels[k] = label
            }
            count += 1
        }
        return (labels, count)
    }
}
