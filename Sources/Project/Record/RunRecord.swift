package import Engine
import Foundation
import Model
package import StageKit
import Text

/// What a run did, as the store keeps it for `why` and `runs`: the one place where times are kept.
package struct RunRecord: Codable, Sendable {
    /// Why a step ran over some documents.
    package struct Group: Codable, Sendable {
        /// In words: `edited`, `option 'window' changed`.
        package var cause: String
        package var count: Int
        /// The first documents, in order; `count` tells how many there are.
        package var documents: [String]
    }

    /// The work of one step.
    package struct StepWork: Codable, Sendable {
        package var step: String
        package var stage: String
        package var ran: Int
        package var reused: Int
        package var refused: Int
        package var causes: [Group]
    }

    /// The work on one table of a fold, or one finish.
    package struct TableWork: Codable, Sendable {
        package var step: String
        /// How many rows of a fold moved, or keys of a finish were decided again.
        package var touched: Int
        /// For a finish, how many decisions moved.
        package var moved: Int?
        package var rebuilt: Bool
        /// Why a finish is another than in the run before; missing where it is not.
        package var causes: [String]?
        /// For a program that sees the whole corpus and whose answers do not just stand, whether it ran. If not, they were
        /// in the cache.
        package var asked: Bool?
    }

    /// What a program wrote to its standard error.
    package struct Message: Codable, Sendable {
        package var stage: String
        /// The last lines, each once.
        package var lines: [String]
    }

    package var number = 0
    package var pipeline: String
    package var began: String
    package var seconds: Double
    package var release: String
    package var runKey: String
    package var corpusRoot: String
    package var documents: Int
    package var leftOut: Int
    /// How many documents the pipeline does not select; missing where there are none.
    package var unselected: Int?
    /// How many documents are new, were edited, and are gone since the run before.
    package var added: Int
    package var edited: Int
    package var gone: Int
    package var changed: [String]
    package var removed: [String]
    package var steps: [StepWork]
    /// The work of stages that have several steps: for how many documents any of these ran, and why. Missing in records of
    /// releases that did not keep it.
    package var stages: [StepWork]?
    package var tables: [TableWork]
    /// How many of the results that ran somebody else had written first: another run on the same store, or this one for
    /// a document with the same text. Missing in records of runs that did not count it.
    package var doubled: Int?
    package var failedChecks: Int
    /// Whether the results could not be written, so that the next run has to do it; missing where they were.
    package var unfinished: Bool?
    /// The arrays of tasks that computed documents of the run, in words; missing where there were none.
    package var jobs: [String]?
    /// What programs wrote to their standard error; missing where they wrote nothing.
    package var messages: [Message]?
    /// The version of the form in which commands print JSON.
    package var version: Int? = JSONOutput.version

    /// Documents that a group names; more are only counted.
    private static let named = 200

    init(
        pipeline: String, began: Date, outcome: RunOutcome?, facts: RunFacts, manifest: OutputManifest
    ) {
        self.pipeline = pipeline
        self.began = began.formatted(.iso8601)
        seconds = (Date().timeIntervalSince(began) * 1000).rounded() / 1000
        release = Release.version
        runKey = facts.runKey.description
        corpusRoot = facts.corpusRoot.description
        documents = manifest.documents
        failedChecks = manifest.failedChecks.count
        leftOut = manifest.leftOut
        unselected = manifest.unselected > 0 ? manifest.unselected : nil
        added = outcome?.added.count ?? 0
        edited = outcome?.edited.count ?? 0
        gone = outcome?.removed.count ?? 0
        changed = Array(outcome?.changed.prefix(Self.named) ?? [])
        removed = Array(outcome?.removed.prefix(Self.named) ?? [])
        doubled = outcome?.log.doubled
        steps = []
        tables = []
        var causes = RootCauses(
            outcome?.log.steps.mapValues(\.ran) ?? [:], steps: facts.analysis.plan.graph.steps,
            edited: outcome?.edited ?? [])
        /// By stage and document, what is nearest to the user's doing, and the step that says it.
        var nearest: [String: [String: (cause: Cause, step: StepID)]] = [:]
        for step in facts.analysis.plan.graph.steps where !step.isIdle {
            let log = outcome?.log
            if case .finish = step.shape {
                tables.append(
                    TableWork(
                        step: step.id.description, touched: log?.keysDecided[step.id] ?? 0,
                        moved: log?.decisionsMoved[step.id] ?? 0, rebuilt: false,
                        causes: log?.finishCauses[step.id]?.map {
                            log?.optionPlaces.description(of: $0, step: step.id) ?? $0.description
                        }, asked: log?.askedPrograms[step.id]))
                continue
            }
            let work = log?.steps[step.id]
            let ran = (work?.ran ?? []).map { (document: $0.document, cause: causes.root(of: $0)) }
            for (document, cause) in ran where nearest[step.id.stage]?[document].map({ cause < $0.cause }) ?? true {
                nearest[step.id.stage, default: [:]][document] = (cause, step.id)
            }
            steps.append(
                StepWork(
                    step: step.id.description, stage: step.id.stage, ran: work?.ran.count ?? 0,
                    reused: work?.reused ?? manifest.documents,
                    refused: work?.refused ?? 0,
                    causes: Self.groups(ran.map { ($0.document, $0.cause, step.id) }, log?.optionPlaces)))
            if case .fold = step.shape {
                tables.append(
                    TableWork(
                        step: step.id.description, touched: log?.rowsMoved[step.id] ?? 0, moved: nil,
                        rebuilt: log?.rebuilt.contains(step.id) ?? false))
            }
        }
        stages = Self.stages(of: steps, nearest, outcome?.log.optionPlaces, documents: manifest.documents)
    }

    /// The work of stages with several steps, in order.
    private static func stages(
        of steps: [StepWork], _ nearest: [String: [String: (cause: Cause, step: StepID)]], _ places: OptionPlaces?,
        documents: Int
    ) -> [StepWork] {
        var stages: [StepWork] = []
        for (stage, own) in Dictionary(grouping: steps, by: \.stage) where own.count > 1 {
            let ran = (nearest[stage] ?? [:]).map { ($0.key, $0.value.cause, $0.value.step) }
            stages.append(
                StepWork(
                    step: stage, stage: stage, ran: ran.count, reused: max(0, documents - ran.count),
                    refused: own.reduce(0) { $0 + $1.refused }, causes: groups(ran, places)))
        }
        return stages.sorted { $0.stage < $1.stage }
    }

    /// The documents by why a step ran over them.
    package static func groups(_ ran: [(document: String, cause: Cause, step: StepID)], _ places: OptionPlaces?)
        -> [Group]
    {
        var groups: [Cause: [String: [String]]] = [:]
        for (document, cause, step) in ran {
            let words = places?.description(of: cause, step: step) ?? cause.description
            groups[cause, default: [:]][words, default: []].append(document)
        }
        return groups.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.key < $1.key } }.map {
            words, documents in
            Group(
                cause: words, count: documents.count,
                documents: Array(documents.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(named)))
        }
    }

    /// Groups in words, what documents are before what was done to them: `1 document new (a.txt), 1 edited (b.txt),
    /// option 'window' changed, for 3 documents (…)`.
    package static func wording(_ groups: [Group]) -> String {
        var isFirst = true
        return groups.map { group in
            let names = Wording.names(group.documents, total: group.count)
            guard adjectives.contains(group.cause) else {
                return "\(group.cause), for \(Wording.count(group.count, "document")) (\(names))"
            }
            defer { isFirst = false }
            let count = isFirst ? Wording.count(group.count, "document") : Wording.grouped(group.count)
            return "\(count) \(group.cause) (\(names))"
        }.joined(separator: ", ")
    }

    /// Causes that say what a document is.
    private static let adjectives = Set(
        [Cause.new, .edited, .readmitted, .fact("id"), .fact("folder")].map(\.description))

    /// The record as JSON, keys in snake case and sorted: what the store keeps and `--json` prints.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads a record of the store.
    package init?(json: String, number: Int) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard var record = try? decoder.decode(RunRecord.self, from: Data(json.utf8)) else { return nil }
        record.number = number
        self = record
    }

    /// Units of work that ran, and that were reused.
    package var ranCount: Int { steps.reduce(0) { $0 + $1.ran } }
    package var reusedCount: Int { steps.reduce(0) { $0 + $1.reused } }
}
