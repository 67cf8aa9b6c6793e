import ClaimStage
import CleanStage
import EntityStage
import Model
import SegmentStage
package import StageKit
import StatisticsStage

/// The stages that pipelines can use.
package enum Catalogue {
    /// The stages that come with Colophon, in the order in which data usually takes them.
    static let builtin: [any Stage.Type] = [
        CleanStage.self, SegmentStage.self, EntityStage.self, ClaimStage.self, StatisticsStage.self,
    ]

    /// Stages that a program of the user's own brings along.
    @TaskLocal package static var added: [any Stage.Type] = []

    /// All of them.
    package static var stages: [any Stage.Type] { builtin + added }

    /// The ids of the stages of a pipeline that do not come with Colophon.
    static func own(in pipeline: Pipeline) -> Set<String> {
        let added = Set(Self.added.map { $0.description.name })
        return Set(
            pipeline.stages.filter { use in
                switch use.work {
                case .builtin(let name): added.contains(name)
                case .program: true
                }
            }.map(\.id))
    }

    /// What reads a document when no stage of the pipeline writes its text.
    package static let fallback: any Stage.Type = PlainTextStage.self

    /// What users are told about the stages that a pipeline may name.
    package static var descriptions: [StageDescription] { (stages + [fallback]).map { $0.description } }

    /// The name of the stage that writes a layer; nil if none does.
    static func writer(of layer: LayerName) -> String? {
        stages.first { $0.steps.contains { $0.contract.writes.contains(layer) } }?.description.name
    }

    /// The stage of that name; nil if there is none.
    package static func stage(_ name: String) -> (any Stage.Type)? {
        (stages + [fallback]).first { $0.description.name == name }
    }
}
