import Foundation
import Model
import Notebook
import Programs
import StageKit
import Store

/// A run that may not change the lock.
extension PipelineRun {
    /// Tells of a lock that has the marks of a merge conflict. Where the run is frozen, throws a `ProjectProblem` if the lock
    /// would change by what the run is made from.
    func checkLock(_ facts: RunFacts) throws {
        guard let path = lockPath else {
            guard !isFrozen else { throw ProjectProblem.usage([.noLockWithSettings]) }
            return
        }
        guard isFrozen else {
            if let line = Lock(at: path)?.conflict {
                observer.tell(.diagnostics([.conflict(at: SourcePosition(file: path, line: line), isFrozen: false)]))
            }
            return
        }
        let lock = try Lock(of: analysis, at: path)
        let causes = LockDifference(from: lock, to: Lock(facts.lockFacts)).causes
        guard !causes.isEmpty else { return }
        let told = causes.flatMap { cause in
            facts.words(on: cause).map { Diagnostic($0, of: cause, in: path, hint: hint(on: cause)) }
        }
        var problems = Array(told.prefix(Self.named))
        if told.count > Self.named {
            let more = Wording.count(told.count - Self.named, "other way")
            problems.append(
                Diagnostic(
                    "the lock would change in \(more) as well", id: "lock-differs", at: SourcePosition(file: path)))
        }
        throw ProjectProblem.difference(problems)
    }

    /// Causes that are named; the rest is counted.
    private static let named = 100

    /// What makes a change more exact than the lock has it; nil for nothing.
    private func hint(on change: LockDifference.Change) -> String? {
        let stage = String(change.name.prefix { $0 != "." })
        guard change.kind == .step, let program = analysis.programs.values.first(where: { $0.stage == stage }) else {
            return nil
        }
        let variables = program.use.environment.map { "the variable '\($0)'" }
        let pinned = program.use.pin ? ["the program file, which is pinned"] : []
        let reasons = variables + pinned
        return reasons.isEmpty ? nil : "It depends on \(reasons.joined(separator: " and "))."
    }

    /// The digests that the tables have to have; nil where any will do.
    var frozenTables: [String: String]? {
        guard isFrozen, let path = lockPath else { return nil }
        return Lock(at: path)?.tables
    }

    /// Where the run is frozen, throws a `ProjectProblem` if the results of a variant are others than those of the lock.
    func checkLock(of variants: [ReportVariant]) throws {
        guard isFrozen, let path = lockPath, let lock = Lock(at: path) else { return }
        let made = Lock(try Lock.facts(of: variants))
        let locked = Lock(lock.facts.filter { $0.kind == .variant })
        let changes = LockDifference(from: locked, to: made).changes
        guard changes.isEmpty else {
            throw ProjectProblem.difference(changes.map { Diagnostic($0, in: path) })
        }
    }

    /// Where the run is frozen, throws a `ProjectProblem` if the lock that it made is another one.
    func checkLock(of made: Lock) throws {
        guard isFrozen, let path = lockPath, let lock = Lock(at: path) else { return }
        let changes = LockDifference(from: lock, to: made).changes
        guard changes.isEmpty else {
            throw ProjectProblem.difference(changes.map { Diagnostic($0, in: path, hint: Self.verification) })
        }
    }

    private static let verification =
        "All that it is made from is the same: 'colophon verify' finds stages whose output depends on something other than "
        + "their input."

    /// The problem of a frozen run whose inputs are those of the lock, and whose results are not.
    func problem(_ differ: TablesDiffer, _ facts: RunFacts) -> any Error {
        guard let path = lockPath, let lock = Lock(at: path) else { return differ }
        let made = Lock(facts.lockFacts + differ.digests.map { LockFact(.table, $0.key, $0.value.description) })
        let changes = LockDifference(from: lock, to: made).changes.filter { $0.kind == .table }
        return ProjectProblem.difference(
            changes.map { change in
                let isOfFiles = change.name == "left_out"
                return Diagnostic(
                    change, in: path,
                    hint: isOfFiles
                        ? "Files that can't be read, or that the pipeline does not select, are others than before."
                        : Self.verification)
            })
    }
}

extension Diagnostic {
    /// That a line of the lock at `path` would change.
    init(_ change: LockDifference.Change, in path: String, hint: String? = nil) {
        self.init(change.words, of: change, in: path, hint: hint)
    }

    /// The same, with `words` for what the change is.
    fileprivate init(_ words: String, of change: LockDifference.Change, in path: String, hint: String?) {
        self.init(
            "the lock would change: \(words)", hint: hint, id: "lock-differs",
            at: SourcePosition(file: path, line: change.line))
    }

    fileprivate static var noLockWithSettings: Diagnostic {
        Diagnostic(
            "a run with '--set' has no lock", hint: "Leave out '--set' or '--frozen'.", id: "no-lock")
    }

    static func noLock(_ path: String, run: String) -> Diagnostic {
        Diagnostic(
            "there is no lock", hint: "'\(run)' writes it.", id: "no-lock",
            at: SourcePosition(file: path))
    }

    static func oldLock(_ path: String, run: String) -> Diagnostic {
        Diagnostic(
            "another release wrote the lock, in another form", hint: "'\(run)' writes it anew.",
            id: "old-lock", at: SourcePosition(file: path))
    }

    static func conflict(at position: SourcePosition, isFrozen: Bool) -> Diagnostic {
        Diagnostic(
            "the lock has the marks of a merge conflict",
            hint: "Each differing line names what the branches changed. Merge the documents and the pipeline; "
                + (isFrozen ? "a run without '--frozen' then" : "this run")
                + " makes the report from them and writes the lock anew. Commit both together.",
            id: "lock-conflict", severity: isFrozen ? .error : .warning, at: position)
    }
}
