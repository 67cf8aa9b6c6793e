import Corpus
import Foundation
import Model
import Programs
import StageKit
import Store

extension ProgramSpecification {
    /// The program that a pipeline names, with its files and its environment as they are on this machine.
    init(_ program: ProgramUse, of use: StageUse, in pipeline: Pipeline) throws {
        let project = URL(filePath: pipeline.projectFolder).standardizedFileURL.path
        let environment = ProcessInfo.processInfo.environment
        var files: [File] = []
        for path in program.files {
            do throws(FileReading.Problem) {
                files.append(File(path: path, digest: try FileReading.digest(of: "\(project)/\(path)").digest))
            } catch {
                throw ProjectProblem.usage([
                    pipeline.diagnostic(
                        "the file '\(path)' of stage '\(use.id)' can't be read",
                        hint: "Paths are relative to the project folder.", id: "unreadable",
                        at: use.places[.file(path)] ?? use.position)
                ])
            }
        }
        let searchPath = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let names = program.environment.compactMap { name in environment[name].map { (name, $0) } }
        self.init(
            stage: use.id, use: program, files: files, options: use.options,
            environment: Dictionary(names, uniquingKeysWith: { first, _ in first }), projectFolder: project,
            programDigest: Self.location(of: program.command[0], project: project, searchPath: searchPath)
                .flatMap { try? FileReading.digest(of: $0).digest },
            searchPath: searchPath, patience: .seconds(program.limits.seconds),
            launcher: program.isConfined ? Launcher.used : nil)
    }

    /// Whether the program can be started on this machine.
    var isInstalled: Bool {
        Self.location(of: use.command[0], project: projectFolder, searchPath: searchPath).map { access($0, X_OK) == 0 }
            ?? false
    }
}
