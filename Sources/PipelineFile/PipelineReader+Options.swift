import Model
import StageKit

/// Checking the values of options against what a stage says of them.
extension PipelineReader {
    /// The value of an option; nil, with the reason reported, when it is none that the option takes.
    func value(_ node: Node, for option: OptionDescription, of stage: String) -> OptionValue? {
        value(node, as: option.type, "option '\(option.name)' of stage '\(stage)'")
    }

    private func value(_ node: Node, as type: OptionType, _ what: String) -> OptionValue? {
        if node.isBroken { return nil }
        switch type {
        case .list(let element):
            guard case .sequence(let nodes) = node.content else { return wrongType(node, type, what) }
            let values = nodes.map { value($0, as: element, "an entry of \(what)") }
            return values.contains(nil) ? nil : .list(values.compactMap { $0 })
        case .yamlFile, .file: return file(node, type, what)
        case .choice(let words): return choice(node, words, what)
        case .weights(let words):
            guard case .string(let word)? = choice(node, words, what) else { return nil }
            return weights(word, what, node.mark).map { .file($0) }
        default: break
        }
        guard case .scalar(let scalar) = node.content else { return wrongType(node, type, what) }
        switch (type, scalar.value) {
        case (.bool, .bool), (.string, .string): return scalar.value
        case (.integer(let range), .integer(let number)):
            return range.contains(number) ? scalar.value : wrongType(node, type, what, id: "out-of-range")
        case (.real(let range), .integer(let number)):
            let real = Double(number)
            return range.contains(real) ? .real(real) : wrongType(node, type, what, id: "out-of-range")
        case (.real(let range), .real(let number)):
            return range.contains(number) ? scalar.value : wrongType(node, type, what, id: "out-of-range")
        case (.string, .integer), (.string, .real), (.string, .bool):
            return wrongType(node, type, what, hint: "Put it in quotes: '\(scalar.text.shortened)'.")
        default: return wrongType(node, type, what)
        }
    }

    private func wrongType(
        _ node: Node, _ type: OptionType, _ what: String, hint: String? = nil, id: String = "wrong-type"
    ) -> OptionValue? {
        if node.isBroken { return nil }
        problems.report(
            node.isNull
                ? "\(what) has no value: it takes \(type.wording)"
                : "\(what) takes \(type.wording), not \(node.found)",
            hint: hint, id: id, at: node.mark)
        return nil
    }

    /// One of the words, whatever YAML makes of it.
    private func choice(_ node: Node, _ words: [String], _ what: String) -> OptionValue? {
        guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty else {
            return wrongType(node, .choice(words), what)
        }
        if words.contains(scalar.text) { return .string(scalar.text) }
        return wrongType(
            node, .choice(words), what, hint: NearName.hint(scalar.text, among: words), id: "unknown-choice")
    }

    private func file(_ node: Node, _ type: OptionType, _ what: String) -> OptionValue? {
        guard case .string(let written) = node.value, !written.isEmpty else { return wrongType(node, type, what) }
        guard isRelative(written, node.mark) else { return nil }
        return file(Pipeline.join(".", written), written: written, type, node.mark).map { .file($0) }
    }

    /// The installed file of weights that has this name.
    private func weights(_ name: String, _ what: String, _ mark: Mark) -> FileValue? {
        let file = "\(name).weights"
        for folder in access.weightFolders {
            let path = "\(folder)/\(file)"
            do throws(FileProblem) {
                return FileValue(name: name, weights: try access.read(path, Self.largestFile))
            } catch .missing {
                continue
            } catch {
                report(error, path, mark)
                return nil
            }
        }
        let folders = access.weightFolders.map { "'\($0)'" }.joined(separator: ", ")
        problems.report(
            "\(what) needs the file '\(file)', which is not installed",
            hint: """
                Install the package 'colophon-meaning', or make the file with `make meaning` in the sources of Colophon. \
                It is looked for in \(folders); the environment variable COLOPHON_WEIGHTS names another folder.
                """,
            id: "no-weights", at: mark)
        return nil
    }

    /// The file at `path`, relative to the project.
    func file(_ path: String, written: String, _ type: OptionType, _ mark: Mark) -> FileValue? {
        guard case .yamlFile = type else {
            return bytes(shown(path), path: path, limit: Self.largestFile, mark: mark)
                .map { FileValue(path: written, bytes: $0) }
        }
        guard let node = tree(shown(path), path: path, limit: Self.largestTree, mark: mark),
            let bytes = bytes(shown(path), path: path, limit: Self.largestTree, mark: mark)
        else { return nil }
        return FileValue(path: written, bytes: bytes, tree: node.value)
    }
}
