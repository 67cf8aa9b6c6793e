import ArgumentParser
import Foundation
import Programs
import Project
public import StageKit

/// The program: parses the command line, runs the subcommand, and turns what goes wrong into a message and an exit code.
public enum Colophon {
    /// Runs the command line of this process with the built-in stages and `stages`, and ends the process.
    ///
    /// It exits with 0 when all went well, 1 after a failure, 2 for what the user has to mend, 3 for a check that failed or a difference that was found.
    public static func main(stages: [any Stage.Type] = []) async -> Never {
        // A reader that went away (`colophon show … | head`) is told by the write, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == Launcher.word { Launcher.launch(Array(arguments.dropFirst())) }
        let code = await Launcher.$isOn.withValue(true) {
            await Catalogue.$added.withValue(stages) { await run(arguments) }
        }
        exit(code)
    }

    /// Runs one command line and gives the exit code.
    static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try ColophonCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let ending as Ending {
            return ending.code
        } catch let problem as ProjectProblem {
            Terminal.report(problem)
            return Ending(problem.kind).code
        } catch let cleanExit as CleanExit {
            Terminal.print(ColophonCommand.fullMessage(for: cleanExit))
            return 0
        } catch {
            let code = ColophonCommand.exitCode(for: error)
            if code == .success {
                Terminal.print(ColophonCommand.fullMessage(for: error))
                return 0
            }
            if code == .validationFailure {
                Terminal.error(ColophonCommand.fullMessage(for: error))
                return 2
            }
            Terminal.error("error: \(Failure.message(for: error))")
            return 1
        }
    }
}

/// The end of a command whose messages have been printed already.
struct Ending: Error {
    let code: Int32

    /// Something went wrong while running.
    static let failed = Ending(code: 1)
    /// The command line or the pipeline is wrong.
    static let usage = Ending(code: 2)
    /// A check in the report failed, or what was to be the same is not.
    static let difference = Ending(code: 3)

    private init(code: Int32) { self.code = code }

    /// The end that a problem makes.
    init(_ kind: ProjectProblem.Kind) {
        switch kind {
        case .usage: self = .usage
        case .failure: self = .failed
        case .difference: self = .difference
        }
    }
}
