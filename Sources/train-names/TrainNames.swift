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
        let lesson = try await Lesson(texts: kit.texts(), slots: slots, minimum: settings.minimum)
        print(lesson.summary)
        var field = NameField(features: lesson.features.count)
        field.train(lesson.examples, rounds: settings.rounds, penalty: settings.penalty, rate: settings.rate)
        let (bytes, leftOut) = NameModel.encoded(
            lineBits: settings.lineBits, pairs: field.pairs.map { whole($0 * settings.unit) }, slots: slots,
            features: field.rows(lesson.features, unit: settings.unit))
        let output = settings.output ?? settings.root + "/Sources/CNameModel/names.model"
        try Data(bytes).write(to: URL(filePath: output))
        print("\(output): \(bytes.count) bytes, \(leftOut) features without room")
        try await Evaluation.run(settings.kit, ResidentModel(Data(bytes)).model)
    }

    private static func whole(_ value: Double) -> Int16 { Int16(max(-30_000, min(30_000, value.rounded()))) }
}
