import StageKit

/// `link-claims.claims`: the claims of one document, by mention, and the signatures of what they say.
struct FindClaims: MapStep {
    static let contract = StepContract(
        "claims",
        reads: [
            DocumentText.name, Blocks.name, Sentences.name, Tokens.name, Quotations.name, Names.name, Metadata.name,
            References.name,
        ],
        writes: [Attributions.name, StatementSignatures.name], takes: [Claims.name])

    private let finder: ClaimFinder
    private let meaning: SentenceWeights?

    init(options: OptionReader) throws(OptionProblem) {
        meaning = try SentenceWeights(options)
        finder = ClaimFinder(
            author: try AuthorClaims(options: options), reported: try ReportedKinds.kinds(options))
    }

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let given = try input.given(Claims.self)
        // The rules are for English. In another language they would find something, and it would be false.
        let isEnglish = Self.isEnglish(try input.layer(Metadata.self).language)
        guard isEnglish || given != nil else {
            return StepOutput(Attributions([]), StatementSignatures([], day: nil))
        }
        let text = try input.layer(DocumentText.self).bytes
        let reading = Reading(
            text: text, tokens: try input.layer(Tokens.self), sentences: try input.layer(Sentences.self).spans,
            mentions: try input.layer(Names.self).mentions, references: try input.layer(References.self),
            quotations: try input.layer(Quotations.self).quotations, blocks: try input.layer(Blocks.self).blocks)
        let claims: [Claim]
        if let given {
            claims = finder.claims(given: given.claims, in: reading)
        } else {
            claims = try find(in: reading)
        }
        // the comparisons of what is said are for English too
        guard isEnglish else { return StepOutput(Attributions(claims), StatementSignatures([], day: nil)) }
        let references = ClaimReference.of(claims.map(\.span), in: text)
        var signer = Signer(reading)
        let signatures = zip(claims, references).flatMap { signer.signatures(of: $0, $1) }
        let day = try input.layer(Metadata.self).date.flatMap(DaySpan.day) ?? DaySpan.dateline(of: reading)
        let vectors = try meaning.map { weights throws(StageFailure) in
            try weights.vectors(of: signatures, references, claims, in: text)
        }
        return StepOutput(Attributions(claims), StatementSignatures(signatures, day: day, vectors: vectors ?? []))
    }

    private func find(in reading: Reading) throws(StageFailure) -> [Claim] {
        guard let model = PointerModel.embedded else {
            throw StageFailure(
                "the model for claims that this program was built with is damaged",
                hint: "Build colophon anew from a sound copy of its sources: `git checkout Sources/CClaimModel`.",
                code: "damaged-model")
        }
        return finder.claims(in: reading, model)
    }

    /// Whether a document whose metadata give this language is read: one in English, or in a language that nothing tells.
    static func isEnglish(_ language: String?) -> Bool {
        let primary = (language ?? "").lowercased().prefix { $0 != "-" && $0 != "_" }
        return ["", "und", "en", "eng", "english"].contains(String(primary))
    }
}

extension AuthorClaims {
    /// The option `author-claims`.
    static let option = OptionDescription(
        "author-claims", .choice(allCases.map(\.rawValue)), default: .string(AuthorClaims.figures.rawValue),
        "Which sentences without a source are claims of the author: none, those with a figure or a date, or all.")

    init(options: OptionReader) throws(OptionProblem) {
        let name = options.string("author-claims") ?? AuthorClaims.figures.rawValue
        guard let choice = AuthorClaims(rawValue: name) else {
            throw OptionProblem(
                option: "author-claims", "no such choice: '\(name)'", hint: "one of none, figures, all")
        }
        self = choice
    }
}
