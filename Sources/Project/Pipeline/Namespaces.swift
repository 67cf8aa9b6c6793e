import Model
import Results
import StageKit

/// Which uses of a stage have the plain names for their layers and tables, and which have names of their own.
///
/// Of the uses of one stage, that whose id is the stage's own name has the plain names; where none has, the first one.
/// The layers and tables of every other have its id before their names.
struct Namespaces {
    private let plain: Set<String>

    init(of pipeline: Pipeline) {
        var plain: [String: String] = [:]
        for use in pipeline.stages {
            guard case .builtin(let name) = use.work else { continue }
            if use.id == name || plain[name] == nil { plain[name] = use.id }
        }
        self.plain = Set(plain.values)
    }

    /// What sets apart the layers and tables of `use`; nil where they have the plain names.
    func namespace(of use: StageUse) -> String? {
        guard case .builtin = use.work, !plain.contains(use.id) else { return nil }
        return use.id
    }

    /// Stages of `pipeline` whose tables in the results would have one name.
    func problems(in pipeline: Pipeline, _ steps: [Step]) -> [Diagnostic] {
        var owners: [String: String] = [:]
        var problems: [String: Diagnostic] = [:]
        for step in steps {
            for table in ResultsLayers.tables(of: step) {
                guard let owner = owners.updateValue(step.id.stage, forKey: table), owner != step.id.stage else {
                    continue
                }
                problems[step.id.stage] = pipeline.diagnostic(
                    "the stages '\(owner)' and '\(step.id.stage)' would both have a table '\(table)' in the results",
                    hint: "Give one of them another id, or its layer another name.", id: "same-table",
                    at: pipeline.place(step.id.stage, [.id, .writes, .uses]))
            }
        }
        return problems.sorted { $0.key < $1.key }.map(\.value)
    }
}
