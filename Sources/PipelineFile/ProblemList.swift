import Model

/// Gathers everything that is wrong, so that one run reports all of it.
final class ProblemList {
    private(set) var diagnostics: [Diagnostic] = []
    /// Files in the order in which they were first reported on.
    private var files: [String] = []

    /// More than anybody reads; a hostile file could give millions.
    private static let most = 100

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// What was found, file by file, from top to bottom.
    var sorted: [Diagnostic] {
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            (files.firstIndex(of: diagnostic.file ?? "") ?? 0, diagnostic.line ?? 0, diagnostic.column ?? 0)
        }
        return diagnostics.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }
            .map(\.element)
    }

    func report(
        _ message: String, hint: String? = nil, id: String, severity: Diagnostic.Severity = .error, at mark: Mark
    ) {
        guard diagnostics.count < Self.most else { return }
        let position = mark.position
        add(
            Diagnostic(
                message, hint: hint, id: id, severity: severity, at: position,
                sourceLine: mark.source.line(position.line)))
    }

    /// About a file as a whole.
    func report(_ message: String, hint: String? = nil, id: String, file: String) {
        add(Diagnostic(message, hint: hint, id: id, at: SourcePosition(file: file)))
    }

    private func add(_ diagnostic: Diagnostic) {
        guard diagnostics.count < Self.most else { return }
        let file = diagnostic.file ?? ""
        if !files.contains(file) { files.append(file) }
        diagnostics.append(diagnostic)
        if diagnostics.count == Self.most {
            diagnostics.append(
                Diagnostic("there are more problems than the \(Self.most) shown", id: "and-more", severity: .note))
        }
    }
}

private func < (a: ((Int, Int, Int), Int), b: ((Int, Int, Int), Int)) -> Bool {
    a.0 == b.0 ? a.1 < b.1 : a.0 < b.0
}
