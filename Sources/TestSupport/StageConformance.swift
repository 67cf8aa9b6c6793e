package import StageKit
package import Testing
import Text

/// Runs stages over hostile documents and holds what they write to what every stage promises.
///
/// The same bytes twice and with two jobs; layers that read back as they were written; spans inside the text, on
/// borders of code points, in order; damaged layers that throw instead of crashing. Where none of the stages writes
/// the text, ``PlainTextStage`` does. Further documents of the stage's own can be added.
package func expectConformance(
    of stages: [any Stage.Type], documents: [MemoryRun.Document] = [],
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    for problem in try await StageConformance(stages, over: HostileDocuments.all() + documents).problems() {
        Issue.record("\(problem)", sourceLocation: sourceLocation)
    }
}

/// The checks of ``expectConformance(of:documents:sourceLocation:)``.
struct StageConformance {
    private let graph: StepGraph
    private let documents: [MemoryRun.Document]

    init(_ stages: [any Stage.Type], over documents: [MemoryRun.Document]) throws {
        var steps: [Step] = []
        for stage in stages { steps += try Step.prepare(stage) }
        if !steps.contains(where: { $0.contract.writes.contains(DocumentText.name) }) {
            steps = try Step.prepare(PlainTextStage.self) + steps
        }
        graph = try StepGraph(steps)
        self.documents = documents
    }

    /// What is wrong; nothing when the stages conform.
    func problems() async throws -> [String] {
        let first = try await MemoryRun(graph, over: fresh(), jobs: 1)
        let second = try await MemoryRun(graph, over: fresh(), jobs: 2)
        var problems: [String] = []
        for (a, b) in zip(first.documents, second.documents) {
            let id = a.facts.id
            if a.failure != b.failure { problems.append("document '\(id)' fails only sometimes") }
            for name in a.layers.names {
                guard let encoded = a.layers.encoded(name) else { continue }
                if encoded != b.layers.encoded(name) {
                    problems.append("layer '\(name)' of document '\(id)' differs between two runs")
                }
                problems += check(name, encoded, of: a).map { "layer '\(name)' of document '\(id)' \($0)" }
            }
        }
        if first.decisions != second.decisions { problems.append("decisions differ between two runs") }
        return problems
    }

    /// The documents without what a run has put into their layers.
    private func fresh() throws -> [MemoryRun.Document] {
        try documents.map { document in
            MemoryRun.Document(document.facts, source: try document.layers.value(SourceBytes.self)?.bytes ?? [])
        }
    }

    private func check(_ name: LayerName, _ encoded: [UInt8], of document: MemoryRun.Document) -> [String] {
        guard let check = LayerCheck.known.first(where: { $0.name == name }) else { return [] }
        let text = (try? document.layers.value(DocumentText.self))?.bytes ?? []
        for damaged in Damage.variants(of: encoded) { check.read(damaged) }
        return check.problems(encoded, text)
    }
}
