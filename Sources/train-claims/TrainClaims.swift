import ClaimStage
import Foundation

/// Makes `Sources/CClaimModel/claims.model`.
@main
struct TrainClaims {
    static let usage = """
        usage: train-claims [--kit FOLDER] [--output FILE] [--measure]

        Makes the model for claims from FOLDER/data/claims (by default ../shared/eval), the same bytes from the same data.
        With --measure, it leaves out the sentences on which claims are measured, and prints how well it does on these.
        """

    static func main() throws {
        var kit = "../shared/eval", output = "Sources/CClaimModel/claims.model", isMeasured = false
        var rest = CommandLine.arguments.dropFirst()
        while let option = rest.popFirst() {
            switch option {
            case "--kit": kit = rest.popFirst() ?? ""
            case "--output": output = rest.popFirst() ?? ""
            case "--measure": isMeasured = true
            default: stop(usage)
            }
        }
        guard FileManager.default.fileExists(atPath: kit + "/data/claims/attribution-train.jsonl") else {
            stop("there are no sentences to learn from in '\(kit)'; name their folder: make train KIT=…")
        }
        let sentences = try LabelledSentence.all(kit: kit)
        let learnt = isMeasured ? sentences.filter { $0.measured == nil } : sentences
        var lesson = Lesson()
        lesson.train(learnt, rounds: 8)
        let bytes = lesson.bytes
        try Data(bytes).write(to: URL(filePath: output))
        print("\(output): \(bytes.count) bytes from \(learnt.count) sentences")
        if isMeasured { print(Measure(sentences.filter { $0.measured != nil }, bytes).report) }
    }

    private static func stop(_ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(2)
    }
}
