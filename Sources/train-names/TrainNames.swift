import EntityStage
import Foundation
import StageKit

/// Makes `Sources/CNameModel/names.model`.
@main
struct TrainNames {
    static func main() async throws {
        guard let settings = Settings(CommandLine.arguments) else {
            FileHandle.standardError.write(Data((Settings.usage + "\n").utf8))
            exit(2)
        }
        guard FileManager.default.fileExists(atPath: settings.kit + "/data/entities/train.jsonl") else {
            FileHandle.standardError.write(
                Data(
                    "there are no texts to learn from in '\(settings.kit)'; name their folder: make train KIT=…\n".utf8)
            )
            exit(2)
        }
        if let path = settings.evaluate {
            try await Evaluation.run(settings.kit, ResidentModel(Data(contentsOf: URL(filePath: path))).model)
            return
        }
        let kit = Kit(settings: settings)
        let slots = NameGazetteer.packed(try kit.words())
        let clusters = try WordClusters(vectors: settings.vectors, count: settings.clusters)
        let bytes = try await model(of: kit.texts(), slots, clusters, settings)
        let output = settings.output ?? settings.root + "/Sources/CNameModel/names.model"
        try Data(bytes).write(to: URL(filePath: output))
        print("\(output): \(bytes.count) bytes")
        try await Evaluation.run(settings.kit, ResidentModel(Data(bytes)).model)
    }

    private static func model(
        of texts: [MarkedText], _ slots: [UInt16], _ clusters: WordClusters, _ settings: Settings
    ) async throws -> [UInt8] {
        let lesson = try await Lesson(texts: texts, slots: slots, clusters: clusters, minimum: settings.minimum)
        print(lesson.summary)
        var field = NameField(features: lesson.features.count)
        field.train(lesson.examples, rounds: settings.rounds, penalty: settings.penalty, rate: settings.rate)
        let (bytes, leftOut) = NameModel.encoded(
            lineBits: settings.lineBits, pairs: field.pairs.map { whole($0 * settings.unit) }, slots: slots,
            clusters: clusters.slots, coarse: clusters.coarse,
            features: field.rows(lesson.features, unit: settings.unit))
        print("\(leftOut) features without room")
        return bytes
    }

    private static func whole(_ value: Double) -> Int16 { Int16(max(-30_000, min(30_000, value.rounded()))) }
}
