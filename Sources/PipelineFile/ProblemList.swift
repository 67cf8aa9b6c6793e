import Model

/// Gathers everything that is wrong, so that one run reports all of it.
final class ProblemList {
    private var found: [Diagnostic] = []
    /// Files in the order in which they were read.
    private var files: [String: Int] = [:]
    private var isFull = false

    /// More than anybody reads; a hostile file could give millions.
    private static let most = 100

    var hasErrors: Bool { found.contains { $0.severity == .error } }

    /// What was found, file by file, from top to bottom.
    var diagnostics: [Diagnostic] {
        let ordered = found.enumerated().map { offset, diagnostic in
            let file = diagnostic.file.flatMap { files[$0] } ?? files.count
            return (key: [file, diagnostic.line ?? 0, diagnostic.column ?? 0, offset], diagnostic: diagnostic)
        }
        let sorted = ordered.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.diagnostic)
        guard isFull else { return sorted }
        return sorted + [
            Diagnostic("only the first \(Self.most) problems are shown", id: "and-more", severity: .note)
        ]
    }

    /// A file is about to be read: problems in it come after those of the files before it.
    func begin(_ file: String) { if files[file] == nil { files[file] = files.count } }

    func report(
        _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil, id: String, at mark: Mark
    ) {
        guard hasRoom(for: mark.source.name) else { return }
        let position = mark.position
        found.append(
            Diagnostic(
                message(), hint: hint(), id: id, at: position, sourceLine: mark.source.line(position.line)))
    }

    /// About a file as a whole.
    func report(_ message: String, hint: String? = nil, id: String, file: String) {
        guard hasRoom(for: file) else { return }
        found.append(Diagnostic(message, hint: hint, id: id, at: SourcePosition(file: file)))
    }

    private func hasRoom(for file: String) -> Bool {
        begin(file)
        isFull = isFull || found.count >= Self.most
        return !isFull
    }
}
