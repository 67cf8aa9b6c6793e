import Engine
import Model
import Notebook
import StageKit

/// The analysis under other settings: one of those that stand in the pipeline under `variants:`, or the pipeline as it is
/// written.
package struct AnalysisVariant: Sendable {
    /// How reports call it.
    package let name: String
    /// The settings that set it apart; empty for the pipeline as it is written.
    package let settings: [String]
    package let analysis: Analysis
    /// Whether it has the results of the pipeline as it is written: nothing that a result depends on is another.
    package let sharesResults: Bool
    /// Whether it is the pipeline as it is written.
    package let isAsWritten: Bool
    /// By setting, where it is written.
    let positions: [String: SourcePosition]

    /// A problem with a setting, at the place where the variant has it, with its line.
    func place(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let file = diagnostic.file, file.hasPrefix("--set ") else { return diagnostic }
        let shown = file.dropFirst("--set ".count)
        let cut = shown.hasSuffix("…") ? shown.dropLast() : shown
        guard let setting = settings.first(where: { shown == $0 || shown.count > 40 && $0.hasPrefix(cut) }),
            let position = positions[setting]
        else { return diagnostic }
        return analysis.pipeline.withLine(
            Diagnostic(
                diagnostic.message, hint: diagnostic.hint, id: diagnostic.id, severity: diagnostic.severity,
                at: position))
    }

    /// Runs `body`; a problem with a setting is told at its place.
    func placing<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let problem as ProjectProblem {
            throw ProjectProblem(
                kind: problem.kind,
                diagnostics: problem.diagnostics.map { diagnostic in
                    let placed = place(diagnostic)
                    guard placed == diagnostic else { return placed }
                    var told = diagnostic
                    told.hint = (diagnostic.hint.map { "\($0) " } ?? "") + "This is so in the variant '\(name)'."
                    return told
                })
        }
    }
}

extension Analysis {
    /// How reports call the pipeline as it is written, where no variant is the same.
    private static let asWritten = "as written"

    /// The variants in their order, with the pipeline as it is written before them unless one of them is the same; empty
    /// for a pipeline without variants. Throws a `ProjectProblem` with what is wrong with them.
    package func variants() throws -> [AnalysisVariant] {
        guard variantFolder == nil, !pipeline.variants.isEmpty else { return [] }
        var variants: [AnalysisVariant] = []
        var problems: [Diagnostic] = []
        for variant in pipeline.variants {
            let asWritten = AnalysisVariant(
                name: variant.name, settings: variant.settings, analysis: self, sharesResults: true, isAsWritten: true,
                positions: variant.positions)
            do {
                let analysis = try self.variant(variant.settings)
                let shares = analysis.plan.digests == plan.digests && analysis.selection == selection
                variants.append(
                    AnalysisVariant(
                        name: variant.name, settings: variant.settings, analysis: analysis, sharesResults: shares,
                        isAsWritten: shares && analysis.pipeline.parameters == pipeline.parameters,
                        positions: variant.positions))
            } catch let problem as ProjectProblem {
                problems += problem.diagnostics.map(asWritten.place)
            }
        }
        guard problems.isEmpty else {
            var seen: Set<Diagnostic> = []
            throw ProjectProblem.usage(problems.filter { seen.insert($0).inserted })
        }
        if variants.contains(where: \.isAsWritten) { return variants }
        let own = AnalysisVariant(
            name: Self.asWritten, settings: [], analysis: self, sharesResults: true, isAsWritten: true,
            positions: [:])
        return [own] + variants
    }

    /// Variants as a notebook is checked against them. Those that are wrong are told for themselves, and count by their names.
    func settings(of variants: [AnalysisVariant]) -> [VariantSetting] {
        func values(_ pipeline: Pipeline) -> [String: OptionValue] {
            Dictionary(pipeline.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        }
        guard variants.isEmpty else {
            return variants.map { VariantSetting(name: $0.name, parameters: values($0.analysis.pipeline)) }
        }
        return pipeline.variants.map { VariantSetting(name: $0.name, parameters: values(pipeline)) }
    }

    /// What the conditions on documents say.
    private var selection: [String] { pipeline.corpus.conditions.map(\.words) }
}
