package import StageKit

/// What the order of steps and the stages themselves find wrong, at the place in the pipeline that is to blame.
extension Pipeline {
    /// What keeps the steps from being put in an order.
    package func diagnostic(for problem: StepGraphProblem) -> Diagnostic {
        switch problem {
        case .missingLayer(let layer, let id, let known):
            let names = known.map(\.rawValue)
            let hint =
                NearName.hint(layer.rawValue, among: names)
                ?? "There are: \(names.map { "'\($0)'" }.joined(separator: ", "))."
            return diagnostic(
                "stage '\(id)' reads layer '\(layer)', which no stage writes", hint: hint, id: "missing-layer",
                at: place(id, [.read(layer), .reads, .uses]))
        case .writtenTwice(let layer, let ids):
            // one stage may stand there twice, or one entry may name the layer of another
            let last = ids.last ?? ""
            return diagnostic(
                "layer '\(layer)' is written by two stages: \(Self.list(ids))",
                hint: "Each layer is written by one stage.", id: "layer-written-twice",
                at: place(last, [.writes, .uses]))
        case .circular(let ids, let layers):
            return diagnostic(
                "stages depend on each other in a circle: \(Self.list(ids)), through \(Self.list(layers))",
                hint: "Remove one of these dependencies.", id: "circular-stages",
                at: place(ids.first ?? "", [.reads, .uses]))
        case .sameStep(let id):
            return diagnostic(
                "two steps are called '\(id)'", hint: "Give one of the stages an 'id' of its own.",
                id: "duplicate-stage",
                at: place(id.stage, [.id, .uses]))
        }
    }

    /// What a stage says about the content of one of its options.
    package func diagnostic(for problem: OptionProblem, stage id: String) -> Diagnostic {
        if let file = problem.file {
            let path = Pipeline.join(projectFolder, file)
            let position = SourcePosition(file: path, line: max(0, problem.line))
            return diagnostic(problem.summary, hint: problem.hint, id: problem.code, at: position)
        }
        return diagnostic(
            "option '\(problem.option)' of stage '\(id)': \(problem.summary)", hint: problem.hint, id: problem.code,
            at: place(id, [.value(problem.option), .option(problem.option), .uses, .run]))
    }

    /// A diagnostic about a place in one of the files that make up the pipeline, with its line.
    package func diagnostic(
        _ message: String, hint: String? = nil, id: String, severity: Diagnostic.Severity = .error,
        at position: SourcePosition
    ) -> Diagnostic {
        Diagnostic(
            message, hint: hint, id: id, severity: severity, at: position,
            sourceLine: line(position.line, of: position.file))
    }

    /// A diagnostic about a place in one of these files, with its line.
    package func withLine(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        if let file = diagnostic.file { diagnostic.sourceLine = diagnostic.line.flatMap { line($0, of: file) } }
        return diagnostic
    }

    /// The first of `places` that is written in the entry of the stage `id`; the entry itself, or the pipeline's file,
    /// where there is none.
    package func place(_ id: String, _ places: [StageUse.Place]) -> SourcePosition {
        guard let stage = stages.first(where: { $0.id == id }) else { return SourcePosition(file: path) }
        return places.lazy.compactMap { stage.places[$0] }.first ?? stage.position
    }

    /// The line `number`, from 1, of one of the files that were read.
    private func line(_ number: Int, of file: String) -> String? {
        guard number > 0, let bytes = inputs.first(where: { $0.shownPath == file })?.bytes else { return nil }
        var start = 0
        var line = 1
        while line < number, start < bytes.count {
            if bytes[start] == 0x0A || bytes[start] == 0x0D && bytes[min(start + 1, bytes.count - 1)] != 0x0A {
                line += 1
            }
            start += 1
        }
        guard line == number else { return nil }
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        let content = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
        return String(decoding: content, as: UTF8.self)
    }

    private static func list(_ names: some Sequence<some CustomStringConvertible>) -> String {
        names.map { "'\($0)'" }.joined(separator: ", ")
    }
}
