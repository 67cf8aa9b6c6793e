import StageKit
import Text

/// Completes claims that a stage of the user's own gives: it looks up whom their sources mean, tells their statements
/// apart where these are not given, and finds which claim stands in which.
struct GivenClaims {
    private let reading: Reading
    private var resolver: SourceResolver
    private let splitter: StatementSplitter
    private let reported: Set<Claim.Kind>

    /// The completion of claims of `reading`; those of the kinds `reported` are marked for reports.
    init(_ reading: Reading, reported: Set<Claim.Kind>) {
        self.reading = reading
        self.reported = reported
        resolver = SourceResolver(reading)
        splitter = StatementSplitter(reading)
    }

    /// The claims, which come by span, in the same order.
    mutating func completed(_ claims: [Claim]) -> [Claim] {
        var completed = claims
        // words for a source take up those before them, and "I" may stand before the words that name its speaker
        let order = claims.indices.sorted {
            ((claims[$0].source ?? claims[$0].span).start, $0) < ((claims[$1].source ?? claims[$1].span).start, $1)
        }
        for k in order where quotation(around: claims[k]) == nil { noteSpeaker(of: claims[k]) }
        for k in order { completed[k] = complete(claims[k]) }
        return Nesting.nested(completed)
    }

    private mutating func complete(_ claim: Claim) -> Claim {
        var claim = claim
        claim.isReported = reported.contains(claim.kind)
        if let source = claim.source.map(reading.words(in:)), !source.isEmpty {
            claim.sourceMention = resolver.mention(of: source, within: quotation(around: claim))
            if claim.sourceMention == nil { claim.sourceDescription = resolver.description(of: source) }
            if let mention = claim.sourceMention, let quotation = quotation(in: claim) {
                resolver.note(speaker: mention, of: quotation)
            }
        }
        claim.statements = statements(of: claim)
        return claim
    }

    private mutating func noteSpeaker(of claim: Claim) {
        guard let source = claim.source.map(reading.words(in:)), !source.isEmpty, let quotation = quotation(in: claim),
            let mention = resolver.mention(of: source, within: nil)
        else { return }
        resolver.note(speaker: mention, of: quotation)
    }

    /// The quotation inside which somebody is said to say something.
    private func quotation(around claim: Claim) -> Int? {
        (claim.cue ?? claim.source).flatMap { reading.words(in: $0).first }.flatMap { reading.words[$0].quotation }
    }

    /// The quotation that gives what is said.
    private func quotation(in claim: Claim) -> Int? {
        claim.content.lazy.flatMap(reading.words(in:)).compactMap { reading.words[$0].quotation }.first
    }

    /// The statements as they are given, with their figures; those that the words tell apart where there is only one, which
    /// is all of the content.
    private func statements(of claim: Claim) -> [Claim.Statement] {
        let content = claim.content.map(reading.words(in:)).filter { !$0.isEmpty }
        let whole = claim.content.dropFirst().reduce(claim.content.first ?? claim.span) { $0.union($1) }
        if claim.statements.count == 1, claim.statements[0].span == whole {
            let sentence = content.first.map { reading.sentenceIndex(before: $0.lowerBound) } ?? 0
            var split = splitter.statements(of: content, sentences: sentence)
            if claim.negated, !split.isEmpty { split[0].negated = true }
            return split.isEmpty ? claim.statements : split
        }
        return claim.statements.map { statement in
            var statement = statement
            statement.figures = splitter.figures(claim.pieces(of: statement).map(reading.words(in:)))
            return statement
        }
    }
}
