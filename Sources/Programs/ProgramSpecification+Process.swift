import Model
import StageKit
import Subprocess
import SystemPackage

extension ProgramSpecification {
    /// How the program is started: in the empty folder, with little more than `PATH` around it, in a session of its
    /// own, so that what it starts in turn ends with it.
    func configuration(in folder: WorkFolder) -> Configuration {
        let command = confined(limited(runnableCommand), in: folder)
        let program = command.first ?? ""
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))
        ]
        return Configuration(
            executable: program.utf8.contains(UInt8(ascii: "/")) ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(variables(home: folder.path)),
            workingDirectory: FilePath(folder.path), platformOptions: options)
    }

    /// A command whose memory is limited by the shell, which then becomes the program.
    private func limited(_ command: [String]) -> [String] {
        guard let memory = use.limits.memory else { return command }
        return ["/bin/sh", "-c", "ulimit -v \(memory * 1024) && exec \"$@\"", "sh"] + command
    }

    /// A command that may read only what is declared, where the system allows that. A program that is not installed is started
    /// as it is, which gives the message.
    private func confined(_ command: [String], in folder: WorkFolder) -> [String] {
        guard let launcher, let name = runnableCommand.first,
            let program = Self.location(of: name, project: projectFolder, searchPath: searchPath)
        else { return command }
        let confinement = Confinement(self, program: program, folder: folder.path)
        return launcher.command(confinement, command, in: folder.path)
    }

    /// The whole environment. Python holds its output back in a buffer when it writes to a pipe, and a program that
    /// waits for the next record would never be heard; hence the last variable.
    private func variables(home: String) -> [Environment.Key: String] {
        var variables: [Environment.Key: String] = [
            "PATH": searchPath, "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1",
        ]
        for name in use.environment {
            if let key = Environment.Key(rawValue: name), let value = environment[name] { variables[key] = value }
        }
        return variables
    }

    /// Why orders can't be served after the program has ended.
    func failure(
        _ problem: (any Error)?, _ status: TerminationStatus, _ tail: StandardErrorTail
    ) -> ProgramFailure {
        let problem =
            problem as? ProgramProblem
            ?? ProgramProblem(summary: problem.map { "\($0)" } ?? "the program has ended", code: "program-ended")
        var summary = problem.summary
        if problem.code == "program-ended" {
            switch status {
            case .exited(let code): summary += ": exit code \(code)"
            case .signaled(let signal): summary += ": signal \(signal)"
            }
            if let memory = use.limits.memory { summary += " (its memory is limited to \(memory) MiB)" }
        }
        return ProgramFailure(
            stage: stage, document: problem.document, line: problem.line, summary: summary, hint: problem.hint,
            standardError: tail.text, code: problem.code)
    }

    /// Why the program could not be started.
    func startFailure(_ error: any Error) -> ProgramFailure {
        let program = use.command.first ?? ""
        guard let error = error as? SubprocessError, error.code == .executableNotFound else {
            return ProgramFailure(
                stage: stage, summary: "program '\(program)' can't be started: \(error)", standardError: [],
                code: "program-start")
        }
        return ProgramFailure(
            stage: stage, summary: "the program '\(program)' is not installed",
            hint: "install it, or give a path in the project, such as 'stages/…'", standardError: [],
            code: "program-not-found")
    }
}
