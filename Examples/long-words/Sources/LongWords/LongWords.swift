public import ColophonKit

/// `long-words`: the long words of a document, and in how many documents each stands.
public struct LongWords: Stage {
    /// What a pipeline is told about it.
    public static let description = StageDescription(
        name: "long-words", summary: "finds long words, and the documents that have them",
        discussion: "Words of Data/ordinary.txt are left out.",
        options: [OptionDescription("letters", .integer(1...100), default: .integer(10), "How long a word has to be.")])
    /// A map and a fold.
    public static let steps: [StepType] = [.map(FindStep.self), .fold(CountStep.self)]
    /// Made by the build.
    public static let fingerprint = Embedded.fingerprint
}

/// A map: the layers of a document to another layer of it, which becomes the table `long_words`.
struct FindStep: MapStep {
    static let layer: LayerName = "long_words"
    static let contract = StepContract(
        "find", reads: [DocumentText.name, Tokens.name], writes: [layer], publishes: .annotations)

    private let letters: Int
    private let ordinary: Set<String>

    init(options: OptionReader) throws(OptionProblem) {
        letters = options.integer("letters") ?? 10
        ordinary = Set(Embedded.ordinary.description.split(separator: "\n").map(String.init))
    }

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let text = try input.layer(DocumentText.self).bytes
        let tokens = try input.layer(Tokens.self)
        var found: [CustomLayer.Annotation] = []
        for (span, kind) in zip(tokens.spans, tokens.kinds) where kind == .word {
            let word = String(decoding: text[span.range], as: UTF8.self).lowercased()
            guard word.count >= letters, !ordinary.contains(word) else { continue }
            found.append(CustomLayer.Annotation(span, [.init("word", .string(word))]))
        }
        return StepOutput(Self.layer, bytes: CustomLayer(found).encoded)
    }
}

/// A fold: a row for each word of the corpus, with one count a document. After an edit only the rows of the words that
/// came or went are updated.
struct CountStep: FoldStep {
    static let contract = StepContract("count", reads: [FindStep.layer])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let bytes = try input.encoded(FindStep.layer)
        guard let layer = try? CustomLayer(encoded: bytes) else {
            throw StageFailure("the layer '\(FindStep.layer)' can't be read", code: "damaged-layer")
        }
        let words = layer.annotations.flatMap(\.fields).compactMap { field in
            if case .string(let word) = field.value { word } else { nil }
        }
        return Summary(Set(words).sorted().map { SummaryEntry(FoldKey($0)) })
    }
}
