import StageKit
import Text

/// Turns drafts into claims: spans instead of words, sources resolved, statements told apart, pieces kept within one
/// stretch of text.
struct Assembler {
    private let reading: Reading
    private var resolver: SourceResolver
    private let speakers: SpeakerCheck
    private let splitter: StatementSplitter
    private let reported: Set<Claim.Kind>
    /// Places at which blocks were taken out of the text.
    private let gaps: [Int]

    /// An assembler for `reading`; claims of the kinds `reported` are marked for reports.
    init(_ reading: Reading, reported: Set<Claim.Kind>) {
        self.reading = reading
        self.reported = reported
        resolver = SourceResolver(reading)
        speakers = SpeakerCheck(reading, NounPhrases(reading))
        splitter = StatementSplitter(reading)
        gaps = reading.blocks.filter { !$0.isKept }.map(\.span.start).sorted()
    }

    /// The claims of a document, by start.
    mutating func claims(of drafts: [Draft]) -> [Claim] {
        var claims: [Claim] = []
        // closures, here and below: the name of a function of a structure would copy the structure
        let sorted = drafts.compactMap { spoken($0) }
            .sorted { ($0.source ?? $0.extent).lowerBound < ($1.source ?? $1.extent).lowerBound }
        // "I" in a quotation may stand before the words that name its speaker
        for draft in sorted where draft.within == nil { noteSpeaker(of: draft) }
        for draft in sorted {
            if let claim = claim(of: draft) { claims.append(claim) }
        }
        let order = claims.indices.sorted { (claims[$0].span, $0) < (claims[$1].span, $1) }
        return Nesting.nested(unique(order.map { claims[$0] }))
    }

    /// Each claim once: rules may find the same words twice. `claims` come by span.
    private func unique(_ claims: [Claim]) -> [Claim] {
        var unique: [Claim] = []
        unique.reserveCapacity(claims.count)
        for claim in claims {
            let isKnown = unique.reversed().prefix { $0.span == claim.span }.contains {
                $0.source == claim.source && $0.cue == claim.cue && $0.content == claim.content
            }
            if !isKnown { unique.append(claim) }
        }
        return unique
    }

    /// The draft with the words that name its source; without any when these name nobody. What is no clause is then said
    /// by nobody: "comments using an app".
    private func spoken(_ draft: Draft) -> Draft? {
        guard let source = draft.source else { return draft }
        var draft = draft
        draft.source = speakers.speaker(source, in: draft.sentence)
        return draft.source == nil && draft.kind != .clause ? nil : draft
    }

    /// The content of a draft without loose marks, and the span of its claim; nil where no words are left, or where a
    /// block was taken out between them.
    private func extent(of draft: Draft) -> (content: [Range<Int>], span: ByteSpan)? {
        let content = draft.content.compactMap { reading.trimmed($0) }
        guard let first = content.first else { return nil }
        var span = content.reduce(reading.span(first)) { $0.union(reading.span($1)) }
        for case let part? in [draft.source, draft.cue] { span = span.union(reading.span(part)) }
        let gap = gaps.firstIndex(sortedAtLeast: span.start + 1)
        guard gap == gaps.count || gaps[gap] >= span.end else { return nil }
        return (content, span)
    }

    /// Notes who speaks in the quotation that a draft outside of quotations gives.
    private mutating func noteSpeaker(of draft: Draft) {
        guard let (content, _) = extent(of: draft), let quotation = quotation(of: content),
            let mention = draft.source.flatMap({ resolver.mention(of: $0, within: nil) })
        else { return }
        resolver.note(speaker: mention, of: quotation)
    }

    private mutating func claim(of draft: Draft) -> Claim? {
        guard let (content, span) = extent(of: draft) else { return nil }
        let mention = draft.source.flatMap {
            resolver.mention(of: $0, within: draft.within)
        }
        let description = mention == nil ? draft.source.flatMap { resolver.description(of: $0) } : nil
        if let mention, let quotation = quotation(of: content) { resolver.note(speaker: mention, of: quotation) }
        let form = form(content, draft)
        let kind = form == .direct ? Claim.Kind.quotation : draft.kind
        let statements = splitter.statements(of: content, sentences: draft.sentence)
        var stance = draft.stance
        if stance == .asserted { stance = ownStance(content, form, statements) }
        return Claim(
            span, kind: kind, voice: draft.isUnattributed ? .unknown : nil, source: draft.source.map(reading.span),
            sourceMention: mention, sourceDescription: description, cue: draft.cue.map(reading.span),
            content: content.map(reading.span), form: form, stance: stance, isReported: reported.contains(kind),
            statements: statements)
    }

    /// How what is said stands to itself, where the attribution only asserts it: a sentence that is a question or begins
    /// with its condition, or, outside of quotation marks, one whose words leave it open.
    private func ownStance(_ content: [Range<Int>], _ form: Claim.Form, _ statements: [Claim.Statement]) -> Claim.Stance
    {
        let words = content.joined().lazy.map { reading.words[$0] }.filter {
            !$0.isPunctuation || $0.mark == UInt8(ascii: "?")
        }
        if words.first?.key == Self.if { return .conditional }
        if content.count == 1, words.last?.mark == UInt8(ascii: "?"),
            words.count(where: { $0.mark == UInt8(ascii: "?") }) == 1
        {
            return .questioned
        }
        return form != .direct && statements.first?.hedged == true ? .hedged : .asserted
    }

    private static let `if` = Folding.key("if")

    private func quotation(of content: [Range<Int>]) -> Int? {
        content.joined().lazy.compactMap { reading.words[$0].quotation }.first
    }

    private func form(_ content: [Range<Int>], _ draft: Draft) -> Claim.Form {
        var inside = 0, outside = 0
        for index in content.joined() where !reading.words[index].isPunctuation {
            if let quotation = reading.words[index].quotation, quotation != draft.within {
                inside += 1
            } else {
                outside += 1
            }
        }
        return inside == 0 ? .indirect : outside == 0 ? .direct : .mixed
    }
}
