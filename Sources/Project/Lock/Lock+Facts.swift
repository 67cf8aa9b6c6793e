import Digests
import Engine
import Model
import Notebook
import Programs
import Results
import StageKit

extension Lock {
    /// The lock of a run over these inputs that made `tables`, and a report over `variants` of these files, each with its
    /// digest.
    init(
        _ facts: RunFacts, tables: [String: ContentDigest], variants: [ReportVariant], files: [String: ContentDigest]
    ) throws {
        self.init(
            try facts.lockFacts + tables.map { LockFact(.table, $0.key, $0.value.description) }
                + Self.facts(of: variants) + Self.facts(ofReport: files))
    }

    /// The digests of what somebody opens: the report, its page, its charts. Pages of evidence are many, and have one line.
    static func facts(ofReport files: [String: ContentDigest]) -> [LockFact] {
        var pages = KeyFields()
        var facts: [LockFact] = []
        var hasPages = false
        for (path, digest) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            if path == PipelineRun.reportName {
                facts.append(LockFact(.report, digest.description))
            } else if path.hasPrefix(evidence) {
                pages.add(path, digest.bytes)
                hasPages = true
            } else {
                facts.append(LockFact(.output, path, digest.description))
            }
        }
        if hasPages { facts.append(LockFact(.output, evidence, ContentDigest(of: pages.encoded).description)) }
        return facts
    }

    private static let evidence = "evidence/"

    /// The digest of all tables of each variant.
    static func facts(of variants: [ReportVariant]) throws -> [LockFact] {
        try variants.filter { !$0.settings.isEmpty }.map { variant in
            var key = KeyFields()
            for table in try variant.results.digests().sorted(by: { $0.key < $1.key }) {
                key.add(table.key, table.value.bytes)
            }
            return LockFact(.variant, Analysis.name(of: variant.settings), ContentDigest(of: key.encoded).description)
        }
    }
}

extension RunFacts {
    /// What the results and the report are made from: whoever has the same facts gets the same bytes.
    var lockFacts: [LockFact] {
        let pipeline = analysis.pipeline
        var facts = [
            LockFact(.format, Lock.format), LockFact(.release, Release.version),
            LockFact(.corpus, "\(corpusRoot) \(documents) documents"),
            LockFact(.code, "report", BuiltInReport.fingerprint),
            LockFact(.library, "unicode", UnicodeData.version),
        ]
        facts += Self.documentFacts(of: tree)
        facts += notebookFiles.map { LockFact(.notebook, $0.path, $0.digest.description) }
        facts += inputs.map { LockFact(.pipeline, $0.path, $0.digest.description) }
        facts += pipeline.corpus.conditions.map { LockFact(.option, "corpus.where.\($0.column)", $0.words) }
        for use in pipeline.stages { facts += lockFacts(of: use) }
        facts += analysis.plan.digests.map { LockFact(.step, $0.key.description, $0.value.description) }
        return facts
    }

    /// A corpus of more documents has a line for some neighbours together: a lock is read by people, and written by each run
    /// that changes something.
    private static let most = 2000

    /// The documents, by which it is told which of them are others, without the run that wrote the lock.
    static func documentFacts(of tree: CorpusTree) -> [LockFact] {
        let entries = tree.entries
        guard entries.count > most else {
            return entries.map { LockFact(.document, $0.id, short($0.content) + row(of: $0)) }
        }
        var facts: [LockFact] = []
        var first = 0
        for leaf in tree.leaves {
            let group = entries[first..<first + leaf.count]
            facts.append(
                LockFact(.documents, group[first].id, "\(leaf.count)+\(short(leaf.digest))+\(DocumentMarks(group))"))
            first += leaf.count
        }
        return facts
    }

    static func short(_ digest: ContentDigest) -> String { String(digest.description.prefix(16)) }

    static func row(of entry: DocumentEntry) -> String {
        guard !entry.row.isEmpty else { return "" }
        var fields = KeyFields()
        for field in entry.row { fields.add(field.key, field.value) }
        return "+" + short(ContentDigest(of: fields.encoded))
    }

    private func lockFacts(of use: StageUse) -> [LockFact] {
        var facts: [LockFact] = []
        switch use.work {
        case .builtin(let name):
            facts.append(LockFact(.stage, use.id, name))
            if let stage = Catalogue.stage(name) {
                facts.append(LockFact(.code, name, stage.fingerprint))
                for library in stage.libraries {
                    let words = library.split(separator: " ", maxSplits: 1)
                    facts.append(LockFact(.library, String(words.first ?? ""), words.count > 1 ? String(words[1]) : ""))
                }
            }
        case .program(let program):
            facts.append(LockFact(.stage, use.id, "program"))
            facts.append(LockFact(.command, use.id, program.command.joined(separator: " ")))
            let files = analysis.programs.values.first { $0.stage == use.id }?.files ?? []
            facts += files.map { LockFact(.file, "\(use.id) \($0.path)", $0.digest.description) }
        }
        for (name, value) in use.options {
            var shown = value.shown
            if case .file(let file) = value { shown += " \(ContentDigest(of: file.bytes))" }
            facts.append(LockFact(.option, "\(use.id).\(name)", shown))
        }
        return facts
    }
}
