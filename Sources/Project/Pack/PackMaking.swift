import Archive
import Corpus
import Digests
import Engine
import Foundation
import Model
import Notebook
import Results
import StageKit
import Store

/// Packs a pipeline with everything that somebody else needs to have its report: the pipeline and the files it names, the
/// documents, the lock, the report, and the results that a run finds in its cache.
///
/// The same project gives the same bytes, whenever and by whomever it is packed: files in the order of their names, results
/// in the order of documents and steps, without times and owners.
package struct PackMaking: Sendable {
    package struct Options: Sendable {
        /// Without the documents, and without what holds their text.
        package var isWithoutTexts: Bool
        /// With passages of the documents in the report, though the documents are not there.
        package var hasQuotations: Bool
        /// The lock alone.
        package var isOnlyLock: Bool

        package init(isWithoutTexts: Bool = false, hasQuotations: Bool = false, isOnlyLock: Bool = false) {
            self.isWithoutTexts = isWithoutTexts
            self.hasQuotations = hasQuotations
            self.isOnlyLock = isOnlyLock
        }
    }

    /// What a pack has.
    package struct Made: Sendable {
        package var bytes = 0
        package var documents = 0
        package var files = 0
        package var results = 0
        /// Results that a run needs and the cache has no longer.
        package var missing = 0
        /// Passages of documents that stay in the report although the documents are not there.
        package var quotations: [Quotation] = []
    }

    let analysis: Analysis
    let options: Options
    let jobs: Int
    let observer: any RunObserver

    package init(_ analysis: Analysis, _ options: Options, jobs: Int, observer: any RunObserver) {
        self.analysis = analysis
        self.options = options
        self.jobs = jobs
        self.observer = observer
    }

    /// What is to be packed: the last run, which has to be one over the project as it is now.
    private struct Contents {
        var files: [PackFile] = []
        /// The path of the lock among them.
        var lock = ""
        var documents = 0
        var extra: [ArchiveWriter.Entry] = []
        var sheets: [PackedSheets] = []
        var store: ResultStore?
        /// The files of a snapshot of where the run left off, and its name.
        var snapshot: (name: ContentDigest, files: [(name: String, path: String)])?
        var quotations: [Quotation] = []
    }

    /// Writes the pack to `path`, aside first: where it can't be written, what was there stays.
    package func write(to path: String) async throws -> Made {
        let own = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        let (body, aside, scratch) = ("\(own).body.part", "\(own).part", "\(own).snapshot.part")
        defer {
            unlink(body)
            unlink(aside)
            try? FileManager.default.removeItem(atPath: scratch)
        }
        let contents = try await contents(of: path, scratch: scratch)
        var made = Made(documents: contents.documents, quotations: contents.quotations)
        do {
            let entries = try await writeBody(contents, to: body, &made)
            let manifest = PackManifest(
                release: Release.version, pipeline: Pipeline.join(".", analysis.pipeline.inputs.first?.path ?? ""),
                outputs: analysis.outputName, hasTexts: !options.isWithoutTexts && !options.isOnlyLock,
                hasQuotations: !options.isWithoutTexts && !options.isOnlyLock || options.hasQuotations,
                entries: entries)
            made.bytes = try Self.join(manifest, body: body, into: aside)
            guard rename(aside, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        } catch let problem as ArchiveWriteProblem {
            throw FileWriteProblem(path: path, number: problem.number)
        } catch let problem as FileWriteProblem {
            // The pack is what the user named, not what stands aside of it.
            throw problem.isFull || problem.isReadOnly || problem.path.hasPrefix(path)
                ? FileWriteProblem(path: path, reason: problem.reason) : problem
        }
        return made
    }

    /// The results of a run, but for those that another run of the pack has.
    private struct PackedSheets {
        let plan: SheetPlan
        let states: [String: DocumentState]
        let others: Set<ContentDigest>
    }

    /// A piece of the work: neighbouring files, or a stage's results over neighbouring documents.
    private enum Work {
        case files([PackFile])
        case made([ArchiveWriter.Entry])
        case sheet(PackedSheets, SheetPlan.Group, stage: String, number: Int)
        case snapshot(file: String, path: String, size: Int, number: Int)
    }

    private struct Piece: Sendable {
        var frame: [UInt8]
        var entries: [PackManifest.Entry]
        var results = 0
        var missing = 0
    }

    /// Files that go into one frame.
    private static let portion = 64

    private func writeBody(
        _ contents: Contents, to path: String, _ made: inout Made
    ) async throws -> [PackManifest.Entry] {
        let descriptor = try Self.create(path)
        defer { close(descriptor) }
        let writer = ArchiveWriter(to: descriptor)
        // What a comparison reads comes first, so that it need not go through the rest.
        let lock = try Self.piece(of: .files(contents.files.filter { $0.path == contents.lock }), contents)
        try writer.write(lock.frame)
        var entries = lock.entries + (try await writeSnapshot(contents, writer))
        let files = contents.files.filter { $0.path != contents.lock }
        var work: [Work] = contents.extra.isEmpty ? [] : [.made(contents.extra)]
        work += stride(from: 0, to: files.count, by: Self.portion).map { start in
            .files(Array(files[start..<min(start + Self.portion, files.count)]))
        }
        var number = 0
        for sheets in contents.sheets {
            for group in sheets.plan.groups {
                for stage in sheets.plan.stages {
                    work.append(.sheet(sheets, group, stage: stage, number: number))
                    number += 1
                }
            }
        }
        var (results, missing) = (0, 0)
        try await concurrentForEach(work, jobs: jobs) { work in
            try Self.piece(of: work, contents)
        } then: { piece in
            try writer.write(piece.frame)
            entries += piece.entries
            results += piece.results
            missing += piece.missing
        }
        try writer.finish()
        made.results = results
        made.missing = missing
        made.files = contents.files.count
        return entries
    }

    /// Writes the pieces of the snapshot and its list, and gives their entries.
    private func writeSnapshot(
        _ contents: Contents, _ writer: borrowing ArchiveWriter
    ) async throws -> [PackManifest.Entry] {
        guard let (name, files) = contents.snapshot else { return [] }
        var entries: [PackManifest.Entry] = []
        var snapshot = Snapshot()
        for (file, path) in files {
            let size = FileWriting.size(of: path) ?? 0
            let work = Snapshot.starts(of: size).indices.map {
                Work.snapshot(file: file, path: path, size: size, number: $0)
            }
            var pieces: [Piece] = []
            try await concurrentForEach(work, jobs: jobs) {
                try Self.piece(of: $0, contents)
            } then: {
                pieces.append($0)
            }
            for piece in pieces { try writer.write(piece.frame) }
            let written = pieces.flatMap(\.entries)
            snapshot.files.append(
                Snapshot.File(
                    name: file, size: size, pieces: written.map { Snapshot.Piece(digest: $0.digest, size: $0.size) }))
            entries += written
        }
        let list = try Self.piece(
            of: .made([ArchiveWriter.Entry("\(PackManifest.snapshotList)\(name)", snapshot.encoded)]), contents)
        try writer.write(list.frame)
        return entries + list.entries
    }

    private static func piece(of work: Work, _ contents: Contents) throws -> Piece {
        var (results, missing) = (0, 0)
        let entries: [ArchiveWriter.Entry]
        var isPacked = false
        switch work {
        case .files(let files): entries = try files.map(entry)
        case .made(let made): entries = made
        case .sheet(let sheets, let group, let stage, let number):
            guard let store = contents.store else { return Piece(frame: [], entries: []) }
            let sheet = try sheets.plan.sheet(
                of: stage, over: group, states: sheets.states, store.reader, without: sheets.others)
            (results, missing) = (sheet.results.count, sheet.missing)
            entries = sheet.isEmpty ? [] : [ArchiveWriter.Entry(PackManifest.sheet(number), sheet.encoded)]
        case .snapshot(let file, let path, let size, let number):
            guard let bytes = Snapshot.packed(path, from: Snapshot.starts(of: size)[number], size: size) else {
                throw FileWriteProblem(path: path, reason: "it can't be read again")
            }
            entries = [ArchiveWriter.Entry(PackManifest.piece(number, of: file), bytes)]
            isPacked = true
        }
        return Piece(
            frame: entries.isEmpty ? [] : ArchiveWriter.frame(entries, isPacked: isPacked),
            entries: entries.map {
                PackManifest.Entry(
                    name: $0.name, size: $0.bytes.count, digest: ContentDigest(of: $0.bytes),
                    isExecutable: $0.isExecutable)
            }, results: results, missing: missing)
    }

    private static func entry(_ file: PackFile) throws -> ArchiveWriter.Entry {
        let name = PackManifest.project + file.path
        switch file.source {
        case .bytes(let bytes): return ArchiveWriter.Entry(name, bytes)
        case .file(let path, let digest):
            do throws(FileReading.Problem) {
                let bytes = try FileReading.bytes(of: path)
                guard digest == nil || ContentDigest(of: bytes) == digest else { throw .unstable }
                var info = stat()
                let isExecutable = stat(path, &info) == 0 && info.st_mode & S_IXUSR != 0
                return ArchiveWriter.Entry(name, bytes, isExecutable: isExecutable)
            } catch {
                throw ProjectProblem.failure([
                    Diagnostic(
                        "the file '\(file.path.printable())' can't be packed: \(error.failure.summary)",
                        hint: "Run the pipeline again when the file is left alone, then pack.", id: "not-packed")
                ])
            }
        }
    }

    // MARK: What goes in

    /// Collects it for the pack at `path`; `scratch` is a folder for files that are made for it.
    private func contents(of path: String, scratch: String) async throws -> Contents {
        let run = PipelineRun(analysis, jobs: jobs, programs: .never, observer: observer)
        guard run.place.isThere, let lockPath = run.lockPath else { throw analysis.noResults }
        let notebook = try NotebookSource(analysis)
        let cache = try run.openCache(PipelineRun.Doubts())
        let corpus = try await run.walk(cache.store, isTold: false)
        let facts = RunFacts(analysis: analysis, corpus: corpus, notebook: notebook)
        let results = try analysis.lastResults()
        guard let last = try run.lastOutputs(cache), try run.standsByContent(last, facts, cache, results) else {
            throw ProjectProblem.failure([
                Diagnostic(
                    "the report is older than the pipeline or its documents, or was changed after the run",
                    hint: "Run '\(analysis.command("run"))' first.", id: "outdated",
                    at: SourcePosition(file: analysis.pipeline.path))
            ])
        }
        var contents = Contents(documents: corpus.tree.entries.count)
        let lock = PackFile(
            path: Pipeline.join(".", relativeLock(facts)), source: .file(lockPath, nil))
        contents.lock = lock.path
        if options.isOnlyLock {
            contents.files = [lock]
            return contents
        }
        var files = try analysis.packedFiles(notebook: notebook) + [lock]
        let report = last.stamps.keys.filter { $0 != OutputFolder.results && $0 != PipelineRun.lock }.sorted()
        if options.isWithoutTexts {
            // The metadata file is about texts that are not there, and may quote them; an earlier run's results have texts.
            let withTexts = Set(notebook.baselines.map(analysis.relative) + [analysis.pipeline.corpus.metadata ?? ""])
            files.removeAll { withTexts.contains($0.path) }
            let redaction = try Redaction(
                of: report, in: run.outputs.folder, at: "outputs/\(analysis.outputName)", results: results,
                keepsQuotations: options.hasQuotations)
            // Files of the user's own may quote as well. They mean what they say and stay as they are, and are told.
            let own = try files.filter { $0.path != lock.path }.map { ($0.path, try Self.entry($0).bytes) }
            contents.quotations = redaction.quotations + (try Redaction.quotations(in: own, results))
            contents.extra =
                try redaction.files.map {
                    ArchiveWriter.Entry(PackManifest.project + $0.path, $0.bytes)
                } + PackedTables.entries(of: results)
        } else {
            files += report.map {
                PackFile(
                    path: "outputs/\(analysis.outputName)/\($0)",
                    source: .file(run.outputs.path($0), last.digests[$0]))
            }
            // A file that documents were read out of is packed once.
            var packed: Set<String> = []
            for entry in corpus.tree.entries where packed.insert(entry.path).inserted {
                files.append(
                    PackFile(
                        path: entry.path,
                        source: .file(
                            Pipeline.join(analysis.pipeline.projectFolder, entry.path),
                            corpus.files[entry.path] ?? (entry.format == .extracted ? nil : entry.content))))
            }
            contents.store = cache.store
            contents.sheets = try await sheets(run, corpus, cache)
            // Nobody else may look into it: texts come into it. Folders on the way to a pack are not made.
            guard mkdir(scratch, 0o700) == 0 else { throw FileWriteProblem(path: path, number: errno) }
            contents.snapshot = (
                Snapshot.name(of: facts.runKey), try await run.writeSnapshot(of: cache, to: scratch)
            )
        }
        for file in files where !PackFile.isAllowed(file.path) {
            throw ProjectProblem.usage([
                Diagnostic(
                    "the file '\(file.path.printable())' can't be packed: it is in a folder of another program",
                    hint: "Exclude it from the corpus.", id: "not-packed",
                    at: SourcePosition(file: analysis.pipeline.path))
            ])
        }
        var paths: Set<String> = []
        contents.files = files.filter { paths.insert($0.path).inserted }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        if let problem = EntryName.problem(in: contents.files.map { PackManifest.project + $0.path }) {
            throw ProjectProblem.usage([
                Diagnostic(
                    "the project can't be packed: \(problem.summary)",
                    hint: "Some systems could not unpack it: rename the file.", id: "not-packed",
                    at: SourcePosition(file: analysis.pipeline.path))
            ])
        }
        if let folder = PackFile.repository(in: contents.files.map(\.path)) {
            throw ProjectProblem.usage([
                Diagnostic(
                    "the folder '\(folder.printable())' can't be packed: it is a repository of git",
                    hint: "Exclude it from the corpus.", id: "not-packed",
                    at: SourcePosition(file: analysis.pipeline.path))
            ])
        }
        return contents
    }

    /// The results of the pipeline and of its variants, which may be in the shared cache alone.
    private func sheets(
        _ run: PipelineRun, _ corpus: CorpusReading, _ cache: PipelineRun.Cache
    ) async throws -> [PackedSheets] {
        var all: [PackedSheets] = []
        func add(_ run: PipelineRun, _ corpus: CorpusReading, _ cache: PipelineRun.Cache) async throws {
            let plan = SheetPlan(run.analysis.plan, over: corpus.tree)
            if try cache.state.isLacking, let shared = try run.sharedCache() {
                let source = shared.source(plan, cache.store)
                try await source.bringAll(jobs: jobs) { _ in }
                try source.settle()
            }
            let states = try cache.state.allDocuments()
            // What a variant shares with the pipeline is packed once.
            let others = all.reduce(into: Set<ContentDigest>()) { others, sheets in
                for state in sheets.states.values { others.formUnion(state.steps.values.map(\.key)) }
            }
            all.append(PackedSheets(plan: plan, states: states, others: others))
        }
        try await add(run, corpus, cache)
        for variant in try analysis.variants() where !variant.sharesResults {
            let run = PipelineRun(variant.analysis, jobs: jobs, seed: "", programs: .never, observer: observer)
            guard run.place.hasState(variant.analysis.outputName) else { continue }
            let cache = try run.openCache(PipelineRun.Doubts())
            try await add(run, try await run.walk(cache.store, isTold: false), cache)
        }
        return all
    }

    /// The lock's path in the project.
    private func relativeLock(_ facts: RunFacts) -> String {
        let folder = Pipeline.folder(of: facts.relativePath)
        return "\(folder)/\(analysis.pipeline.name).lock"
    }
}
