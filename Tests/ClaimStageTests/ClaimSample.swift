import ClaimStage
import EntityStage
import SegmentStage
import StageKit
import TestSupport
import Text

/// Runs the stages over small texts and shows claims as a reader would note them.
struct ClaimSample {
    let run: MemoryRun

    /// The run over documents whose ids are given with their texts.
    init(
        _ texts: [(id: String, text: String)], authorClaims: String = "none", language: String? = nil,
        options: [String: OptionValue] = [:]
    ) async throws {
        let row = language.map { [MetadataField("language", $0)] } ?? []
        var steps = try Step.prepare(PlainTextStage.self)
        for stage in [SegmentStage.self, EntityStage.self] as [any Stage.Type] { steps += try Step.prepare(stage) }
        steps += try Step.prepare(
            ClaimStage.self, options: options.merging(["author-claims": .string(authorClaims)]) { $1 })
        run = try await MemoryRun(
            StepGraph(steps),
            over: texts.map { MemoryRun.Document(DocumentFacts(id: $0.id, row: row), source: Array($0.text.utf8)) })
    }

    /// The claims of one text.
    static func claims(
        _ text: String, authorClaims: String = "none", language: String? = nil
    ) async throws -> [ShownClaim] {
        try await ClaimSample([("a.txt", text)], authorClaims: authorClaims, language: language).claims(of: "a.txt")
    }

    /// The claims of a document.
    func claims(of id: String) throws -> [ShownClaim] {
        guard let document = run.documents.first(where: { $0.facts.id == id }) else { return [] }
        let text = try document.layers.value(DocumentText.self)?.bytes ?? []
        let mentions = try document.layers.value(Mentions.self)?.mentions ?? []
        let show = { (span: ByteSpan?) in span.map { UTF8Decoding.string(text, $0) } }
        return try (document.layers.value(Claims.self)?.claims ?? []).map { claim in
            ShownClaim(
                source: show(claim.source), cue: show(claim.cue), content: claim.content.compactMap(show),
                meant: show(claim.sourceMention.flatMap { mentions.indices.contains($0) ? mentions[$0].span : nil }),
                form: claim.form, stance: claim.stance, isNegated: claim.negated, passage: show(claim.span) ?? "",
                description: claim.sourceDescription, kind: claim.kind, voice: claim.voice, within: claim.within,
                statements: claim.statements.map { statement in
                    ShownClaim.Statement(
                        words: claim.pieces(of: statement).compactMap(show).joined(separator: " … "),
                        isNegated: statement.negated, isHedged: statement.hedged,
                        figures: statement.figures.compactMap { show(mentions[$0].span) })
                })
        }
    }

    /// The links of a document as `relation other-document reason`.
    func links(of id: String) throws -> [String] {
        guard let document = run.documents.first(where: { $0.facts.id == id }) else { return [] }
        return try (document.layers.value(Links.self)?.links ?? []).map {
            "\($0.relation.label) \($0.document): \($0.reason)"
        }
    }
}

/// A claim in words.
struct ShownClaim {
    var source: String?
    var cue: String?
    var content: [String]
    /// The mention that the source means.
    var meant: String?
    var form: Claim.Form
    var stance: Claim.Stance
    var isNegated: Bool
    var passage: String
    /// The words by which the document means a source without a name.
    var description: Claim.Description?
    var kind: Claim.Kind
    var voice: Claim.Voice
    var within: Int?
    var statements: [Statement]

    struct Statement {
        var words: String
        var isNegated: Bool
        var isHedged: Bool
        var figures: [String]
    }

    /// `source | cue | content / content`.
    var line: String { "\(source ?? "-") | \(cue ?? "-") | \(content.joined(separator: " / "))" }
}
