import Digests
import Foundation
package import Model
import StageKit
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
        /// What sets this project's paths apart in a file table that several projects share.
        package var prefix: String

        package init(
            project: String, include: [String], exclude: [String] = [], metadata: String? = nil, prefix: String = ""
        ) {
            self.project = project
            self.include = include
            self.exclude = exclude
            self.metadata = metadata
            self.prefix = prefix
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
    package var notes: [Note]
    /// How many files had to be read again to know their digest.
    package var hashed: Int

    /// Walks the project, reads what may have changed since the file table of `store` was written, and brings it up to
    /// date.
    package init(_ request: Request, store: ResultStore, jobs: Int) async throws {
        let include = request.include.map(Glob.init)
        let walk = FolderWalk(project: request.project, include: include, exclude: request.exclude.map(Glob.init))
        leftOut = walk.leftOut
        notes = []
        let patterns = include + request.exclude.map(Glob.init).filter { Self.isFolder($0.pattern, of: request) }
        let paths = walk.files.map(\.path) + walk.leftOut.map(\.id)
        for glob in patterns where !paths.contains(where: glob.matches) {
            notes.append(
                Note(
                    file: nil, line: 0, summary: "the pattern '\(glob.pattern)' matches no file",
                    hint: Self.isFolder(glob.pattern, of: request)
                        ? "It names a folder; what is in it is named by '\(glob.pattern)/**'."
                        : "Paths are relative to the project's folder.", code: "empty-pattern"))
        }

        let known = try store.fileRecords()
        let now = try Self.fileSystemTime(store)
        let prefix = request.prefix
        let unknown = walk.files.filter { !(known[prefix + $0.path]?.answers(for: $0.stamp) ?? false) }
        let project = request.project
        let batches = stride(from: 0, to: unknown.count, by: 64).map {
            Array(unknown[$0..<min($0 + 64, unknown.count)])
        }
        let read = try await concurrentMap(batches, jobs: jobs) { batch in
            batch.map { file in
                Result { () throws(FileReading.Problem) in try FileReading.digest(of: "\(project)/\(file.path)") }
            }
        }.flatMap { $0 }
        hashed = unknown.count

        var records: [String: FileRecord] = [:]
        for file in walk.files { records[file.path] = known[prefix + file.path] }
        var fresh: [(path: String, record: FileRecord)] = []
        for (file, outcome) in zip(unknown, read) {
            switch outcome {
            case .success(let (digest, stamp)):
                let record = FileRecord(stamp: stamp, seen: now, digest: digest)
                records[file.path] = record
                fresh.append((prefix + file.path, record))
            case .failure(let problem):
                records[file.path] = nil
                leftOut.append(LeftOut(id: file.path, failure: problem.failure))
            }
        }
        try store.update(fileRecords: fresh)

        let metadata = Self.metadata(request, notes: &notes)
        let entries = Self.entries(walk.files, records, include: include, metadata: metadata, leftOut: &leftOut)
        if let file = request.metadata, let metadata {
            let ids = Set(entries.map(\.id)).union(leftOut.map(\.id))
            for (id, row) in metadata.rows.sorted(by: { $0.value.line < $1.value.line }) where !ids.contains(id) {
                notes.append(
                    Note(
                        file: file, line: row.line, summary: "there is no document '\(id)'",
                        hint: "The column 'document' holds paths relative to the project's folder.",
                        code: "no-such-document"))
            }
        }
        notes.sort { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }
        leftOut.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        tree = CorpusTree(entries) { ContentDigest(of: $0) }
    }

    /// Whether a pattern is the path of a folder, where the files in it are probably meant.
    private static func isFolder(_ pattern: String, of request: Request) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(request.project)/\(pattern)", isDirectory: &isFolder)
            && isFolder.boolValue
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
        _ files: [FoundFile], _ records: [String: FileRecord], include: [Glob], metadata: MetadataTable?,
        leftOut: inout [LeftOut]
    ) -> [DocumentEntry] {
        var byID: [String: [DocumentEntry]] = [:]
        for file in files {
            guard let record = records[file.path] else { continue }
            let id = file.path.precomposedStringWithCanonicalMapping
            byID[id, default: []].append(
                DocumentEntry(
                    id: id, path: file.path, content: record.digest, size: record.stamp.size,
                    folder: include.first { $0.matches(file.path) }?.folder(of: id) ?? "",
                    format: DocumentFormat(fileExtension: (id as NSString).pathExtension),
                    row: metadata?.rows[id]?.fields ?? []))
        }
        var entries: [DocumentEntry] = []
        for (id, same) in byID {
            if same.count == 1 {
                entries += same
            } else {
                leftOut.append(
                    LeftOut(
                        id: id,
                        failure: StageFailure(
                            "\(same.count) files have this name, which differ only in how accents are encoded",
                            hint: "rename all but one", code: "duplicate-id")))
            }
        }
        return entries
    }

    /// The time as the file system of the store has it: clocks of machines and of file servers differ.
    private static func fileSystemTime(_ store: ResultStore) throws -> Int {
        guard let folder = store.folder else { return Int.max }
        let path = folder + "/clock"
        try FileWriting.touch(path)
        return FileStamp(path: path)?.modified ?? 0
    }
}
