import Digests
package import Model
package import StageKit
package import Store

/// How the results of a corpus are put into sheets: those of one stage over neighbouring documents in each.
///
/// Where the corpus is cut follows from the documents alone, as in the corpus tree: another one over nearly the same
/// documents has nearly the same sheets. By the names of sheets they are found, not trusted: what a sheet holds is taken
/// under its own keys.
package struct SheetPlan: Sendable {
    /// Neighbouring documents.
    package struct Group: Sendable {
        package let entries: [DocumentEntry]
    }

    private let plan: RunPlan
    package let groups: [Group]
    /// The ids of the stages in the order in which their steps run.
    package let stages: [String]
    private let steps: [String: [Step]]
    /// By stage, the digest of all steps that it depends on, its own among them.
    private let digests: [String: ContentDigest]

    /// Bytes of documents from which on a group is closed.
    private static let full = 4 << 20

    package init(_ plan: RunPlan, over tree: CorpusTree) {
        self.plan = plan
        groups = Self.groups(of: tree.entries)
        var stages: [String] = []
        var steps: [String: [Step]] = [:]
        for pass in plan.graph.passes {
            for step in pass.documentSteps + pass.folds {
                if steps[step.id.stage] == nil { stages.append(step.id.stage) }
                steps[step.id.stage, default: []].append(step)
            }
        }
        self.stages = stages
        self.steps = steps
        digests = Dictionary(
            uniqueKeysWithValues: stages.map { stage in (stage, Self.digest(of: stage, plan: plan, steps)) })
    }

    /// How documents, in order of their ids, are put into groups.
    package static func groups(of entries: [DocumentEntry]) -> [Group] {
        var groups: [Group] = []
        var open: [DocumentEntry] = []
        var bytes = 0
        for entry in entries {
            let cuts = CorpusTree.level(of: ContentDigest(of: Array(entry.id.utf8))) > 0
            if !open.isEmpty, cuts || bytes >= full {
                groups.append(Group(entries: open))
                open = []
                bytes = 0
            }
            open.append(entry)
            bytes += entry.size
        }
        if !open.isEmpty { groups.append(Group(entries: open)) }
        return groups
    }

    private static func digest(of stage: String, plan: RunPlan, _ steps: [String: [Step]]) -> ContentDigest {
        var wanted: Set<String> = [stage]
        var waiting = [stage]
        while let next = waiting.popLast() {
            for layer in (steps[next] ?? []).flatMap(\.contract.reads) {
                guard let writer = plan.writers[layer], wanted.insert(writer.id.stage).inserted else { continue }
                waiting.append(writer.id.stage)
            }
        }
        var fields = KeyFields()
        for (id, digest) in plan.digests.sorted(by: { $0.key < $1.key }) where wanted.contains(id.stage) {
            fields.add(id.description, digest.bytes)
        }
        return ContentDigest(of: fields.encoded)
    }

    /// By what a sheet is asked for.
    package enum Name: Sendable {
        /// By what the documents hold: this is the sheet of these very documents.
        case contents
        /// By the first or the last of the documents: of the others, some may be there or not, and all may have another
        /// content. Two people who add documents find each other's results by one of the two.
        case first, last
        /// By which results it has, over what the documents hold: documents of the same content can have several, since
        /// what is decided over a corpus enters the keys of its documents.
        case results([ContentDigest])
    }

    /// The name of a stage's sheet over a group.
    package func name(of stage: String, over group: Group, by name: Name) -> ContentDigest {
        var writer = ByteWriter()
        writer.write("colophon sheet 2")
        writer.write(stage)
        writer.write((digests[stage] ?? ContentDigest(of: [])).bytes)
        switch name {
        case .contents, .results: writer.write(list: group.entries) { $1.encode(into: &$0) }
        case .first: writer.write("first \(group.entries.first?.id ?? "")")
        case .last: writer.write("last \(group.entries.last?.id ?? "")")
        }
        if case .results(let keys) = name { writer.write(list: keys) { $0.write($1.bytes) } }
        return ContentDigest(of: writer.bytes)
    }

    /// The keys of the results of a stage over a group, as `states` have them.
    package func keys(
        of stage: String, over group: Group, states: [String: DocumentState]
    ) -> [(key: ContentDigest, step: StepID)] {
        var keys: [(key: ContentDigest, step: StepID)] = []
        for entry in group.entries {
            guard let state = states[entry.id], state.content == entry.content else { continue }
            for step in steps[stage] ?? [] {
                if let ran = state.steps[step.id] { keys.append((ran.key, step.id)) }
            }
        }
        return keys
    }

    /// The results of a stage over a group as `states` and the store have them, but for those of the keys `others`.
    package func sheet(
        of stage: String, over group: Group, states: [String: DocumentState], _ reader: StoreReader,
        without others: Set<ContentDigest> = []
    ) throws -> Sheet {
        let wanted = keys(of: stage, over: group, states: states).filter { !others.contains($0.key) }
        let kept = try reader.kept(wanted).compactMap { $0 }
        let outputs = kept.map { $0.result.outputs.filter { $0.layer != StepResult.summary } }
        let objects = try reader.objects(outputs.flatMap { $0.map(\.digest) })
        var sheet = Sheet()
        sheet.missing = wanted.count - kept.count
        var next = 0
        for (result, outputs) in zip(kept, outputs) {
            let own = objects[next..<next + outputs.count]
            next += outputs.count
            guard !own.contains(nil) else {
                sheet.missing += 1
                continue
            }
            sheet.add(
                result,
                zip(outputs, own).compactMap { output, bytes in
                    bytes.map { KeptObject(output.digest, $0, output.layer) }
                })
        }
        return sheet
    }
}
