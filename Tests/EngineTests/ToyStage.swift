import StageKit
import Store
import Text

/// A stage with a step of every shape, small enough to know by heart what a run has to do.
///
/// `toy.read` gives the text in lower case with one space between words, and refuses one that says REFUSE. `toy.label`
/// gives what the metadata file says of a document. `toy.words` counts documents by word. A word is common when it stands
/// in as many documents as the option `common` says. `toy.marks` lists a document's common words.
enum ToyStage: Stage {
    static let description = StageDescription(
        name: "toy", summary: "For tests.",
        options: [
            OptionDescription(
                "common", .integer(1...99), default: .integer(2), "How many documents make a word common."),
            OptionDescription("read", .string, default: .string(""), "Changes the key of 'toy.read' and nothing else."),
        ])
    static let steps: [StepType] = [
        .map(Read.self), .map(Label.self), .fold(Words.self), .finish(Common.self), .join(Marks.self),
    ]
    static let fingerprint = "1"

    static func words(_ text: [UInt8]) -> [[UInt8]] {
        Set(text.split { $0 == 0x20 || $0 == 0x0A }.map(Array.init)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    struct Read: MapStep {
        static let contract = StepContract("read", reads: [SourceBytes.name], writes: [DocumentText.name])

        init(options: OptionReader) { _ = options.string("read") }

        func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
            let bytes = try input.layer(SourceBytes.self).bytes
            if String(decoding: bytes, as: UTF8.self).contains("REFUSE") {
                throw StageFailure("it says so", code: "refused")
            }
            let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
            return StepOutput(DocumentText(Array(lower.split { $0 == 0x20 || $0 == 0x0A }.joined(separator: [0x20]))))
        }
    }

    struct Label: MapStep {
        static let contract = StepContract(
            "label", reads: [DocumentText.name], writes: ["label"], facts: [.row])

        init(options: OptionReader) {}

        func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
            let row = input.facts.row.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            return StepOutput("label", bytes: Array(row.utf8))
        }
    }

    struct Words: FoldStep {
        static let contract = StepContract("words", reads: [DocumentText.name])

        init(options: OptionReader) {}

        func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
            Summary(words(try input.layer(DocumentText.self).bytes).map { SummaryEntry(FoldKey($0)) })
        }
    }

    struct Common: FinishStep {
        static let contract = StepContract("common", after: "words")
        let least: Int

        init(options: OptionReader) { least = options.integer("common") ?? 2 }

        func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] {
            rows.filter { $0.count() >= least }.map { Decision($0.key, [1]) }
        }
    }

    struct Marks: JoinStep {
        static let contract = StepContract(
            "marks", reads: [DocumentText.name], writes: ["marks"], after: "common")

        init(options: OptionReader) {}

        func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] {
            words(try input.layer(DocumentText.self).bytes).map(FoldKey.init)
        }

        func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
            StepOutput("marks", bytes: Array(decisions.keys.sorted().map(\.bytes).joined(separator: [0x20])))
        }
    }
}
