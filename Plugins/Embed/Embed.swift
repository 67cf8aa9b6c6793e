import Foundation
import PackagePlugin

/// Gives a target a file `Embedded.swift`: in it stand the files of the target's `Data` folder as string literals,
/// and a fingerprint, the hash of everything in the target and in those of the project's that it depends on.
///
/// The work is done by `Tools/embed.sh` with the system's own hashing program, so that no tool has to be
/// compiled first.
@main
struct Embed: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SwiftSourceModuleTarget else { return [] }
        let root = context.package.directoryURL
        let below = target.recursiveTargetDependencies.filter { $0.directoryURL.path.hasPrefix(root.path + "/Sources") }
        let folders = ([target as any Target] + below).map(\.directoryURL).sorted { $0.path < $1.path }
        let script = root.appending(path: "Tools/embed.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        let inputs = folders.flatMap(files(in:))
        return [
            .buildCommand(
                displayName: "Embedding the data and fingerprint of \(target.name)",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, output.path, target.directoryURL.path, root.path] + folders.map(\.path),
                inputFiles: inputs + [script], outputFiles: [output])
        ]
    }

    private func files(in folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        return (found ?? []).filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
    }
}
