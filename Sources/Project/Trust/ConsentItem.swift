import Digests
import Foundation
import Model
import PipelineFile
import Programs
package import StageKit
import Text

/// Something of a project that acts with its user's rights, and does so only with the user's consent: a program.
///
/// A consent holds for the text that `facts` make, one fact a line, which has the digest of every file. It says neither
/// where the project lies nor what the stage is called, so a copy of the project asks nothing anew.
package struct ConsentItem: Hashable, Sendable {
    /// A file on which it depends.
    package struct File: Hashable, Sendable {
        /// Relative to the project.
        package let path: String
        package let digest: ContentDigest
        /// Where it is on this machine.
        package let location: String
    }

    /// What it is in the project: `stage 'hedging'`.
    package let name: String
    /// What is done, in one line: the words of the command.
    package let summary: String
    /// Where the project has it, absolute, with its name: by this the last consent to it is found.
    package let place: String
    /// What was consented to, in a fixed order; each begins with a word for its kind.
    package let facts: [String]
    package let files: [File]

    /// Where the pipeline says so.
    let position: SourcePosition?

    /// Whether it is a program.
    var isProgram: Bool { facts.first == "program" }

    /// The text that a consent is given to.
    package var text: String { facts.map { $0 + "\n" }.joined() }
    package var digest: ContentDigest { ContentDigest(of: Array(text.utf8)) }

    init(
        name: String, summary: String, place: String, facts: [String], files: [File], position: SourcePosition? = nil
    ) {
        self.name = name
        self.summary = summary
        self.place = place
        self.facts = facts
        self.files = files
        self.position = position
    }

    /// A program as it would be started.
    init(_ program: ProgramSpecification, of pipeline: Pipeline) {
        let use = program.use
        var files = program.files.map {
            File(path: $0.path, digest: $0.digest, location: Pipeline.join(program.projectFolder, $0.path))
        }
        // A program that the project brings along is one of its files, listed or not.
        if let word = use.command.first, word.contains("/"), !word.hasPrefix("/"),
            !files.contains(where: { Pipeline.join(".", $0.path) == Pipeline.join(".", word) }),
            let digest = program.programDigest
        {
            files.append(File(path: word, digest: digest, location: Pipeline.join(program.projectFolder, word)))
        }
        var facts = ["program", "command " + use.command.map(Self.quoted).joined(separator: " ")]
        facts.append("reads " + program.layersRead.map(\.rawValue).joined(separator: " "))
        facts.append("writes " + use.writes.map(\.rawValue).joined(separator: " "))
        if use.scope == .corpus { facts.append("scope corpus") }
        if !use.isConfined { facts.append("not confined") }
        facts += use.environment.map { "environment \(Self.quoted($0))" }
        for (name, value) in program.options.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            var shown = value.shown
            if case .file(let file) = value { shown += " \(ContentDigest(of: file.bytes))" }
            facts.append("option \(Self.quoted(name)) \(Self.quoted(shown))")
        }
        facts += files.map { "file \(Self.quoted($0.path)) \($0.digest)" }
        let stage = pipeline.stages.first { $0.id == program.stage }
        self.init(
            name: "stage '\(program.stage)'", summary: use.command.joined(separator: " "),
            place: "\(program.projectFolder)/\(pipeline.inputs.first?.path ?? pipeline.path) stage \(program.stage)",
            facts: facts, files: files, position: stage.map { $0.places[.run] ?? $0.position })
    }

    /// Words in quotes, so that no word can pass for two.
    static func quoted(_ text: String) -> String {
        var output = JSONOutput()
        output.string(text)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}

extension Analysis {
    /// What of the pipeline needs consent, in the order of its stages.
    package var consentItems: [ConsentItem] {
        pipeline.stages.compactMap { use in
            programs.values.first { $0.stage == use.id }.map { ConsentItem($0, of: pipeline) }
        }
    }
}

extension Analysis {
    /// The same with what the project's settings reach.
    package func allConsentItems() throws -> [ConsentItem] {
        let configuration = try Configuration(project: pipeline.projectFolder)
        let settings = try CacheSettings.settings(of: configuration)
        return consentItems + [settings?.consentItem(project: pipeline.projectFolder)].compactMap { $0 }
            + ExecutorConfiguration.consentItems(for: self, configuration)
    }
}

extension Sequence<ConsentItem> {
    /// The digest that stands for consent to all of them, for `COLOPHON_TRUST`.
    package var consentDigest: ContentDigest {
        ContentDigest(of: map(\.digest).sorted { $0.description < $1.description }.flatMap(\.bytes))
    }
}
