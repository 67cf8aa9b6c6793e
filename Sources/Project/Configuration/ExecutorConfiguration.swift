import Executors
import Foundation
import Model
import StageKit

/// The executors that `run --on` can name, with what `colophon.yaml` says of them.
package struct ExecutorConfiguration: Sendable {
    /// The names that `--on` takes.
    package static let names = ["slurm", "processes"]

    /// How tasks are run on `name`; throws a `ProjectProblem` for a name or a setting that there is not. `tool` is the
    /// program that tasks run, `jobs` how many processors this machine's tasks may use together.
    package static func settings(
        of name: String, for analysis: Analysis, tool: String, jobs: Int
    ) throws -> TaskSettings {
        guard names.contains(name) else {
            throw ProjectProblem.usage([
                Diagnostic(
                    "no executor named '\(name)'",
                    hint: NearName.hint(name, among: names) ?? "There are: \(names.joined(separator: ", ")).",
                    id: "unknown-executor")
            ])
        }
        let section = try Configuration(project: analysis.pipeline.projectFolder).section("executors")
        var reader = ExecutorSettingsReader(file: section?.file ?? "colophon.yaml")
        let entries = reader.entries(section?.value, of: "executors", keys: names)
        let own = reader.entries(
            entries[name]?.value, of: name,
            keys: ["documents-per-task", "bytes-per-task", "at-most", "cpus"]
                + (name == "slurm" ? ["partition", "account", "time", "memory", "setup", "options"] : []))
        let atMost = own["at-most"].flatMap { reader.number($0) }
        let cpus = own["cpus"].flatMap { reader.number($0) }
        var settings: TaskSettings
        var item: ConsentItem?
        if name == "slurm" {
            var slurm = SlurmSettings()
            slurm.partition = own["partition"].flatMap { reader.text($0) }
            slurm.account = own["account"].flatMap { reader.text($0) }
            slurm.time = own["time"].flatMap { reader.text($0) }
            slurm.memory = own["memory"].flatMap { reader.text($0) }
            slurm.cpus = cpus
            slurm.atMost = atMost
            slurm.setup = own["setup"].map { reader.lines($0) } ?? []
            slurm.options = own["options"].map { reader.lines($0) } ?? []
            for option in slurm.options {
                let key = String(option.prefix { $0 != "=" && $0 != " " })
                guard SlurmSettings.reserved.contains(key) else { continue }
                reader.report(
                    "'options' can't have '\(key)', which Colophon sets itself", "reserved-option", own["options"]?.line
                )
            }
            item = consentItem(slurm, section, analysis)
            settings = TaskSettings(executor: SlurmExecutor(slurm), tool: tool)
            settings.jobs = cpus ?? 1
        } else {
            settings = TaskSettings(executor: ProcessExecutor(limit: atMost ?? jobs), tool: tool)
            settings.jobs = cpus ?? 1
        }
        if let count = own["documents-per-task"].flatMap({ reader.number($0) }) { settings.documentsPerTask = count }
        settings.bytesPerTask = own["bytes-per-task"].flatMap { reader.number($0) }
        guard reader.problems.isEmpty else { throw ProjectProblem.usage(reader.problems) }
        if let item { try check(item, analysis) }
        return settings
    }

    /// What of the project's own `colophon.yaml` acts with its user's rights: lines of shell, and options of `sbatch`, of
    /// which some name programs. A file of the user's own needs no consent.
    static func consentItems(for analysis: Analysis, _ configuration: Configuration) -> [ConsentItem] {
        guard let section = configuration.section("executors"),
            case .mapping(let executors) = section.value,
            case .mapping(let entries)? = executors.first(where: { $0.key == "slurm" })?.value
        else { return [] }
        var reader = ExecutorSettingsReader(file: section.file)
        var slurm = SlurmSettings()
        for entry in entries {
            if entry.key == "setup" { slurm.setup = reader.lines(entry) }
            if entry.key == "options" { slurm.options = reader.lines(entry) }
        }
        return [consentItem(slurm, section, analysis)].compactMap { $0 }
    }

    private static func consentItem(
        _ slurm: SlurmSettings, _ section: Configuration.Section?, _ analysis: Analysis
    ) -> ConsentItem? {
        guard let section, section.isOfProject, !slurm.setup.isEmpty || !slurm.options.isEmpty else { return nil }
        let folder = Pipeline.join(FileManager.default.currentDirectoryPath, analysis.pipeline.projectFolder)
        return ConsentItem(
            name: "executor 'slurm' of \(Configuration.name)",
            summary: (slurm.setup + slurm.options).joined(separator: "; "),
            place: "\(folder)/\(Configuration.name) executor slurm",
            facts: ["executor slurm"] + slurm.setup.map { "setup \(ConsentItem.quoted($0))" }
                + slurm.options.map { "option \(ConsentItem.quoted($0))" },
            files: [], position: SourcePosition(file: section.file, line: section.line))
    }

    private static func check(_ item: ConsentItem, _ analysis: Analysis) throws {
        let consents = Consents()
        guard consents.missing(try analysis.allConsentItems()).contains(item) else { return }
        throw ProjectProblem.usage([try .notTrusted(item, analysis, consents)])
    }
}

/// Reads values of a configuration file, and gathers what is wrong with them.
struct ExecutorSettingsReader {
    let file: String
    private(set) var problems: [Diagnostic] = []

    init(file: String) { self.file = file }

    mutating func report(_ message: String, hint: String? = nil, _ id: String, _ line: Int?) {
        problems.append(Diagnostic(message, hint: hint, id: id, at: SourcePosition(file: file, line: line ?? 0)))
    }

    /// The entries of a mapping, by key.
    mutating func entries(_ value: OptionValue?, of what: String, keys: [String]) -> [String: OptionEntry] {
        guard let value, value != .null else { return [:] }
        guard case .mapping(let entries) = value else {
            report("'\(what)' takes keys such as '\(keys[0])'", "wrong-type", nil)
            return [:]
        }
        for entry in entries where !keys.contains(entry.key) {
            report(
                "'\(what)' has no key '\(entry.key)'", hint: NearName.hint(entry.key, among: keys), "unknown-key",
                entry.line)
        }
        return Dictionary(entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A whole number above 0.
    mutating func number(_ entry: OptionEntry) -> Int? {
        if case .integer(let number) = entry.value, number > 0 { return Int(number) }
        report("'\(entry.key)' takes a whole number above 0", "wrong-type", entry.line)
        return nil
    }

    /// One line of text; a number is written as it is.
    mutating func text(_ entry: OptionEntry) -> String? {
        switch entry.value {
        case .string(let text) where !text.isEmpty && !text.contains("\n") && !text.utf8.contains(0): return text
        case .integer(let number): return "\(number)"
        default:
            report(
                "'\(entry.key)' takes a text in one line", hint: "Write a time in quotes: \"00:30:00\".", "wrong-type",
                entry.line)
            return nil
        }
    }

    /// Lines: a text, or a list of texts.
    mutating func lines(_ entry: OptionEntry) -> [String] {
        switch entry.value {
        case .string(let text): return text.split(separator: "\n").map(String.init)
        case .list(let values):
            let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
            if texts.count == values.count { return texts }
        default: break
        }
        report("'\(entry.key)' takes a text or a list of texts", "wrong-type", entry.line)
        return []
    }
}
