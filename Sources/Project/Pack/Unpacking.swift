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
    private let jobs: Int
    private let tell: @Sendable (StoreEvent) -> Void

    package init(
        _ path: String, bounds: Bounds = Bounds(), jobs: Int, tell: @escaping @Sendable (StoreEvent) -> Void
    ) {
        self.path = path
        self.bounds = ArchiveBounds(total: bounds.total, ratio: bounds.ratio)
        self.jobs = jobs
        self.tell = tell
    }

    /// Unpacks into `folder`, which may not be there yet unless it is given as one to unpack into; a file that is there is
    /// replaced only with `isForced`.
    package func unpack(to folder: String, into isThere: Bool, force isForced: Bool) async throws -> Made {
        do {
            let manifest = try check()
            guard isThere || FileWriting.isGone(folder) else { throw Self.inTheWay(folder) }
            let files = manifest.entries.filter { $0.path != nil }
            if isThere { try checkPlaces(files, in: folder, force: isForced) }
            return try await write(manifest, to: folder, into: isThere)
        } catch let problem as ArchiveProblem {
            let hint = problem.hint ?? "Nothing was written. Get the file again, or ask who packed it."
            throw ProjectProblem.failure([
                Diagnostic(problem.summary, hint: hint, id: "pack", at: SourcePosition(file: path.printable()))
            ])
        }
    }

    // MARK: Checking

    /// Reads all of the archive and compares it with its list of contents.
    private func check() throws -> PackManifest {
        let archive = try ArchiveReader(path: path, bounds: bounds)
        let manifest = try PackManifest(from: archive)
        for expected in manifest.entries {
            try Self.checkName(expected)
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
        return manifest
    }

    private static func checkName(_ entry: PackManifest.Entry) throws(ArchiveProblem) {
        if let path = entry.path {
            guard PackFile.isAllowed(path) else {
                throw ArchiveProblem(
                    "'\(entry.name.printable())' would be written outside the project, or where other programs obey it")
            }
            return
        }
        guard entry.isSheet || entry.name.hasPrefix(PackManifest.tables) || entry.name == PackManifest.comparison else {
            throw ArchiveProblem("'\(entry.name.printable())' is nothing that a pack has")
        }
    }

    /// Sees to it that every file can be written below `folder`, and that none is there that may not be replaced.
    private func checkPlaces(_ files: [PackManifest.Entry], in folder: String, force isForced: Bool) throws {
        var info = stat()
        guard stat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
            throw ProjectProblem.usage([
                Diagnostic(
                    "'\(folder.printable())' is not a folder", hint: "Leave out '--into' to make it.", id: "no-folder")
            ])
        }
        var there: [String] = []
        for file in files {
            guard let path = file.path else { continue }
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
            let place = ProjectStore(project: isThere ? folder : aside, tell: tell)
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
        var sheets: [[UInt8]] = []
        var store: ResultStore?
        var keys: [ContentDigest] = []
        func settle() async throws {
            guard !sheets.isEmpty else { return }
            let read = try await concurrentMap(sheets, jobs: jobs) { bytes in
                do throws(LayerError) { return try Sheet(bytes) } catch {
                    throw ArchiveProblem("a sheet of results is damaged: \(error.message)")
                }
            }
            sheets = []
            let open = try store ?? place.open()
            store = open
            var batch = WriteBatch()
            for sheet in read { batch.append(sheet.batch) }
            try open.write(batch, isForeign: true)
            keys += batch.results.map(\.key)
        }
        for expected in manifest.entries {
            try Task.checkCancellation()
            guard let entry = try archive.next(), entry.name == expected.name, entry.size == expected.size else {
                throw ArchiveProblem("the archive changed while it was read")
            }
            if expected.isSheet {
                sheets.append(try Self.contents(of: expected, archive))
                if sheets.count >= Self.portion { try await settle() }
            } else if let path = expected.path {
                try Self.write(expected, from: archive, to: "\(aside)/\(path)")
                made.files += 1
            } else if expected.name.hasPrefix(PackManifest.tables) {
                try Self.write(expected, from: archive, to: "\(aside)/outputs/\(manifest.outputs)/\(expected.name)")
                made.files += 1
            }
        }
        try await settle()
        made.results = keys.count
        let name = Pipeline.lastComponent(of: path)
        try store?.note(
            origin: "the pack '\(name.printable())'", name: "pack-\(ContentDigest(of: manifest.encoded))", of: keys)
    }

    /// No sheet has more bytes.
    private static let most = 1 << 31

    private static func contents(of entry: PackManifest.Entry, _ archive: ArchiveReader) throws -> [UInt8] {
        let bytes = try archive.contents(most: most)
        guard ContentDigest(of: bytes) == entry.digest else {
            throw ArchiveProblem("the archive changed while it was read")
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
        guard digest.finish() == entry.digest else { throw ArchiveProblem("the archive changed while it was read") }
    }

    /// Moves the files from `aside` to their places; what was there comes back where one can't be moved.
    private func move(_ manifest: PackManifest, from aside: String, to folder: String, _ made: inout Made) throws {
        var undo: [() -> Void] = []
        do throws(FileWriteProblem) {
            for (number, entry) in manifest.entries.enumerated() {
                guard let path = entry.path else { continue }
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
