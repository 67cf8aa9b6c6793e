import Digests
package import Formats
import Foundation
package import Model
package import StageKit
import Text
package import Store

/// The corpus as a run finds it: the tree, what is left out, and what is wrong with the metadata file.
package struct CorpusReading: Sendable {
    /// What a pipeline says of its corpus.
    package struct Request: Sendable {
        /// The project's folder.
        package var project: String
        package var include: [String]
        package var exclude: [String]
        /// The metadata file, relative to the project.
        package var metadata: String?
        /// What documents have to meet.
        package var conditions: [DocumentCondition]
        /// What sets this project's paths apart in a file table that several projects share.
        package var prefix: String
        /// The columns of tables and records that documents are made of.
        package var columns: FormatReader.Columns
        /// Finds what documents say about themselves; nil where that is not known before a run.
        package var heads: Heads?

        /// By id, what documents say about themselves: their front matter, their fields as records, the head of a page. A
        /// document that can't be read is missing.
        package typealias Heads = @Sendable (_ entries: [DocumentEntry]) async throws -> [String: Metadata]

        package init(
            project: String, include: [String], exclude: [String] = [], metadata: String? = nil,
            conditions: [DocumentCondition] = [], prefix: String = "",
            columns: FormatReader.Columns = FormatReader.Columns(), heads: Heads? = nil
        ) {
            self.project = project
            self.include = include
            self.exclude = exclude
            self.metadata = metadata
            self.conditions = conditions
            self.prefix = prefix
            self.columns = columns
            self.heads = heads
        }
    }

    /// A note about the metadata file or a pattern that keeps nothing from running.
    package struct Note: Hashable, Sendable {
        /// The file it is about, relative to the project; nil for a pattern.
        package var file: String?
        /// The line, from 1; 0 where there is none.
        package var line: Int
        package var summary: String
        package var hint: String?
        package var code: String
    }

    package var tree: CorpusTree
    package var leftOut: [LeftOut]
    /// The documents that the conditions of the pipeline do not select, each with the first that it does not meet.
    package var unselected: [LeftOut]
    /// What is wrong with these conditions: nothing can run until it is mended.
    package var problems: [Diagnostic]
    package var notes: [Note]
    /// How many files had to be read again to know their digest.
    package var hashed: Int { read.count }
    /// The paths of these files.
    package var read: Set<String>
    /// By path, the digests of the files that documents were read out of.
    package var files: [String: ContentDigest] = [:]

    /// Walks the project, reads what may have changed since the file table of `store` was written, and brings it up to
    /// date.
    package init(_ request: Request, store: ResultStore, jobs: Int) async throws {
        let include = request.include.map { Glob($0) }
        let exclude = request.exclude.map { Glob($0, .hidden) }
        let walk = FolderWalk(project: request.project, include: include, exclude: exclude)
        leftOut = walk.leftOut
        notes = []
        let patterns = include + exclude.filter { Self.isFolder($0.pattern, of: request) }
        let paths = walk.files.map(\.path) + walk.leftOut.map(\.id)
        for glob in patterns where !paths.contains(where: glob.matches) {
            let hint = EmptyPattern.hint(glob.pattern, project: request.project, exclude: exclude)
            notes.append(
                Note(
                    file: nil, line: 0, summary: "the pattern '\(glob.pattern)' matches no file", hint: hint,
                    code: "empty-pattern"))
        }

        let prefix = request.prefix
        let now = try Self.fileSystemTime(store)
        // In the order of the files; nil where the file has to be read to know its digest.
        var records = zip(try store.fileRecords(of: walk.files.map(\.path), prefix: prefix), walk.files).map {
            record, file in
            record.flatMap { $0.answers(for: file.stamp) ? $0 : nil }
        }
        let unknown = records.indices.filter { records[$0] == nil }
        let project = request.project
        let batches = stride(from: 0, to: unknown.count, by: 64).map {
            unknown[$0..<min($0 + 64, unknown.count)].map { walk.files[$0].path }
        }
        let read = try await concurrentMap(batches, jobs: jobs) { batch in
            batch.map { file in
                Result { () throws(FileReading.Problem) in try FileReading.digest(of: "\(project)/\(file)") }
            }
        }.flatMap { $0 }
        self.read = Set(unknown.map { walk.files[$0].path })

        var fresh: [(path: String, record: FileRecord)] = []
        for (k, outcome) in zip(unknown, read) {
            switch outcome {
            case .success(let (digest, stamp)):
                let record = FileRecord(stamp: stamp, seen: now, digest: digest)
                records[k] = record
                fresh.append((prefix + walk.files[k].path, record))
            // It went away since the walk, as if it had gone before.
            case .failure(.gone): continue
            case .failure(let problem):
                leftOut.append(LeftOut(id: walk.files[k].path, failure: problem.failure))
            }
        }
        try store.update(fileRecords: fresh)

        let metadata = Self.metadata(request, notes: &notes)
        var inCorpus = zip(walk.files, records).compactMap { file, record in record.map { FileInCorpus(file, $0) } }
        // a table with the metadata of the corpus has no documents
        inCorpus.removeAll { !$0.format.isPlain && Glob.canonical($0.file.path) == request.metadata }
        for file in inCorpus where file.format.isPlain && file.record.stamp.size > FormatReader.limit {
            leftOut.append(LeftOut(id: Glob.canonical(file.file.path), failure: PDFText.tooLarge))
        }
        inCorpus.removeAll { $0.format.isPlain && $0.record.stamp.size > FormatReader.limit }
        let extraction = try await Extraction(
            of: inCorpus.filter { !$0.format.isPlain }, project: project, columns: request.columns, store: store,
            jobs: jobs)
        leftOut += extraction.leftOut
        files = extraction.files
        let found = Self.entries(inCorpus, extraction, metadata: metadata, leftOut: &leftOut)
        let asked = request.conditions.map { DocumentSelection.source(of: $0.column, metadata) }
        let open = found.filter { entry in asked.contains { $0.map { entry.value(of: $0).isEmpty } ?? false } }
        let heads = open.isEmpty ? [:] : try await request.heads?(open)
        let selection = DocumentSelection(
            request.conditions, of: found, metadata: metadata, file: request.metadata, heads: heads)
        (unselected, problems) = (selection.unselected, selection.problems)
        notes += selection.notes
        if let file = request.metadata, let metadata {
            let ids = Set(found.map(\.id)).union(leftOut.map(\.id))
                .union(inCorpus.filter(\.format.hasParts).map { Glob.canonical($0.file.path) })
            let unused = metadata.rows.filter { !ids.contains($0.key) }
            for (id, row) in unused.sorted(by: { $0.value.line < $1.value.line }) {
                notes.append(
                    Note(
                        file: file, line: row.line, summary: "there is no document '\(id)'",
                        hint: "The column 'document' holds paths relative to the project's folder.",
                        code: "no-such-document"))
            }
        }
        notes.sort { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }
        leftOut.sort { $0.id.precedes($1.id) }
        tree = CorpusTree(selection.entries) { ContentDigest(of: $0) }
    }

    /// Whether a pattern is the path of a folder, where the files in it are probably meant.
    private static func isFolder(_ pattern: String, of request: Request) -> Bool {
        EmptyPattern.isFolder(pattern, in: request.project)
    }

    private static func metadata(_ request: Request, notes: inout [Note]) -> MetadataTable? {
        guard let file = request.metadata else { return nil }
        do {
            let table = MetadataTable(try FileReading.bytes(of: "\(request.project)/\(file)"))
            notes += table.problems.map {
                Note(file: file, line: $0.line, summary: $0.summary, hint: $0.hint, code: $0.code)
            }
            return table
        } catch {
            notes.append(Note(file: file, line: 0, summary: error.failure.summary, hint: nil, code: error.failure.code))
            return nil
        }
    }

    private static func entries(
        _ files: [FileInCorpus], _ extraction: Extraction, metadata: MetadataTable?, leftOut: inout [LeftOut]
    ) -> [DocumentEntry] {
        var entries: [DocumentEntry] = []
        entries.reserveCapacity(files.count)
        for file in files {
            let path = Glob.canonical(file.file.path)
            guard !file.format.isPlain else {
                entries.append(
                    DocumentEntry(
                        id: path, path: file.file.path, content: file.record.digest, size: file.record.stamp.size,
                        folder: file.file.folder, format: file.format.text, row: metadata?.rows[path]?.fields ?? []))
                continue
            }
            let fileRow = file.format.hasParts ? metadata?.rows[path]?.fields ?? [] : []
            for part in extraction.parts[file.file.path] ?? [] {
                let id = part.id(in: path)
                let row = metadata?.rows[id]?.fields ?? []
                // what the row of the file says holds for each of its documents whose own row says nothing of it
                let inherited = fileRow.filter { field in !row.contains { $0.key == field.key } }
                entries.append(
                    DocumentEntry(
                        id: id, path: file.file.path, content: part.digest,
                        size: file.format.hasParts ? part.size : file.record.stamp.size, folder: file.file.folder,
                        format: .extracted, row: row + inherited,
                        file: file.format.hasParts ? nil : file.record.digest))
            }
        }
        // Only names with accents can be spelled in two ways.
        let accented = Dictionary(grouping: entries.filter { !$0.id.utf8.allSatisfy { $0 < 0x80 } }, by: \.id)
        let twice = accented.filter { $0.value.count > 1 }
        for (id, same) in twice {
            leftOut.append(
                LeftOut(
                    id: id,
                    failure: StageFailure(
                        "\(same.count) files have this name, which differ only in how accents are encoded",
                        hint: "rename all but one", code: "duplicate-id")))
        }
        return twice.isEmpty ? entries : entries.filter { twice[$0.id] == nil }
    }

    /// The time as the file system of the store has it: clocks of machines and of file servers differ.
    private static func fileSystemTime(_ store: ResultStore) throws -> Int {
        guard let folder = store.folder else { return Int.max }
        let path = folder + "/clock"
        try FileWriting.touch(path)
        return FileStamp(path: path)?.modified ?? 0
    }
}
