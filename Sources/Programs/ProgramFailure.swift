import StageKit

/// Why a program can't go on: it could not be started, ended, fell silent, or does not keep to the protocol. No
/// result of the batch counts.
package struct ProgramFailure: Error, Hashable, Sendable {
    /// The id of the stage.
    package var stage: String
    /// The document that the program had to answer for; nil where it is none in particular.
    package var document: String?
    /// The line of the program's output, from 1; nil where it is none.
    package var line: Int?
    /// What is wrong: lower case, no full stop.
    package var summary: String
    /// What the user can do about it.
    package var hint: String?
    /// The last lines that the program wrote to its standard error.
    package var standardError: [String]
    /// The id of this kind of failure: `program-ended`.
    package var code: String

    /// As the reason why one document is left out, with the last line that the program wrote to its standard error.
    var reason: StageFailure {
        let said = standardError.last.map { ". It wrote: \($0.prefix(300))" } ?? ""
        return StageFailure(summary + said, hint: hint, code: code)
    }
}

/// What goes wrong while a program runs, before it is known how it ended.
struct ProgramProblem: Error {
    var document: String?
    var line: Int?
    var summary: String
    var hint: String?
    var code: String

    static func ended(at document: String?) -> ProgramProblem {
        ProgramProblem(document: document, summary: "the program ended without an answer", code: "program-ended")
    }

    static func open(after line: Int) -> ProgramProblem {
        ProgramProblem(
            line: line + 1, summary: "the last line of its output has no line end, so it may be incomplete",
            hint: "end each answer with a line end", code: "program-answer")
    }

    static func unending(after patience: Duration) -> ProgramProblem {
        ProgramProblem(
            summary: "the program has answered for every document and does not end within "
                + "\(patience.components.seconds) s", hint: "it has to end when its standard input does",
            code: "program-silent")
    }

    static func silent(at document: String?, after patience: Duration) -> ProgramProblem {
        ProgramProblem(
            document: document, summary: "the program gave no answer within \(patience.components.seconds) s",
            hint: "does it flush its output after each answer? 'limits: {seconds: …}' of the stage allows more",
            code: "program-silent")
    }

    static func tooLong(_ limit: Int, line: Int) -> ProgramProblem {
        ProgramProblem(
            line: line, summary: "an answer is longer than \(limit >> 20) MiB",
            hint: "'limits: {output: …}' of the stage allows more", code: "program-output")
    }

    static func badLine(_ summary: String, line: Int, document: String? = nil) -> ProgramProblem {
        ProgramProblem(
            document: document, line: line, summary: summary,
            hint: "only answers may be written to standard output; messages go to standard error",
            code: "program-answer")
    }
}
