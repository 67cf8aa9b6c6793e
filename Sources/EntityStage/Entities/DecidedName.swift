package import StageKit

/// A name about which the file `decisions` says something.
package struct DecidedName: Sendable {
    /// The name as it is written there.
    package let name: String
    /// The file, relative to the project.
    package let file: String
    /// The line, from 1; 0 where it is not known.
    package let line: Int
    /// What the keys of all decisions on forms of this name begin with.
    package let prefix: FoldKey

    init(_ name: String, file: FileValue, line: Int) {
        self.name = name
        self.file = file.path
        self.line = line
        prefix = FoldKey(HandDecisions.form(of: name))
    }
}

extension EntityStage {
    /// The names that decisions by hand are about, in the order in which they stand. Nothing says that the corpus has
    /// them: who knows the corpus can say where it does not.
    package static func decidedNames(_ options: [String: OptionValue]) -> [DecidedName] {
        guard case .file(let file)? = options["decisions"], let read = try? DecisionsFile.read(file) else { return [] }
        return read.names
    }
}
