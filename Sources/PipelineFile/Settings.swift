import Model

/// What was set for this run: values of parameters and of stages' options.
struct Settings {
    /// A value that was set, with what stands for its place.
    struct Setting {
        var name: String
        var value: Node
        var mark: Mark
    }

    /// By name of the parameter; of two for one name, the later.
    private(set) var parameters: [String: Setting] = [:]
    /// By id of the stage, then by name of the option.
    private(set) var options: [String: [String: Setting]] = [:]
    /// By column of the metadata file, in small letters: `corpus.where.COLUMN`.
    private(set) var conditions: [String: Setting] = [:]
    private static let condition = "corpus.where."

    /// `NAME=VALUE` and `STAGE.OPTION=VALUE`.
    init(_ written: [String], problems: ProblemList) {
        for setting in written {
            let source = SourceText(name: "--set \(setting.shortened)", bytes: Array(setting.utf8), isFile: false)
            let mark = Mark(source)
            guard let equals = setting.utf8.firstIndex(of: UInt8(ascii: "=")), equals != setting.startIndex else {
                problems.report(
                    "a setting has the form NAME=VALUE or STAGE.OPTION=VALUE", id: "bad-setting", at: mark)
                continue
            }
            let name = String(setting[..<equals])
            let text = String(setting[setting.utf8.index(after: equals)...])
            guard let value = Self.value(text, mark, problems) else { continue }
            let result = Setting(name: name, value: value, mark: mark)
            if name.hasPrefix(Self.condition) {
                conditions[String(name.dropFirst(Self.condition.count)).lowercased()] = result
            } else if let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) {
                options[String(name[..<dot]), default: [:]][String(name[name.utf8.index(after: dot)...])] = result
            } else {
                parameters[name] = result
            }
        }
    }

    /// A value is a scalar of YAML, or a list in brackets, or a mapping in braces, or a text in quotes.
    private static func value(_ text: String, _ mark: Mark, _ problems: ProblemList) -> Node? {
        guard let first = text.utf8.first, "[{'\"".utf8.contains(first) else {
            return Node(Node.Scalar(text: text, value: CoreSchema.value(of: text)), mark)
        }
        guard
            let source = SourceText.checked(
                Array(text.utf8), name: mark.source.name, problems: problems, isFile: false),
            var node = NodeReader.read(source, problems: problems)
        else { return nil }
        node.mark = mark
        return node
    }

    /// In the order of their names, as `name=value`.
    func sorted(_ written: [String]) -> [String] {
        var last: [String: String] = [:]
        for setting in written {
            guard let equals = setting.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
            last[String(setting[..<equals])] = setting
        }
        return last.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
