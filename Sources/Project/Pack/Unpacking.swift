import Archive
import Digests
import Foundation
import Model
import StageKit
import Store

/// Unpacks what ``PackMaking`` packed.
///
/// The whole archive is read and checked before a byte is written: every name, size and digest. What is written goes into
/// a folder aside, which takes its place at the end, so that a failure leaves nothing.
package struct Unpacking {
    /// How much is taken from an archive.
    package struct Bounds: Sendable {
        package var total: Int
        package var ratio: Int

        package init(total: Int? = nil, ratio: Int? = nil) {
            let usual = ArchiveBounds()
            self.total = total ?? usual.total
            self.ratio = ratio ?? usual.ratio
        }
    }

    /// What came out.
    package struct Made: Sendable {
        package var manifest: PackManifest
        package var folder: String
        package var files = 0
        /// Files that were there and have another content now.
        package var replaced = 0
        package var results = 0
    }

    private let path: String
    private let bounds: ArchiveBounds
    /// The folder of the store that results go to; nil for that of the project.
    private let store: String?
    private let jobs: Int
    private let tell: @Sendable (StoreEvent) -> Void

    package init(
        _ path: String, bounds: Bounds = Bounds(), store: String? = nil, jobs: Int,
        tell: @escaping @Sendable (StoreEvent) -> Void
    ) {
        self.path = path
        self.store = store
        self.bounds = ArchiveBounds(total: bounds.total, ratio: bounds.ratio)
        self.jobs = jobs
        self.tell = tell
    }

    /// Unpacks into `folder`, which may not be there yet unless it is given as one to unpack into; a file that is there is
    /// replaced only with `isForced`.
    package func unpack(to folder: String, into isThere: Bool, force isForced: Bool) async throws -> Made {
        try await telling {
            let manifest = try await check()
            guard isThere || FileWriting.isGone(folder) else { throw Self.inTheWay(folder) }
            if isThere { try checkPlaces(manifest, in: folder, force: isForced) }
            return try await write(manifest, to: folder, into: isThere)
        }
    }

    /// Checks all of the archive and writes nothing.
    func verify() async throws { try await telling { _ = try await check() } }

    private func telling<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let problem as ArchiveProblem {
            let hint = problem.hint ?? "Nothing was written. Get the file again, or ask who packed it."
            throw ProjectProblem.failure([
                Diagnostic(problem.summary, hint: hint, id: "pack", at: SourcePosition(file: path.printable()))
            ])
        }
    }

    // MARK: Checking

    /// Reads all of the archive, compares it with its list of contents, and checks every result in it.
    private func check() async throws -> PackManifest {
        let archive = try ArchiveReader(path: path, bounds: bounds)
        let manifest = try PackManifest(from: archive)
        var sheets: [(name: String, bytes: [UInt8])] = []
        var lock: Lock?
        func settle() async throws {
            _ = try await concurrentMap(sheets, jobs: jobs) { try Self.checked($0.bytes, $0.name) }
            sheets = []
        }
        for expected in manifest.entries {
            guard let entry = try archive.next(), entry.name.utf8.elementsEqual(expected.name.utf8) else {
                throw ArchiveProblem("'\(expected.name.printable())' is listed and does not come in its place")
            }
            guard entry.size == expected.size else {
                throw ArchiveProblem(
                    "'\(entry.name.printable())' has \(entry.size) bytes, and \(expected.size) are listed")
            }
            guard entry.isExecutable == expected.isExecutable else {
                throw ArchiveProblem(
                    "'\(entry.name.printable())' is \(entry.isExecutable ? "" : "not ")executable, and the list says otherwise"
                )
            }
            let path = manifest.path(of: expected)
            if expected.isSheet || path == manifest.lockPath {
                let bytes = try Self.contents(of: expected, archive, otherwise: "has another digest than is listed")
                if path == manifest.lockPath { lock = Lock(text: String(decoding: bytes, as: UTF8.self)) }
                if expected.isSheet { sheets.append((expected.name, bytes)) }
                if sheets.count >= Self.portion { try await settle() }
                continue
            }
            var digest = DigestStream()
            while true {
                try Task.checkCancellation()
                let bytes = try archive.read()
                guard !bytes.isEmpty else { break }
                bytes.withUnsafeBytes { digest.update($0) }
            }
            guard digest.finish() == expected.digest else {
                throw ArchiveProblem("'\(entry.name.printable())' has another digest than is listed")
            }
        }
        guard try archive.next() == nil else { throw ArchiveProblem("the pack has an entry that is not listed") }
        try await settle()
        // Without texts, passages are left out of the report, which is another one then.
        if manifest.hasTexts, let lock, lock.report != Set(Lock.facts(ofReport: manifest.report)) {
            throw ArchiveProblem("the report in the pack is not the one that its lock names")
        }
        return manifest
    }

    /// A sheet of results, each of which has all that it names.
    private static func checked(_ bytes: [UInt8], _ name: String) throws(ArchiveProblem) -> Sheet {
        let sheet: Sheet
        do throws(LayerError) { sheet = try Sheet(bytes) } catch {
            throw ArchiveProblem("the sheet of results '\(name.printable())' is damaged: \(error.message)")
        }
        if let lost = sheet.incomplete.first {
            let more = sheet.incomplete.count > 1 ? ", and \(Wording.count(sheet.incomplete.count - 1, "other"))" : ""
            throw ArchiveProblem(
                "the sheet of results '\(name.printable())' is damaged: the result \(lost.key) of step "
                    + "'\(lost.step.description.printable())'\(more) names an object that is not there as its digest says"
            )
        }
        return sheet
    }

    /// Sees to it that every file can be written below `folder`, and that none is there that may not be replaced.
    private func checkPlaces(_ manifest: PackManifest, in folder: String, force isForced: Bool) throws {
        var info = stat()
        guard stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
            throw ProjectProblem.usage([
                Diagnostic(
                    "'\(folder.printable())' is not a folder", hint: "Leave out '--into' to make it.", id: "no-folder")
            ])
        }
        var there: [String] = []
        for file in manifest.entries {
            guard let path = manifest.path(of: file) else { continue }
            var place = folder
            let parts = path.split(separator: "/")
            for (k, part) in parts.enumerated() {
                place += "/\(part)"
                guard lstat(place, &info) == 0 else { break }
                let kind = info.st_mode & S_IFMT
                guard kind == (k == parts.count - 1 ? S_IFREG : S_IFDIR) else {
                    throw ProjectProblem.usage([
                        Diagnostic(
                            "'\(place.printable())' is in the way of '\(path.printable())': it is a link, or no "
                                + (k == parts.count - 1 ? "file" : "folder"),
                            hint: "Remove it, or unpack into another folder.", id: "in-the-way")
                    ])
                }
                if k == parts.count - 1, FileWriting.contents(of: place).map({ ContentDigest(of: $0) }) != file.digest {
                    there.append(path)
                }
            }
        }
        guard there.isEmpty || isForced else {
            throw ProjectProblem.usage([
                Diagnostic(
                    "\(Wording.count(there.count, "file")) in '\(folder.printable())' would be replaced: "
                        + Wording.names(there),
                    hint: "Give '--force' to replace them, or unpack into another folder.", id: "in-the-way")
            ])
        }
    }

    private static func inTheWay(_ folder: String) -> ProjectProblem {
        .usage([
            Diagnostic(
                "there is a '\(folder.printable())' already",
                hint: "Give another folder, or '--into' to unpack into this one.", id: "in-the-way")
        ])
    }

    // MARK: Writing

    private func write(_ manifest: PackManifest, to folder: String, into isThere: Bool) async throws -> Made {
        let name = ".colophon-unpack.\(ProcessInfo.processInfo.processIdentifier).part"
        let aside =
            isThere
            ? "\(folder)/\(name)" : "\(Pipeline.folder(of: folder))/\(Pipeline.lastComponent(of: folder))\(name)"
        let above = Pipeline.folder(of: aside)
        let isNewAbove = FileWriting.isGone(above)
        try FileWriting.makeFolder(above)
        guard mkdir(aside, 0o777) == 0 else { throw FileWriteProblem(path: folder, number: errno) }
        var made = Made(manifest: manifest, folder: folder)
        do {
            // A shared store is where it is; a project's own comes with its folder.
            let project = isThere ? folder : aside
            let place =
                store.map { ProjectStore(project: project, folder: $0, tell: tell) }
                ?? ProjectStore(project: project, tell: tell)
            try await extract(manifest, to: aside, place, &made)
            if isThere {
                try move(manifest, from: aside, to: folder, &made)
                try? FileManager.default.removeItem(atPath: aside)
            } else {
                guard rename(aside, folder) == 0 else { throw FileWriteProblem(path: folder, number: errno) }
            }
        } catch {
            try? FileManager.default.removeItem(atPath: aside)
            if isNewAbove { rmdir(above) }
            throw error
        }
        return made
    }

    /// Sheets that are checked at once.
    private static let portion = 16

    private func extract(
        _ manifest: PackManifest, to aside: String, _ place: ProjectStore, _ made: inout Made
    ) async throws {
        let archive = try ArchiveReader(path: path, bounds: bounds)
        _ = try archive.next()
        var sheets: [(name: String, bytes: [UInt8])] = []
        var store: ResultStore?
        var keys: [ContentDigest] = []
        let origin = "the pack '\(Pipeline.lastComponent(of: path).printable())'"
        // Where the pipeline was run before, the next run goes on from there.
        let snapshot = place.hasState(manifest.outputs) ? nil : place.path(ofSnapshot: manifest.outputs)
        let snapshotAside = snapshot.map { "\($0).\(ProcessInfo.processInfo.processIdentifier).part" }
        defer { if let snapshotAside { try? FileManager.default.removeItem(atPath: snapshotAside) } }
        // What is in the store is told by its origin, also where the rest can't be written.
        func note() throws {
            try store?.note(origin: origin, name: "pack-\(ContentDigest(of: manifest.encoded))", of: keys)
        }
        func settle() async throws {
            guard !sheets.isEmpty else { return }
            let read = try await concurrentMap(sheets, jobs: jobs) { try Self.checked($0.bytes, $0.name) }
            sheets = []
            let open = try store ?? place.open()
            store = open
            var batch = WriteBatch()
            for sheet in read { batch.append(sheet.batch) }
            keys += batch.results.map(\.key)
            try open.write(batch, isForeign: true)
        }
        do {
            for expected in manifest.entries {
                try Task.checkCancellation()
                guard let entry = try archive.next(), entry.name == expected.name, entry.size == expected.size else {
                    throw Self.changed
                }
                if expected.isSheet {
                    sheets.append((expected.name, try Self.contents(of: expected, archive)))
                    if sheets.count >= Self.portion { try await settle() }
                } else if let path = manifest.path(of: expected) {
                    try Self.write(expected, from: archive, to: "\(aside)/\(path)")
                    made.files += 1
                } else if let snapshotAside {
                    let name = expected.snapshotName.map(UnpackedSnapshot.list) ?? expected.digest.description
                    let path = "\(snapshotAside)/\(name)"
                    // Pieces of the same bytes are one file.
                    if FileWriting.isGone(path) { try Self.write(expected, from: archive, to: path) }
                }
            }
            try await settle()
            if let snapshot, let snapshotAside, !FileWriting.isGone(snapshotAside) {
                try FileWriting.write(Array(origin.utf8), to: "\(snapshotAside)/\(UnpackedSnapshot.origin)")
                try? FileManager.default.removeItem(atPath: snapshot)
                guard rename(snapshotAside, snapshot) == 0 else {
                    throw FileWriteProblem(path: snapshot, number: errno)
                }
            }
        } catch {
            try? note()
            throw error
        }
        made.results = keys.count
        try note()
    }

    private static let changed = ArchiveProblem("the archive changed while it was read")

    /// No sheet has more bytes.
    private static let most = 1 << 31

    private static func contents(
        of entry: PackManifest.Entry, _ archive: ArchiveReader, otherwise: String? = nil
    ) throws -> [UInt8] {
        let bytes = try archive.contents(most: most)
        guard ContentDigest(of: bytes) == entry.digest else {
            throw otherwise.map { ArchiveProblem("'\(entry.name.printable())' \($0)") } ?? changed
        }
        return bytes
    }

    private static func write(_ entry: PackManifest.Entry, from archive: ArchiveReader, to path: String) throws {
        try FileWriting.makeFolder(Pipeline.folder(of: path))
        let descriptor = open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, entry.isExecutable ? 0o777 : 0o666)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        defer { close(descriptor) }
        var digest = DigestStream()
        while true {
            let piece = try archive.read()
            guard !piece.isEmpty else { break }
            var failure: Int32 = 0
            piece.withUnsafeBytes { buffer in
                digest.update(buffer)
                var done = 0
                while done < buffer.count, failure == 0 {
                    let count = Foundation.write(
                        descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                    if count >= 0 { done += count } else if errno != EINTR { failure = errno }
                }
            }
            guard failure == 0 else { throw FileWriteProblem(path: path, number: failure) }
        }
        guard digest.finish() == entry.digest else { throw changed }
    }

    /// Moves the files from `aside` to their places; what was there comes back where one can't be moved.
    private func move(_ manifest: PackManifest, from aside: String, to folder: String, _ made: inout Made) throws {
        var undo: [() -> Void] = []
        do throws(FileWriteProblem) {
            for (number, entry) in manifest.entries.enumerated() {
                guard let path = manifest.path(of: entry) else { continue }
                let (from, to, old) = ("\(aside)/\(path)", "\(folder)/\(path)", "\(aside)/.old-\(number)")
                try FileWriting.makeFolder(Pipeline.folder(of: to))
                if !FileWriting.isGone(to) {
                    guard rename(to, old) == 0 else { throw FileWriteProblem(path: to, number: errno) }
                    undo.append { rename(old, to) }
                    made.replaced += FileWriting.contents(of: old).map { ContentDigest(of: $0) } == entry.digest ? 0 : 1
                } else {
                    undo.append { unlink(to) }
                }
                guard rename(from, to) == 0 else { throw FileWriteProblem(path: to, number: errno) }
            }
        } catch {
            for step in undo.reversed() { step() }
            throw error
        }
    }
}
