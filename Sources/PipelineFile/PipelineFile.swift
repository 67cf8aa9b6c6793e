package import Model
package import StageKit

/// Reading the YAML files of a project.
package enum PipelineFile {
    /// Reads and checks the pipeline at `path`; with an error among the diagnostics there is none.
    ///
    /// `catalogue` are the stages that `uses` may name. `settings` are `NAME=VALUE` for parameters and
    /// `STAGE.OPTION=VALUE` for options, a value being a scalar of YAML or a list in brackets.
    package static func load(
        path: String, catalogue: [StageDescription], settings: [String] = [], access: FileAccess = .disk
    ) -> (pipeline: Pipeline?, diagnostics: [Diagnostic]) {
        let folder = Pipeline.projectFolder(for: path, workingFolder: access.workingFolder)
        let reader = PipelineReader(access: access, projectFolder: folder)
        let problems = reader.problems
        var files = SectionsReader(reader)
        files.read(path)
        guard let root = files.root else { return (nil, problems.diagnostics) }
        let sections = files.sections

        let set = Settings(settings, problems: problems)
        let parameters = Parameters(sections.parameters, settings: set, problems: problems)
        let conditions = ConditionsReader(reader: reader, parameters: parameters, settings: set)
            .read(sections.corpus["where"])
        let corpus = reader.corpus(sections, where: conditions, root: root)
        let title = sections.values["title"].flatMap { reader.text($0.value, "'title'") }
        let notebook = sections.values["notebook"].flatMap { reader.path($0.value, "'notebook'") }
        if let notebook, let mark = sections.values["notebook"]?.value.mark { reader.find(notebook, mark: mark) }
        let decisions = reader.decisions(sections)
        let variants = VariantsReader(reader: reader).read(sections.values["variants"])

        var stages = StagesReader(
            reader, catalogue: catalogue, parameters: parameters, settings: set, decisions: decisions)
        stages.read(sections.stages)
        if sections.stages.isEmpty, !sections.isBroken {
            problems.report(
                sections.stagesMark == nil ? "the pipeline has no 'stages'" : "the list of 'stages' is empty",
                hint: "Each entry of 'stages' begins with '- uses: NAME'.", id: "missing-key",
                at: sections.stagesMark ?? root)
        }
        if !problems.hasErrors {
            // A notebook may use what no option does; that is checked where the notebook is read.
            if notebook == nil { parameters.reportUnused(in: set) }
            reader.checkUse(of: sections.values["decisions"], in: stages.stages)
        }
        guard !problems.hasErrors, let corpus else { return (nil, problems.diagnostics) }
        let name = Pipeline.name(of: path)
        let pipeline = Pipeline(
            path: path, projectFolder: folder, name: name, title: title ?? name, corpus: corpus,
            parameters: parameters.values.map { Pipeline.Parameter($0.name, $0.value.value) },
            settings: set.sorted(settings), stages: stages.stages, variants: variants, notebook: notebook,
            decisions: decisions.map { Pipeline.join(".", $0.path) }, inputs: reader.inputs)
        return (pipeline, problems.diagnostics)
    }

    /// What can be told of a pipeline that is wrong somewhere.
    package struct Outline: Sendable {
        package let projectFolder: String
        /// The path of the notebook that it names, as messages show it; nil where none is named, or it is no file.
        package let notebook: String?
        package let parameters: [String: OptionValue]
        /// The names of its variants.
        package let variants: [String]
    }

    /// What can be told of the pipeline at `path`, whatever is wrong with it.
    package static func outline(of path: String, settings: [String] = [], access: FileAccess = .disk) -> Outline {
        let folder = Pipeline.projectFolder(for: path, workingFolder: access.workingFolder)
        let reader = PipelineReader(access: access, projectFolder: folder)
        var files = SectionsReader(reader)
        files.read(path)
        let named = files.sections.values["notebook"].flatMap { reader.path($0.value, "'notebook'") }
        var notebook = named.map(reader.shown)
        if let path = notebook { do throws(FileProblem) { try access.find(path) } catch { notebook = nil } }
        let problems = reader.problems
        let parameters = Parameters(
            files.sections.parameters, settings: Settings(settings, problems: problems), problems: problems)
        let variants = VariantsReader(reader: reader).read(files.sections.values["variants"])
        return Outline(
            projectFolder: folder, notebook: notebook,
            parameters: Dictionary(parameters.values.map { ($0.name, $0.value.value) }, uniquingKeysWith: { $1 }),
            variants: variants.map(\.name))
    }

    /// The tree of any YAML file, whose path messages show as it is given.
    package static func tree(
        path: String, limit: Int = 16 << 20, access: FileAccess = .disk
    ) -> (tree: OptionValue?, diagnostics: [Diagnostic]) {
        let reader = PipelineReader(access: access, projectFolder: ".")
        let node = reader.tree(path, path: path, limit: limit, mark: nil)
        return (reader.problems.hasErrors ? nil : node?.value, reader.problems.diagnostics)
    }

    /// The tree of bytes that have been read already: front matter, say.
    package static func tree(_ bytes: [UInt8], name: String) -> (tree: OptionValue?, diagnostics: [Diagnostic]) {
        let problems = ProblemList()
        let node = SourceText.checked(bytes, name: name, problems: problems)
            .flatMap { NodeReader.read($0, problems: problems) }
        return (problems.hasErrors ? nil : node?.value, problems.diagnostics)
    }
}

extension PipelineReader {
    fileprivate func corpus(
        _ sections: Sections, where conditions: [DocumentCondition], root: Mark
    ) -> Pipeline.Corpus? {
        guard let mark = sections.corpusMark else {
            if sections.isBroken { return nil }
            problems.report(
                "the pipeline has no 'corpus'", hint: "Write 'corpus:' and below it 'include: [corpus/**/*.txt]'.",
                id: "missing-key", at: root)
            return nil
        }
        let include = patterns(sections.corpus["include"], "'include'")
        let exclude = patterns(sections.corpus["exclude"], "'exclude'")
        let metadata = sections.corpus["metadata"].flatMap { entry -> String? in
            guard let path = path(entry.value, "'metadata'") else { return nil }
            find(path, mark: entry.value.mark)
            return path
        }
        if sections.corpus["include"] == nil {
            problems.report(
                "'corpus' has no 'include'", hint: "It names the files of the corpus: [corpus/**/*.txt].",
                id: "missing-key", at: mark)
        } else if include.isEmpty, let entry = sections.corpus["include"], case .list([]) = entry.value.value {
            problems.report("'include' names no files", id: "empty-list", at: entry.value.mark)
        }
        return Pipeline.Corpus(
            include: include, exclude: exclude, metadata: metadata, conditions: conditions,
            columns: columns(sections.corpus["columns"]))
    }

    private func columns(_ entry: Node.Entry?) -> [String: String] {
        guard let entry, let entries = entries(entry.value, "'columns'", hint: "Write 'columns: {text: body}'.") else {
            return [:]
        }
        return known(entries, Keys.columns, of: "'columns'").compactMapValues { text($0.value, "a column") }
    }

    private func patterns(_ entry: Node.Entry?, _ what: String) -> [String] {
        guard let entry else { return [] }
        return texts(entry.value, what, entry: "an entry of \(what)").filter { isRelative($0.text, $0.mark) }
            .map(\.text)
    }

    /// Decisions that no stage takes would be dropped in silence.
    fileprivate func checkUse(of decisions: Node.Entry?, in stages: [StageUse]) {
        guard let decisions, !stages.contains(where: { $0.options["decisions"] != nil }) else { return }
        problems.report(
            "no stage of the pipeline takes decisions", id: "unused-decisions", at: decisions.keyMark)
    }

    fileprivate func decisions(_ sections: Sections) -> FileValue? {
        guard let entry = sections.values["decisions"], let path = path(entry.value, "'decisions'") else { return nil }
        return file(path, written: path, .yamlFile, entry.value.mark)
    }
}
