import Foundation
import Model
import PipelineFile
package import StageKit
import Store

/// What concerns a machine or a place, not an analysis: `colophon.yaml` in the project's folder, and in the user's
/// configuration folder. Nothing of it is part of a result or of its key. A section of the project's file stands in the
/// place of the user's section of the same name.
///
/// The project's file needs consent. The user's own needs none, and therefore counts only where nobody else can have
/// written it.
package struct Configuration: Sendable {
    /// A section, with the file that it stands in.
    package struct Section: Sendable {
        package var file: String
        package var value: OptionValue
        package var line: Int
        /// Whether the project brings it along; else it is the user's own.
        package var isOfProject: Bool
    }

    private var sections: [String: Section] = [:]
    /// What is odd in the files, and does not keep them from being used.
    private(set) var warnings: [Diagnostic] = []

    /// The name of such a file.
    static let name = "colophon.yaml"

    /// The keys that such a file may have.
    static let keys = ["cache", "executors"]

    /// The configuration for the project in `project`; throws a `ProjectProblem` for a file that can't be read.
    package init(
        project: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let own = Pipeline.join(project, Self.name)
        for file in Self.files(own, environment: environment) where !FileWriting.isGone(file) {
            if file != own, let problem = Self.doubt(about: file) {
                warnings.append(problem)
                continue
            }
            let (tree, found) = PipelineFile.tree(path: file, limit: 1 << 20)
            // A file that is empty, or has only comments, says nothing.
            if found.map(\.id) == ["empty-file"] { continue }
            guard let tree, found.allSatisfy({ $0.severity != .error }) else { throw ProjectProblem.usage(found) }
            warnings += found
            if tree == .null { continue }
            guard case .mapping(let entries) = tree else {
                throw ProjectProblem.usage([
                    Diagnostic(
                        "the file holds keys such as 'cache'", hint: "Write 'cache: {remote: https://…}'.",
                        id: "wrong-type", at: SourcePosition(file: file, line: 1))
                ])
            }
            for entry in entries {
                guard Self.keys.contains(entry.key) else {
                    throw ProjectProblem.usage([
                        Diagnostic(
                            "no key '\(entry.key)' here", hint: NearName.hint(entry.key, among: Self.keys),
                            id: "unknown-key", at: SourcePosition(file: file, line: entry.line))
                    ])
                }
                sections[entry.key] = Section(
                    file: file, value: entry.value, line: entry.line, isOfProject: file == own)
            }
        }
    }

    /// Why the user's own file does not count; nil where it does. The file may be a link to where the user keeps such files.
    private static func doubt(about file: String) -> Diagnostic? {
        let place = URL(filePath: file).resolvingSymlinksInPath().path
        for path in [Pipeline.folder(of: file), Pipeline.folder(of: place), place] {
            guard let reason = OwnFile.problem(path, followed: true) else { continue }
            return Diagnostic(
                "your settings in this file are not used: \(path == place ? "" : "as to its folder '\(path)', ")\(reason)",
                hint: "'chmod go-w' takes the right from others; look first at what the file says.", id: "not-own",
                severity: .warning, at: SourcePosition(file: file))
        }
        return nil
    }

    /// The section `name`; nil where there is none.
    package func section(_ name: String) -> Section? { sections[name] }

    /// The user's file, then the project's.
    private static func files(_ own: String, environment: [String: String]) -> [String] {
        let folder =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { "\($0)/.config" }
        let users = folder.map { ["\($0)/colophon/\(name)"] } ?? []
        return users + [own]
    }
}
