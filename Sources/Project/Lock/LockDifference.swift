/// How two locks differ: the facts that only one of them has, by what they are about.
package struct LockDifference: Sendable {
    /// One fact that is another.
    package struct Change: Hashable, Sendable {
        package let kind: LockFact.Kind
        package let name: String
        /// The value in the first lock; nil where it has no such fact.
        package let old: String?
        /// The value in the second; nil where it has no such fact.
        package let new: String?
        /// The line in the first lock, from 1; 0 where it is not known.
        package let line: Int
    }

    /// In the order in which they explain each other: what somebody did first, what follows from it last.
    package let changes: [Change]
    /// By the id of a stage, what it uses.
    private let uses: [String: String]

    package init(from old: Lock, to new: Lock) {
        var changes: [Change] = []
        var after = Self.byName(new)
        var before = Self.byName(old)
        // Locks of which one has a line a document and the other a line for several do not tell which are others.
        for (kind, other) in [(LockFact.Kind.document, LockFact.Kind.documents), (.documents, .document)]
        where before.keys.contains(where: { $0.kind == kind }) && after.keys.contains(where: { $0.kind == other }) {
            before = before.filter { $0.key.kind != kind }
            after = after.filter { $0.key.kind != other }
        }
        for (key, fact) in before where after[key]?.value != fact.value {
            changes.append(
                Change(
                    kind: fact.kind, name: fact.name, old: fact.value, new: after[key]?.value,
                    line: old.line(of: fact) ?? 0))
        }
        for (key, fact) in after where before[key] == nil {
            changes.append(Change(kind: fact.kind, name: fact.name, old: nil, new: fact.value, line: 0))
        }
        uses = Dictionary(
            (old.facts + new.facts).filter { $0.kind == .stage }.map { ($0.name, $0.value) },
            uniquingKeysWith: { _, last in last })
        self.changes = changes.sorted {
            ($0.kind.rank, $0.name, $0.line) < ($1.kind.rank, $1.name, $1.line)
        }
    }

    private struct Key: Hashable {
        let kind: LockFact.Kind
        let name: String
    }

    private static func byName(_ lock: Lock) -> [Key: LockFact] {
        Dictionary(
            lock.facts.map { (Key(kind: $0.kind, name: $0.name), $0) }, uniquingKeysWith: { _, last in last })
    }

    package var isEmpty: Bool { changes.isEmpty }

    /// Those of what the results are made from.
    package var inputs: [Change] { changes.filter { !$0.kind.isResult } }

    /// Those that nothing else explains: the digest of a step says no more than the option or the code that it is made of,
    /// and a pipeline's file no more than what is written in it.
    package var causes: [Change] {
        let told = inputs.filter { $0.kind != .step && $0.kind != .pipeline }
        let code = Set(told.filter { $0.kind == .code }.map(\.name))
        let stages = Set(told.compactMap(\.stage) + uses.filter { code.contains($0.value) }.keys)
        let hasLibrary = told.contains { $0.kind == .library }
        let isWritten = told.contains { [.stage, .option, .command, .file].contains($0.kind) }
        let hasDocuments = told.contains { $0.kind == .document || $0.kind == .documents }
        return inputs.filter { change in
            switch change.kind {
            case .corpus: !hasDocuments
            case .step: !hasLibrary && !stages.contains(String(change.name.prefix { $0 != "." }))
            case .pipeline: !isWritten
            default: true
            }
        }
    }
}

extension LockDifference.Change {
    /// The stage that it is about; nil where it is about none.
    fileprivate var stage: String? {
        switch kind {
        case .stage, .command: name
        case .option: String(name.prefix { $0 != "." })
        case .file: String(name.prefix { $0 != " " })
        default: nil
        }
    }

    /// What is different, in words.
    package var words: String {
        switch kind {
        case .format: "the form of the lock is '\(new ?? "")', and was '\(old ?? "")'"
        case .release: "the release is \(new ?? "unknown"), and was \(old ?? "unknown")"
        case .corpus:
            if Self.count(old) == Self.count(new) {
                "documents of the corpus are read from other folders or in other formats"
            } else {
                "the corpus has \(Self.count(new)), and had \(Self.count(old))"
            }
        case .document: gained("the document '\(name)'") ?? "the document '\(name)' \(edit)"
        case .documents:
            gained("a group of documents from '\(name)' on")
                ?? "of the documents from '\(name)' on (\(Wording.count(Int(Self.parts(new).first ?? "") ?? 0, "document"))), "
                + "some are new, edited or gone, or have another row in the metadata file"
        case .pipeline: gained("the pipeline's file '\(name)'") ?? "the pipeline's file '\(name)' was edited"
        case .stage: gained("the stage '\(name)'") ?? "the stage '\(name)' is '\(new ?? "")', and was '\(old ?? "")'"
        case .option: option
        case .command: "the command of stage '\(name)' is '\(new ?? "none")', and was '\(old ?? "none")'"
        case .file:
            gained("the file '\(file)' of stage '\(stage ?? "")'")
                ?? "the file '\(file)' of stage '\(stage ?? "")' was edited"
        case .code:
            gained("the code of '\(name)'")
                ?? "the code of '\(name)' is that of another release or build"
        case .library:
            gained("the library '\(name)'") ?? "the library '\(name)' is \(new ?? ""), and was \(old ?? "")"
        case .step:
            gained("the step '\(name)'")
                ?? "the step '\(name)' depends on something that is other than before"
        case .notebook:
            gained("the notebook or its file '\(name)'") ?? "the notebook or its file '\(name)' was edited"
        case .table: gained("the table '\(name)'") ?? "the table '\(name)' has other rows"
        case .variant: gained("the variant '\(name)'") ?? "the variant '\(name)' has other results"
        case .output: gained("the file '\(name)' of the report") ?? "the file '\(name)' of the report has other bytes"
        case .report: "the report has other bytes"
        }
    }

    /// That it came in or went out; nil where it was there and is.
    private func gained(_ what: String) -> String? {
        if old == nil { return "\(what) is new" }
        return new == nil ? "\(what) is gone" : nil
    }

    private var option: String {
        let stage = String(name.prefix { $0 != "." })
        let option = String(name.dropFirst(stage.count + 1))
        let what = "the option '\(option)' of stage '\(stage)'"
        return switch (old, new) {
        case (nil, let new?): "\(what) is '\(new)', and was not given"
        case (let old?, nil): "\(what) is not given, and was '\(old)'"
        default: "\(what) is '\(new ?? "")', and was '\(old ?? "")'"
        }
    }

    /// What became of a document that is in both.
    private var edit: String {
        let (before, after) = (Self.parts(old), Self.parts(new))
        let isText = before.first != after.first
        let isRow = before.dropFirst() != after.dropFirst()
        return [isText ? "was edited" : nil, isRow ? "has another row in the metadata file" : nil].compactMap { $0 }
            .joined(separator: " and ")
    }

    private static func parts(_ value: String?) -> [Substring] { value?.split(separator: "+") ?? [] }

    private var file: String { String(name.dropFirst((stage ?? "").count + 1)) }

    /// `4 documents`.
    private static func count(_ corpus: String?) -> String {
        let words = corpus?.split(separator: " ") ?? []
        return words.count > 1 ? Wording.count(Int(words[1]) ?? 0, "document") : "no documents"
    }
}

extension LockFact.Kind {
    /// Where a change stands among the others.
    fileprivate var rank: Int { Self.order[self] ?? 0 }

    private static let order: [Self: Int] = Dictionary(
        uniqueKeysWithValues: [
            .format, .release, .corpus, .documents, .document, .stage, .option, .command, .file, .notebook, .pipeline,
            .code, .library, .step,
            .table, .variant, .report, .output,
        ].enumerated().map { ($1, $0) })
}
