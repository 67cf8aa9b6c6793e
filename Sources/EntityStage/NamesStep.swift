import StageKit
import Text

/// Finds the names, dates and quantities of one document, and how its names are linked.
struct NamesStep: MapStep {
    static let contract = StepContract(
        "tag-entities.names", reads: ["text", "blocks", "sentences", "tokens", "metadata"],
        writes: [Names.name, NameForms.name, NameEvidence.name])

    private let recognizer: any NameRecognizer = RuleRecognizer()

    init(options: OptionReader) throws(OptionProblem) {}

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let text = try input.layer(DocumentText.self).bytes
        let metadata = try input.layer(Metadata.self)
        let tokens = try input.layer(Tokens.self)
        let addresses = zip(tokens.spans, tokens.kinds).filter { $0.1 == .address }.map(\.0)
        let reading = Reading(
            text: text, sentences: try input.layer(Sentences.self).spans, addresses: addresses,
            blocks: try input.layer(Blocks.self).blocks, lexicon: Lexicon.forLanguage(metadata.language))

        let measures = Measures(reading: reading, published: metadata.date).found()
        var taken = [Bool](repeating: false, count: reading.atoms.count)
        for measure in measures { for k in measure.range { taken[k] = true } }
        let names = BracketedNames.corrected(recognizer.names(in: reading, taken: taken), in: reading, taken: taken)
        var forms = DocumentForms(reading: reading, names: names)
        DocumentAliases.apply(to: &forms)

        var mentions = measures.map { (Mention(reading.span($0.range), $0.kind, value: $0.value), nil as FoldKey?) }
        for role in Roles.found(in: &forms) {
            mentions.append((Mention(reading.span(role.range), .role), forms.key(of: role.holder).foldKey))
        }
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            mentions.append((Mention(reading.span(name.range), name.kind), forms.key(of: forms.formOfName[k]).foldKey))
        }
        mentions.sort { $0.0.span.start < $1.0.span.start }
        return StepOutput(
            Names(mentions.map(\.0)), NameForms(mentions.map(\.1)), NameEvidence(FormEvidence.summary(of: forms)))
    }
}
