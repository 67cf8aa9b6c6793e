import Engine
import Model
import Programs
import StageKit
import Text

/// Whether a program of the user's keeps to what is asked of a stage: it is given a few texts, and its answers are compared.
package struct StageCheck: Sendable {
    /// What was looked at, and what is wrong.
    package struct Finding: Sendable {
        /// What has to be so, as a sentence.
        package var rule: String
        /// Why it is not so; nil where it is.
        package var problem: String?
        /// What to do about it.
        package var hint: String?
    }

    package private(set) var findings: [Finding] = []

    /// Whether everything is as it has to be.
    package var isSound: Bool { findings.allSatisfy { $0.problem == nil } }

    /// The texts: short and long, of several scripts and lines, with characters beyond the first plane.
    private static let texts: [(name: String, text: String)] = [
        ("a sentence", "Ada Weir said that 14 boats were late."),
        ("several paragraphs", "A lamp goes out\n\nNobody was told.\n\n“We waited,” said Bram Oske. It may rain."),
        ("one character", "x"),
        ("characters beyond ASCII", "Çağla sah 😀 zwei Häuser; e\u{301}tudes — 漢字。"),
        ("quotation marks and backslashes", #"She said: "C:\new\table" is \"here\"."#),
        ("a long text", String(repeating: "The tide came in at nine and went out at three. ", count: 2000)),
    ]

    /// Checks the program of the stage `id` of `analysis`.
    package init(_ id: String, of analysis: Analysis, permission: ProgramPermission) async throws {
        guard let specification = analysis.programs.values.first(where: { $0.stage == id }) else {
            let ids = analysis.programs.values.map(\.stage).sorted()
            throw ProjectProblem.usage([
                Diagnostic(
                    "the pipeline has no stage '\(id)' that is a program",
                    hint: ids.isEmpty
                        ? "It has no programs."
                        : NearName.hint(id, among: ids) ?? "There are: \(ids.joined(separator: ", ")).",
                    id: "unknown-stage")
            ])
        }
        try permission.check(analysis)
        let records = try await Self.records(for: specification, in: analysis)
        let all = Array(records.indices)
        guard let first = await answers(specification, records, [all], "it answers for every text") else { return }
        for (k, answer) in first.enumerated() {
            if case .failure(let failure) = answer, ["bad-answer", "bad-layer"].contains(failure.code) {
                add(
                    "its answers are as the protocol has them", "for \(Self.texts[k].name): \(failure.summary)",
                    failure.hint)
            }
        }
        if !findings.contains(where: { $0.rule == "its answers are as the protocol has them" }) {
            add("its answers are as the protocol has them")
        }
        let again = await answers(specification, records, [all], "a second process answers as well")
        compare(
            "the same text gives the same answer", first, again, all,
            "the answer must not depend on the clock, on chance, or on the order of a set")
        if let one = corpora.first, let other = corpora.last, one != other {
            add(
                "the same corpus gives the same rows", "it gives other rows when it is asked again",
                "the answer must not depend on the clock, on chance, or on the order of a set")
        }
        // what a program says that sees the whole corpus may depend on all of it, and on its order
        guard specification.use.scope == .document else { return }
        let backwards = await answers(
            specification, records, [Array(all.reversed())], "it answers in another order of texts")
        compare(
            "an answer does not depend on the texts before it", first, backwards.map { Array($0.reversed()) }, all,
            "keep nothing from one document to the next")
        let twice = await answers(
            specification, records, [all, all], "it goes on after the first portion of texts")
        compare(
            "an answer does not depend on how texts are put together", first, twice.map { Array($0.suffix(all.count)) },
            all, "keep nothing from one document to the next")
    }

    /// What a program said of the corpus as a whole, each time it was asked.
    private var corpora: [CustomLayer] = []

    private mutating func add(_ rule: String, _ problem: String? = nil, _ hint: String? = nil) {
        findings.append(Finding(rule: rule, problem: problem, hint: hint))
    }

    private mutating func compare(
        _ rule: String, _ one: [Result<[[UInt8]], StageFailure>], _ other: [Result<[[UInt8]], StageFailure>]?,
        _ all: [Int], _ hint: String
    ) {
        guard let other else { return }
        let different = all.first { one[$0] != other[$0] }
        add(rule, different.map { "for \(Self.texts[$0].name) it gives another answer" }, different == nil ? nil : hint)
    }

    /// The answers of one process to texts in portions; nil, with the reason added, where it fails.
    private mutating func answers(
        _ specification: ProgramSpecification, _ records: [ProgramRecord], _ portions: [[Int]], _ rule: String
    ) async -> [Result<[[UInt8]], StageFailure>]? {
        let pool = ProgramPool(specification, workers: 1)
        var results: [Result<[[UInt8]], StageFailure>] = []
        do {
            for portion in portions {
                let chosen = portion.map { records[$0] }
                guard specification.use.scope == .corpus else {
                    results += try await pool.annotate(chosen)
                    continue
                }
                let reply = try await pool.annotate(corpus: chosen)
                results += reply.answers
                corpora.append(reply.corpus)
            }
            await pool.shutdown()
        } catch let failure as ProgramFailure {
            await pool.shutdown()
            let line = failure.line.map { ", line \($0) of its output" } ?? ""
            let said = failure.standardError.suffix(5).map { "\n      \($0)" }.joined()
            add(rule, failure.summary + line + (said.isEmpty ? "" : "; it wrote:\(said)"), failure.hint)
            return nil
        } catch {
            await pool.shutdown()
            add(rule, "\(error)")
            return nil
        }
        let order = portions.flatMap { $0 }
        for (k, result) in zip(order, results) {
            guard case .failure(let failure) = result, failure.code.hasPrefix("program-"),
                failure.code != "program-refused"
            else { continue }
            add(rule, "for \(Self.texts[k].name): \(failure.summary)", failure.hint)
            return nil
        }
        add(rule)
        return results
    }

    /// The texts with the layers that the program reads, made by the other stages of the pipeline.
    private static func records(
        for specification: ProgramSpecification, in analysis: Analysis
    ) async throws -> [ProgramRecord] {
        let programs = Set(analysis.programs.values.map(\.stage))
        var steps = analysis.plan.graph.steps.filter { !programs.contains($0.id.stage) }
        // steps that depend on programs can't run without them
        while true {
            let known = Set(steps.flatMap(\.contract.writes) + [SourceBytes.name])
            let ids = Set(steps.map(\.id))
            let able = steps.filter { step in
                step.contract.reads.allSatisfy(known.contains) && step.after.map(ids.contains) ?? true
            }
            guard able.count < steps.count else { break }
            steps = able
        }
        let documents = texts.map { name, text in
            MemoryRun.Document(DocumentFacts(id: "\(name).txt", format: .record), source: Array(text.utf8))
        }
        let graph: StepGraph
        do throws(StepGraphProblem) {
            graph = try StepGraph(steps)
        } catch {
            throw ProjectProblem.usage([analysis.pipeline.diagnostic(for: error)])
        }
        let run = try await MemoryRun(graph, over: documents)
        return try run.documents.map { document in
            if let failure = document.failure {
                throw ProjectProblem.failure([Diagnostic(failure.summary, id: failure.code)])
            }
            for name in specification.use.reads where !document.layers.contains(name) {
                // a layer of another program, which does not run here
                document.layers.set(name, bytes: CustomLayer([]).encoded)
            }
            return ProgramRecord(document: document.facts.id, layers: document.layers)
        }
    }
}
