import Model
import StageKit

/// Reads a stage that is a program of the user's own.
struct ProgramReader {
    let reader: PipelineReader
    /// The folder, relative to the project, that the paths of the program are relative to.
    var folder = ""

    /// The stage, its id still to be set; nil when it has no command or writes nothing.
    func read(
        _ run: Node.Entry, _ keys: [String: Node.Entry], with options: [Node.Entry], at mark: Mark
    ) -> StageUse? {
        let command = command(run.value)
        var places: [StageUse.Place: SourcePosition] = [.run: run.value.mark.position]
        if let id = keys["id"] { places[.id] = id.value.mark.position }

        let files = keys["files"].map { reader.texts($0.value, "'files'", entry: "an entry of 'files'") } ?? []
        for (path, mark) in files where reader.isRelative(path, mark) {
            reader.find(inFolder(path), mark: mark)
            places[.file(inFolder(path))] = mark.position
        }

        let reads = keys["reads"].map { reader.texts($0.value, "'reads'", entry: "an entry of 'reads'") } ?? []
        if let key = keys["reads"] { places[.reads] = key.value.mark.position }
        for (layer, mark) in reads { places[.read(LayerName(layer))] = mark.position }
        if reads.isEmpty, keys["reads"] == nil {
            reader.problems.report(
                "a stage with 'run' needs 'reads'", hint: "It names the layers that the program receives: [text].",
                id: "missing-key", at: run.keyMark)
        }

        let names = keys["environment"].map {
            reader.texts($0.value, "'environment'", entry: "an entry of 'environment'")
        }
        for (name, mark) in names ?? [] where name.utf8.contains(UInt8(ascii: "=")) || name.utf8.contains(0) {
            reader.problems.report(
                "'environment' holds names of variables, not their values", id: "bad-name", at: mark)
        }
        let pin = keys["pin"].flatMap { reader.bool($0.value, "'pin'") } ?? false
        let isConfined = keys["confined"].flatMap { reader.bool($0.value, "'confined'") } ?? true

        guard let writes = writes(keys["writes"], run), let first = writes.first, let command else { return nil }
        let scope = scope(keys["scope"])
        if scope == .corpus, writes.count > 1, let mark = keys["writes"]?.value.mark {
            reader.problems.report(
                "a stage with 'scope: corpus' writes one layer", hint: "Write one of them in a stage of its own.",
                id: "too-many-layers", at: mark)
        }
        places[.writes] = keys["writes"]?.value.mark.position
        var values: [String: OptionValue] = [:]
        for entry in options {
            places[.option(entry.key)] = entry.keyMark.position
            places[.value(entry.key)] = entry.value.mark.position
            values[entry.key] = entry.value.value
        }
        // words of the command that are files stand for these; the program itself may be one
        let own = Set(files.map { Pipeline.join(".", $0.text) })
        let words = command.enumerated().map { index, word in
            let isFile = own.contains(Pipeline.join(".", word)) || (index == 0 && word.utf8.contains(UInt8(ascii: "/")))
            return folder.isEmpty || !isFile || word.hasPrefix("/") ? word : inFolder(word)
        }
        let program = ProgramUse(
            command: words, files: files.map { inFolder($0.text) }, reads: reads.map { LayerName($0.text) },
            writes: writes, environment: (names ?? []).map(\.text), pin: pin, scope: scope,
            isConfined: isConfined, limits: limits(keys["limits"]))
        return StageUse(
            id: first.rawValue, position: mark.position, work: .program(program), options: values, places: places)
    }

    private func scope(_ entry: Node.Entry?) -> ProgramUse.Scope {
        guard let entry, let name = reader.text(entry.value, "'scope'") else { return .document }
        if let scope = ProgramUse.Scope(rawValue: name) { return scope }
        let all = ProgramUse.Scope.allCases.map(\.rawValue)
        reader.problems.report(
            "there is no scope '\(name.shortened)'",
            hint: reader.hint(name, among: all) ?? "It is 'document' or 'corpus'.",
            id: "unknown-scope", at: entry.value.mark)
        return .document
    }

    private func inFolder(_ path: String) -> String { Pipeline.join(folder.isEmpty ? "." : folder, path) }

    private func limits(_ entry: Node.Entry?) -> ProgramLimits {
        var limits = ProgramLimits()
        guard let entry, let entries = reader.entries(entry.value, "'limits'", hint: "Write 'limits: {seconds: 10}'.")
        else { return limits }
        for (name, entry) in reader.known(entries, Keys.limits, of: "'limits'") {
            let range = ["memory", "output", "total-output"].contains(name) ? 1.0...1_048_576 : 0.001...31_536_000
            let option = OptionDescription(name, .real(range), "")
            guard let value = reader.value(entry.value, for: option, of: "limits") else { continue }
            let number = if case .real(let number) = value { number } else { 0.0 }
            switch name {
            case "seconds": limits.seconds = number
            case "memory": limits.memory = Int(number.rounded(.up))
            case "output": limits.output = Int(number.rounded(.up))
            case "total-output": limits.totalOutput = Int(number.rounded(.up))
            default: limits.totalSeconds = number
            }
        }
        return limits
    }

    private func command(_ node: Node) -> [String]? {
        if let text = node.text {
            let words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            reader.problems.report(
                "'run' is a list: the program, then its arguments",
                hint: "Write 'run: [\(words.joined(separator: ", ").shortened)]'.", id: "wrong-type", at: node.mark)
            return nil
        }
        guard let nodes = reader.list(node, "'run'", hint: "Write 'run: [python3, stages/mine.py]'.") else {
            return nil
        }
        if nodes.isEmpty {
            reader.problems.report("'run' names no program", id: "empty-list", at: node.mark)
        }
        let words = nodes.compactMap { node in
            node.text.flatMap { $0.utf8.contains(0) ? nil : $0 } ?? reader.text(node, "an entry of 'run'")
        }
        return words.isEmpty || words.count < nodes.count ? nil : words
    }

    /// The layers that the program writes. Several are all layers that stand in for those of built-in stages.
    private func writes(_ entry: Node.Entry?, _ run: Node.Entry) -> [LayerName]? {
        guard let entry else {
            reader.problems.report(
                "a stage with 'run' needs 'writes'", hint: "It names the layer that the program writes.",
                id: "missing-key", at: run.keyMark)
            return nil
        }
        let names = reader.texts(entry.value, "'writes'", entry: "an entry of 'writes'")
        let layers = names.compactMap { layer($0.text, $0.mark) }
        guard !layers.isEmpty, layers.count == names.count else {
            if case .sequence(let nodes) = entry.value.content, nodes.isEmpty {
                reader.problems.report("'writes' names no layer", id: "empty-list", at: entry.value.mark)
            }
            return nil
        }
        for (k, name) in names.enumerated() where layers.count > 1 {
            if layers[..<k].contains(layers[k]) {
                reader.problems.report("'writes' names '\(name.text)' twice", id: "duplicate-layer", at: name.mark)
                return nil
            }
            if GivenLayers.type(of: layers[k]) == nil {
                let given = GivenLayers.all.map { "'\($0.name)'" }.joined(separator: ", ")
                reader.problems.report(
                    "a program writes '\(name.text)' in a stage of its own",
                    hint: "Only layers that stand in for those of built-in stages can be written together: \(given).",
                    id: "too-many-layers", at: name.mark)
                return nil
            }
        }
        return layers
    }

    private func layer(_ name: String, _ mark: Mark) -> LayerName? {
        guard reader.isName(name, "a layer", mark) else { return nil }
        let given = GivenLayers.all.map { $0.name.rawValue }
        if !given.contains(name), Self.layers.contains(LayerName(name)) || Self.tables.contains(name) {
            let layers = given.map { "'\($0)'" }.joined(separator: ", ")
            reader.problems.report(
                "'\(name)' is a reserved layer name",
                hint: "Give the layer another name. In place of a built-in stage a program may write \(layers).",
                id: "reserved-layer", at: mark)
            return nil
        }
        return LayerName(name)
    }

    /// The layers of the built-in stages.
    private static let layers: Set<LayerName> = [
        SourceBytes.name, DocumentText.name, Origin.name, SourceLines.name, Metadata.name, Blocks.name,
        Sentences.name, Tokens.name, Quotations.name, Names.name, Mentions.name, Attributions.name, Claims.name,
        Links.name,
    ]

    /// The tables of the results database: a layer becomes one.
    private static let tables: Set<String> = [
        "documents", "entities", "aliases", "quantities", "dates", "claim_links", "statements", "terms", "collocations",
        "keyness",
        "dispersion", "readability", "cooccurrence", "timeline", "digests",
    ]
}
