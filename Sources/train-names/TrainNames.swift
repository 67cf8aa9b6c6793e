import CleanStage
import EntityStage
import Foundation
import SegmentStage
import StageKit
import Text

@main
struct TrainNames {
    static func main() async throws {
        let settings = Settings.shared
        if !settings.evaluate.isEmpty {
            let data = try Data(contentsOf: URL(fileURLWithPath: settings.evaluate))
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 64)
            copy.copyBytes(from: data)
            try await Evaluation.run(settings.kit, try NameModel(UnsafeRawBufferPointer(copy)))
            return
        }
        let slots = NameGazetteer.packed(try Kit.words(settings.kit))
        let keep = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: slots.count)
        _ = keep.initialize(from: slots)
        let gazetteer = NameGazetteer(slots: UnsafeBufferPointer(keep))
        let texts = try Kit.texts(settings.kit)
        let layers = try await layered(texts.map(\.bytes))
        var numbers: [UInt64: Int32] = [:]
        var counts: [Int32] = []
        var hashes: [UInt64] = []
        var examples: [NameField.Example] = []
        var lost = 0, named = 0
        for (text, layer) in zip(texts, layers) {
            var used = 0
            for stretch in try NameSample(layer, gazetteer: gazetteer).stretches {
                let (labels, count) = labels(of: stretch.spans, text)
                used += count
                let features = stretch.features.map { atom in
                    atom.map { hash in
                        let next = Int32(hashes.count)
                        let number = numbers[hash, default: next]
                        if number == next {
                            numbers[hash] = next
                            hashes.append(hash)
                            counts.append(0)
                        }
                        counts[Int(number)] += 1
                        return number
                    }
                }
                examples.append(NameField.Example(features: features, labels: labels, weight: text.weight))
            }
            named += text.names.count
            lost += text.names.count - used
        }
        for k in examples.indices {
            examples[k].features = examples[k].features.map { $0.filter { counts[Int($0)] >= settings.minimum } }
        }
        print("\(texts.count) texts, \(examples.count) stretches, \(named) names, \(lost) out of reach, \(hashes.count) features, \(counts.filter { $0 >= settings.minimum }.count) kept")
        var field = NameField(features: hashes.count)
        field.train(
            examples, rounds: settings.rounds, penalty: settings.penalty, rate: settings.rate, dropout: settings.dropout)
        // weights
        let unit = 16.0
        func packed(_ x: Double) -> Int8 { Int8(max(-127, min(127, (x * unit).rounded()))) }
        var rows: [(hash: UInt64, weights: [Int8], size: Double)] = []
        for (k, hash) in hashes.enumerated() where counts[k] >= settings.minimum {
            let own = field.weights[k * 14..<k * 14 + 14]
            let row = own.map(packed)
            if row.contains(where: { $0 != 0 }) { rows.append((hash, row, own.reduce(0) { $0 + $1 * $1 })) }
        }
        rows.sort { ($0.size, $0.hash) > ($1.size, $1.hash) }
        // outside is favoured less than the data would have it
        if let k = hashes.firstIndex(of: NameSample.always) {
            for label in 0..<12 where label % 4 == 0 || label % 4 == 3 { bias(&rows, hashes[k], label, settings.bias * unit) }
        }
        let pairs = field.pairs.map { Int16(max(-30000, min(30000, ($0 * unit).rounded()))) }
        let (bytes, leftOut) = NameModel.encoded(
            lineBits: settings.lineBits, pairs: pairs, slots: slots, features: rows.map { ($0.hash, $0.weights) })
        print("\(rows.count) rows, \(leftOut) left out, \(bytes.count) bytes")
        try Data(bytes).write(to: URL(fileURLWithPath: settings.output))
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
        copy.copyBytes(from: bytes)
        let model = try NameModel(UnsafeRawBufferPointer(copy))
        try await Evaluation.run(settings.kit, model)
    }

    static func bias(_ rows: inout [(hash: UInt64, weights: [Int8], size: Double)], _ hash: UInt64, _ label: Int, _ by: Double) {
        if let row = rows.firstIndex(where: { $0.hash == hash }) { rows[row].weights[label] &+= Int8(by.rounded()) }
    }

    /// The texts, read as they are and cut into sentences and tokens.
    static func layered(_ texts: [[UInt8]]) async throws -> [LayerSet] {
        let steps = try Step.prepare(PlainTextStage.self) + Step.prepare(SegmentStage.self)
        let documents = texts.enumerated().map {
            MemoryRun.Document(DocumentFacts(id: "\($0)", format: .record), source: $1)
        }
        return try await MemoryRun(StepGraph(steps), over: documents, jobs: 2).documents.map(\.layers)
    }

    /// The label of each atom, and how many names they hold.
    static func labels(of spans: [ByteSpan], _ text: MarkedText) -> ([Int], Int) {
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
