package import Model
package import StageKit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A program of the user's as it is started: the pipeline's words, made to hold on this machine.
package struct ProgramSpecification: Sendable {
    /// A file of the project that the program's results depend on.
    package struct File: Hashable, Sendable {
        /// The path as the pipeline has it, relative to the project.
        package var path: String
        /// The digest of its content.
        package var digest: ContentDigest

        package init(path: String, digest: ContentDigest) {
            self.path = path
            self.digest = digest
        }
    }

    /// The id of the stage in the pipeline.
    package var stage: String
    /// What the pipeline says of the program.
    package var use: ProgramUse
    /// The files that the pipeline names, in its order.
    package var files: [File]
    /// What stands under `with`.
    package var options: [String: OptionValue]
    /// The variables that the pipeline names, with their values here; one that is not set is not given.
    package var environment: [String: String]
    /// The absolute path of the project's folder.
    package var projectFolder: String
    /// The digest of the program's own file; in the key when the pipeline says `pin: true`.
    package var programDigest: ContentDigest?
    /// Where programs are looked for: the value of `PATH`.
    package var searchPath: String
    /// How long the program may take for a record.
    package var patience: Duration
    /// What starts it confined; nil where it starts as it is.
    package var launcher: Launcher?

    package init(
        stage: String, use: ProgramUse, files: [File] = [], options: [String: OptionValue] = [:],
        environment: [String: String] = [:], projectFolder: String, programDigest: ContentDigest? = nil,
        searchPath: String, patience: Duration = .seconds(60), launcher: Launcher? = nil
    ) {
        self.stage = stage
        self.use = use
        self.files = files
        self.options = options
        self.environment = environment
        self.projectFolder = projectFolder
        self.programDigest = programDigest
        self.searchPath = searchPath
        self.patience = patience
        self.launcher = launcher
    }

    /// Where a program stands that is called by `name`: in the project, or in one of the folders of `searchPath`; nil where
    /// it is in none.
    package static func location(of name: String, project: String, searchPath: String) -> String? {
        if name.utf8.contains(UInt8(ascii: "/")) { return Pipeline.join(project, name) }
        return searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// The layers that the stage reads. The text is always one of them: positions are counted in it.
    package var layersRead: [LayerName] {
        use.reads.contains(DocumentText.name) ? use.reads : [DocumentText.name] + use.reads
    }

    /// The command with the project's files as absolute paths, since the program starts in an empty folder.
    package var runnableCommand: [String] {
        let known = Set(files.map { Pipeline.join(".", $0.path) })
        return use.command.enumerated().map { index, word in
            let isPath = index == 0 && word.utf8.contains(UInt8(ascii: "/"))
            guard isPath || known.contains(Pipeline.join(".", word)) else { return word }
            return Pipeline.join(projectFolder, word)
        }
    }

    /// What the program's results depend on beside the layers that it reads. Neither where the project lies nor how
    /// the program's own file is called on this machine is part of it.
    package var keyFields: KeyFields {
        var fields = KeyFields()
        fields.add("program protocol", "\(ProgramMessage.version)")
        // A tag stands once: an explanation compares the fields of two keys by their tags.
        fields.add("program command", Self.encoded(use.command))
        for file in files { fields.add("program file \(file.path)", file.digest.bytes) }
        fields.add("program reads", Self.encoded(use.reads.map(\.rawValue)))
        fields.add("program writes", use.writes.map(\.rawValue).joined(separator: " "))
        if use.writes.contains(where: { GivenLayers.type(of: $0) != nil }) {
            fields.add("layer shapes", "\(LayerShape.version)")
        }
        for (name, value) in options.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            fields.add("option \(name)", value.encoded)
        }
        for name in use.environment.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            if let value = environment[name] { fields.add("program environment \(name)", value) }
        }
        if use.scope == .corpus { fields.add("program scope", use.scope.rawValue) }
        if use.pin, let programDigest { fields.add("program digest", programDigest.bytes) }
        return fields
    }

    private static func encoded(_ words: [String]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(list: words) { $0.write($1) }
        return writer.bytes
    }
}
