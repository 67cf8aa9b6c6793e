import Foundation
import PackagePlugin

/// Gives a target a file `Embedded.swift`: in it stand the files of the target's `Data` folder as string literals,
/// and a fingerprint, the hash of everything in the target and in what it is built from.
///
/// A package of its own that brings a stage uses the plugin too: its stage's fingerprint is then over its target, the
/// targets of its package below it, and the vocabulary of stages, `StageKit` and `Text`.
///
/// The work is done by `Tools/embed.sh` with the system's own hashing program, so that no tool has to be
/// compiled first.
@main
struct Embed: BuildToolPlugin {
    /// The folder of the package that the plugin belongs to.
    private static let home = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Of the targets of that package, those that the stages of other packages depend on.
    private static let vocabulary: Set<String> = ["StageKit", "Text"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SwiftSourceModuleTarget else { return [] }
        let own = context.package.directoryURL.path
        let isAtHome = own == Self.home.path
        let below = target.recursiveTargetDependencies.filter { dependency in
            let path = dependency.directoryURL.path
            if path.hasPrefix(own + "/") { return !isAtHome || path.hasPrefix(own + "/Sources/") }
            return !isAtHome && Self.vocabulary.contains(dependency.name)
        }
        let folders = Set(([target as any Target] + below).map(\.directoryURL)).sorted { $0.path < $1.path }
        let script = Self.home.appending(path: "Tools/embed.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        let inputs = folders.flatMap(files(in:))
        return [
            .buildCommand(
                displayName: "Embedding the data and fingerprint of \(target.name)",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, output.path, target.directoryURL.path]
                    + folders.flatMap { folder in
                        [folder.path.hasPrefix(own + "/") ? own : Self.root(of: folder), folder.path]
                    },
                inputFiles: inputs + [script], outputFiles: [output])
        ]
    }

    /// The folder of the package in whose `Sources` a target stands.
    private static func root(of folder: URL) -> String {
        folder.path.range(of: "/Sources/", options: .backwards).map { String(folder.path[..<$0.lowerBound]) }
            ?? folder.deletingLastPathComponent().path
    }

    private func files(in folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        return (found ?? []).filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
    }
}
