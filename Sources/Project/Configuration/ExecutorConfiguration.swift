import Executors
import Foundation
import Model
import StageKit

/// The executors that `run --on` can name, with what `colophon.yaml` says of them.
package struct ExecutorConfiguration: Sendable {
    /// The names that `--on` takes.
    package static var names: [String] { ExecutorKinds.all.map { $0.name } }

    /// The keys that every executor has.
    private static let numbers = ["documents-per-task", "bytes-per-task", "at-most", "cpus"]

    /// How tasks are run on `name`; throws a `ProjectProblem` for a name or a setting that there is not. `tool` is the
    /// program that tasks run, `build` stands for its code, `jobs` is how many processors this machine's tasks may use together.
    package static func settings(
        of name: String, for analysis: Analysis, tool: String, build: String, jobs: Int
    ) throws -> TaskSettings {
        guard let kind = ExecutorKinds.all.first(where: { $0.name == name }) else {
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
        let own = reader.entries(entries[name]?.value, of: name, keys: numbers + kind.keys.map(\.name))
        var given = ExecutorSettings()
        given.atMost = own["at-most"].flatMap { reader.number($0) }
        given.cpus = own["cpus"].flatMap { reader.number($0) }
        for key in kind.keys {
            guard let entry = own[key.name] else { continue }
            switch key.value {
            case .text: given.texts[key.name] = reader.text(entry)
            case .lines: given.lines[key.name] = reader.lines(entry)
            }
        }
        let (documents, bytes) = (
            own["documents-per-task"].flatMap { reader.number($0) }, own["bytes-per-task"].flatMap { reader.number($0) }
        )
        var executor: (any ConfiguredExecutor)?
        do throws(ExecutorProblem) {
            executor = try kind.init(configured: given, jobs: jobs)
        } catch {
            reader.report(error.summary, hint: error.hint, error.id, error.key.flatMap { own[$0]?.line })
        }
        guard let executor, reader.problems.isEmpty else { throw ProjectProblem.usage(reader.problems) }
        if let item = consentItem(kind, given, section, analysis) { try check(item, analysis) }
        var settings = TaskSettings(executor: executor, tool: tool, build: build)
        settings.jobs = given.cpus ?? 1
        if let documents { settings.documentsPerTask = documents }
        settings.bytesPerTask = bytes
        return settings
    }

    /// What of the project's own `colophon.yaml` acts with its user's rights: lines of shell, and options that may name
    /// programs. A file of the user's own needs no consent.
    static func consentItems(for analysis: Analysis, _ configuration: Configuration) -> [ConsentItem] {
        guard let section = configuration.section("executors"), case .mapping(let executors) = section.value else {
            return []
        }
        var reader = ExecutorSettingsReader(file: section.file)
        return ExecutorKinds.all.compactMap { kind in
            guard case .mapping(let entries)? = executors.first(where: { $0.key == kind.name })?.value else {
                return nil
            }
            var given = ExecutorSettings()
            for entry in entries where kind.keys.contains(where: { $0.name == entry.key && $0.consent != nil }) {
                given.lines[entry.key] = reader.lines(entry)
            }
            return consentItem(kind, given, section, analysis)
        }
    }

    private static func consentItem(
        _ kind: any ConfiguredExecutor.Type, _ given: ExecutorSettings, _ section: Configuration.Section?,
        _ analysis: Analysis
    ) -> ConsentItem? {
        let lines = kind.keys.flatMap { key in
            key.consent.map { word in (given.lines[key.name] ?? []).map { (word: word, line: $0) } } ?? []
        }
        guard let section, section.isOfProject, !lines.isEmpty else { return nil }
        let folder = Pipeline.join(FileManager.default.currentDirectoryPath, analysis.pipeline.projectFolder)
        return ConsentItem(
            name: "executor '\(kind.name)' of \(Configuration.name)",
            summary: lines.map(\.line).joined(separator: "; "),
            place: "\(folder)/\(Configuration.name) executor \(kind.name)",
            facts: ["executor \(kind.name)"] + lines.map { "\($0.word) \(ConsentItem.quoted($0.line))" },
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
