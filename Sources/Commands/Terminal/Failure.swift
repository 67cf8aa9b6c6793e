import Engine
import Foundation
import Programs
import Project
import Results
import StageKit
import Store

/// The messages of errors that are not about a file of the user.
enum Failure {
    /// The message: what went wrong, and what to do.
    static func message(for error: any Error) -> String {
        switch error {
        case StoreProblem.newer(let path, let version):
            "the cache '\(path)' was written by a newer release of Colophon (format \(version)). Update Colophon, or set "
                + "COLOPHON_STORE to another folder. [newer-store]"
        case StoreProblem.readOnly(let path):
            "'\(path)' is not writable. Set COLOPHON_STORE to a writable folder. [read-only-store]"
        case StoreProblem.full(let path):
            "the disk is full: '\(path)' can't be written. Free some space and run again; finished work is kept. [disk-full]"
        case StoreProblem.damaged(let path):
            "the cache '\(path)' is damaged. Delete it and run again: no results are lost, only time. [damaged-store]"
        case StoreProblem.suspect(let path, let reason):
            "'\(path)' refused something that it should not refuse: \(reason). A checkup of the file found no damage, so "
                + "this is a mistake of Colophon, and the file was left as it is. Please report it with this message; "
                + "'colophon cache verify' checks the file again. [internal-error]"
        case StoreProblem.failed(let path, let reason):
            "the cache '\(path)' can't be used: \(reason). Set COLOPHON_STORE to a writable folder, or delete the cache: no "
                + "results are lost, only time. [store]"
        case let problem as ResultsError where problem.kind == .full:
            "\(problem.summary). Free some space and run again; finished work is kept. [disk-full]"
        case let problem as ResultsError where problem.kind == .busy:
            "\(problem.summary). Close the program that has the file open, and run again. [busy]"
        case let problem as ResultsError: "\(problem.summary) [results]"
        case let problem as LayerError: "a layer can't be read: \(problem.message). Run again. [layer]"
        case let problem as FileWriteProblem where problem.isFull:
            "the disk is full: '\(problem.path)' can't be written. Free some space and run again; finished work is kept. "
                + "[disk-full]"
        case let problem as FileWriteProblem:
            "'\(problem.path)' can't be written: \(problem.reason). Make it writable, or remove what is in its place, and run "
                + "again. [unwritable]"
        case EngineProblem.lostSummary(let fold):
            "the table '\(fold)' can't be rebuilt from the cache. Run again, or delete the cache. [lost-summary]"
        case EngineProblem.lostLayer(let layer):
            "the cache no longer has the layer '\(layer)', which a program wrote. Run the pipeline again. [lost-layer]"
        case let problem as OptionProblem:
            "option '\(problem.option)': \(problem.summary)" + (problem.hint.map { ". \(Wording.sentence($0))" } ?? "")
                + " [\(problem.code)]"
        case let failure as StageFailure:
            "\(failure.summary)" + (failure.hint.map { ". \(Wording.sentence($0))" } ?? "") + " [\(failure.code)]"
        case let failure as ProgramFailure: message(for: failure)
        case is CancellationError: "stopped. Finished work is kept, and the next run continues from there. [stopped]"
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
}
