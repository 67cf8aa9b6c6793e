import StageKit

/// Finds every claim of a document.
struct ClaimFinder {
    /// Which sentences of the author's own are claims.
    var author = AuthorClaims.figures
    /// Claims of which kinds reports show.
    var reported = ReportedKinds.standard

    /// The claims of `reading`, by start.
    func claims(in reading: Reading, _ model: PointerModel) -> [Claim] {
        let finder = SentenceClaims(reading, model)
        var buffer = FeatureBuffer()
        var drafts = reading.sentences.indices.map { finder.drafts(inSentence: $0, &buffer) }
        QuotationClaims(reading).complete(&drafts)
        LabelledSpeech(reading).complete(&drafts)
        let own = author.drafts(reading, besides: drafts)
        var assembler = Assembler(reading, reported: reported)
        return assembler.claims(of: drafts.joined() + own)
    }

    /// The claims of a document that a stage of the user's own gives, with their sources and statements.
    func claims(given claims: [Claim], in reading: Reading) -> [Claim] {
        var completion = GivenClaims(reading, reported: reported)
        return completion.completed(claims)
    }
}
