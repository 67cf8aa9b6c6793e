import Engine
import Foundation
import Programs
import Results
import StageKit
import Store

/// What to tell of an error that no diagnostic covers.
enum Failure {
    /// The message: what went wrong, and what to do.
    static func message(for error: any Error) -> String {
        switch error {
        case StoreProblem.newer(let path, let version):
            "the store '\(path)' was written by a later release of Colophon (format \(version)). Update Colophon, or set "
                + "COLOPHON_STORE to another folder. [newer-store]"
        case StoreProblem.readOnly(let path):
            "nothing can be written at '\(path)'. Set COLOPHON_STORE to a folder that can be written. [read-only-store]"
        case StoreProblem.full(let path):
            "the disk is full: '\(path)' can't grow. Make room and run again; what was finished is kept. [disk-full]"
        case StoreProblem.damaged(let path):
            "the store '\(path)' is damaged. Deleting it loses no results, only time. [damaged-store]"
        case StoreProblem.failed(let path, let reason):
            "the store '\(path)' can't be used: \(reason). Set COLOPHON_STORE to a folder that can be written, or delete "
                + "the store: that loses no results, only time. [store]"
        case let problem as ResultsError where problem.kind == .full:
            "\(problem.summary). Make room and run again; what was finished is kept. [disk-full]"
        case let problem as ResultsError where problem.kind == .busy:
            "\(problem.summary). Close the program that has the file open, and run again. [busy]"
        case let problem as ResultsError: "\(problem.summary) [results]"
        case let problem as LayerError: "a layer can't be read: \(problem.message). Run again. [layer]"
        case let problem as FileWriteProblem where problem.isFull:
            "the disk is full: '\(problem.path)' can't be written. Make room and run again; what was finished is kept. "
                + "[disk-full]"
        case let problem as FileWriteProblem:
            "'\(problem.path)' can't be written: \(problem.reason). Make it writable, or take away what stands there, and run "
                + "again. [unwritable]"
        case EngineProblem.lostSummary(let fold):
            "the table '\(fold)' can't be put together; run again, or delete the store [lost-summary]"
        case let problem as OptionProblem:
            "option '\(problem.option)': \(problem.summary)" + (problem.hint.map { ". \(Wording.sentence($0))" } ?? "")
                + " [\(problem.code)]"
        case let failure as StageFailure:
            "\(failure.summary)" + (failure.hint.map { ". \(Wording.sentence($0))" } ?? "") + " [\(failure.code)]"
        case let failure as ProgramFailure: message(for: failure)
        case is CancellationError: "stopped; what was finished is kept, and the next run goes on from there [stopped]"
        default: "\(error)"
        }
    }

    /// What a program of the user's own did not do, with its last words.
    private static func message(for failure: ProgramFailure) -> String {
        let place = [failure.document.map { "at '\($0)'" }, failure.line.map { "in line \($0) of its output" }]
        let first =
            (["stage '\(failure.stage)': \(failure.summary)"] + place.compactMap { $0 }).joined(separator: ", ")
            + (failure.hint.map { ". \(Wording.sentence($0))" } ?? "") + " [\(failure.code)]"
        return ([first] + failure.standardError.map { "  \($0)" }).joined(separator: "\n")
    }

    /// The database that an error shows to be damaged; nil where it shows something else.
    static func damagedDatabase(_ error: any Error, results: String) -> String? {
        switch error {
        case StoreProblem.damaged(let path): path
        case let problem as ResultsError where problem.kind == .damaged: results
        default: nil
        }
    }
}
