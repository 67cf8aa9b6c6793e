import Model
import StageKit

/// Reads the entries of `stages` against the catalogue.
struct StagesReader {
    let reader: PipelineReader
    let catalogue: [StageDescription]
    let parameters: Parameters
    let settings: Settings
    /// What is passed to every stage that has an option `decisions`.
    let decisions: FileValue?
    private(set) var stages: [StageUse] = []
    /// The ids of the stages read so far, those with mistakes included.
    private var ids: [String: Mark] = [:]

    init(
        _ reader: PipelineReader, catalogue: [StageDescription], parameters: Parameters, settings: Settings,
        decisions: FileValue?
    ) {
        self.reader = reader
        self.catalogue = catalogue
        self.parameters = parameters
        self.settings = settings
        self.decisions = decisions
    }

    /// Reads every entry, then what was set for stages that are not there.
    mutating func read(_ nodes: [Node]) {
        for node in nodes { read(node) }
        let known = ids.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (id, set) in settings.options.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        where ids[id] == nil {
            for setting in set.values.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                reader.problems.report(
                    "the pipeline has no stage '\(id.shortened)'", hint: reader.hint(id, among: known),
                    id: "unknown-stage", at: setting.mark)
            }
        }
    }

    private mutating func read(_ node: Node) {
        guard let entries = reader.entries(node, "a stage", hint: "Write '- uses: NAME'.") else { return }
        let keys = reader.known(entries, Keys.stage + Keys.program, of: "a stage")
        let stage: StageUse?
        switch (keys["uses"], keys["run"]) {
        case (let uses?, nil) where StageFolder.isPath(uses.value.text ?? ""): stage = folder(uses, keys, node.mark)
        case (let uses?, nil): stage = builtin(uses, keys, node.mark)
        case (nil, let run?):
            let with = options(keys, id: name(keys) ?? "")
            stage = ProgramReader(reader: reader).read(run, keys, with: with, at: node.mark)
        case (let uses?, let run?):
            reader.problems.report(
                "a stage has 'uses' or 'run', not both", id: "uses-and-run",
                at: uses.keyMark.start > run.keyMark.start ? uses.keyMark : run.keyMark)
            stage = nil
        case (nil, nil):
            // an unknown key may be a mistyped 'uses', which is reported already
            if keys.count == entries.count {
                reader.problems.report(
                    "a stage needs 'uses' or 'run'", hint: "'uses' names a built-in stage, 'run' a program.",
                    id: "missing-key", at: node.mark)
            }
            stage = nil
        }
        let id = claimId(keys, at: node.mark)
        if var stage, let id {
            stage.id = id
            stages.append(stage)
        }
    }

    /// The stage's id, if it can be told.
    private func name(_ keys: [String: Node.Entry]) -> String? {
        if keys["id"] == nil, let uses = keys["uses"]?.value.text, StageFolder.isPath(uses) {
            return StageFolder.name(uses)
        }
        return (keys["id"] ?? keys["uses"] ?? keys["writes"])?.value.text
    }

    /// A stage that a folder of the project describes.
    private func folder(_ uses: Node.Entry, _ keys: [String: Node.Entry], _ mark: Mark) -> StageUse? {
        for key in Keys.program.compactMap({ keys[$0.name] }) {
            reader.problems.report(
                "key '\(key.key)' belongs into '\(StageFolder.file)' of the stage", id: "misplaced-key", at: key.keyMark
            )
        }
        guard let path = reader.text(uses.value, "'uses'"), let stage = StageFolder(path, reader, at: uses.value.mark),
            let run = stage.program["run"]
        else { return nil }
        let name = StageFolder.name(path)
        guard reader.isName(name, "a stage", uses.value.mark) else { return nil }
        let program = ProgramReader(reader: reader, folder: stage.folder)
            .read(run, stage.program, with: [], at: mark)
        guard var use = program else { return nil }
        use.places[.uses] = uses.value.mark.position
        use.places[.id] = keys["id"]?.value.mark.position
        take(options(keys, id: self.name(keys) ?? name), of: stage.description, into: &use)
        for option in stage.description.options where use.options[option.name] == nil {
            if let standard = option.standard { use.options[option.name] = standard }
        }
        return use
    }

    /// Takes the options that a pipeline gives for a stage with this description.
    private func take(_ given: [Node.Entry], of description: StageDescription, into stage: inout StageUse) {
        for entry in given {
            guard let option = description.options.first(where: { $0.name == entry.key }) else {
                reader.problems.report(
                    "stage '\(description.name)' has no option '\(entry.key.shortened)'",
                    hint: reader.hint(entry.key, among: description.options.map(\.name)), id: "unknown-option",
                    at: entry.keyMark)
                continue
            }
            stage.places[.option(entry.key)] = entry.keyMark.position
            stage.places[.value(entry.key)] = entry.value.mark.position
            stage.options[entry.key] = reader.value(entry.value, for: option, of: description.name)
        }
    }

    /// Sees to it that no two stages have one id.
    private mutating func claimId(_ keys: [String: Node.Entry], at mark: Mark) -> String? {
        let place = (keys["id"] ?? keys["uses"] ?? keys["writes"])?.value.mark ?? mark
        if let id = keys["id"] {
            guard let text = reader.text(id.value, "'id'"), reader.isName(text, "a stage", place) else { return nil }
        }
        guard let id = name(keys), !id.isEmpty else { return nil }
        if let first = ids[id] {
            let whereabouts = first.source === place.source ? "on line \(first.line)" : "in '\(first.source.name)'"
            reader.problems.report(
                "two stages have the id '\(id.shortened)' (the first \(whereabouts))",
                hint: keys["id"] == nil ? "Give one of them another 'id'." : nil, id: "duplicate-stage",
                at: place)
            return nil
        }
        ids[id] = place
        return id
    }

    private func builtin(_ uses: Node.Entry, _ keys: [String: Node.Entry], _ mark: Mark) -> StageUse? {
        for key in Keys.program.compactMap({ keys[$0.name] }) {
            reader.problems.report(
                "key '\(key.key)' belongs to a stage with 'run'",
                hint: "Options of a built-in stage belong under 'with'.",
                id: "misplaced-key", at: key.keyMark)
        }
        guard let name = reader.text(uses.value, "'uses'") else { return nil }
        let given = options(keys, id: self.name(keys) ?? name)
        guard let description = catalogue.first(where: { $0.name == name }) else {
            reader.problems.report(
                "no stage named '\(name.shortened)'", hint: reader.hint(name, among: catalogue.map(\.name)),
                id: "unknown-stage", at: uses.value.mark)
            return nil
        }
        var stage = StageUse(id: name, position: mark.position, work: .builtin(name))
        for (key, place) in [("id", StageUse.Place.id), ("uses", .uses)] {
            stage.places[place] = keys[key]?.value.mark.position
        }
        take(given, of: description, into: &stage)
        let takesDecisions = description.options.contains { $0.name == "decisions" }
        if let decisions, takesDecisions, stage.options["decisions"] == nil {
            stage.options["decisions"] = .file(decisions)
        }
        return stage
    }

    /// What stands under `with`, parameters put in, with what was set on the command line.
    private func options(_ keys: [String: Node.Entry], id: String) -> [Node.Entry] {
        var entries = keys["with"].flatMap { reader.entries($0.value, "'with'") } ?? []
        for k in entries.indices { entries[k].value = parameters.substituted(in: entries[k].value) }
        let set = (settings.options[id] ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (name, setting) in set {
            let entry = Node.Entry(key: name, keyMark: setting.mark, value: setting.value)
            if let k = entries.firstIndex(where: { $0.key == name }) {
                entries[k] = entry
            } else {
                entries.append(entry)
            }
        }
        return entries
    }
}
