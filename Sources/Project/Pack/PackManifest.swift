import Archive
import Digests
import Foundation
import Model
import PipelineFile
package import StageKit
import Text

/// What a pack holds: its first entry, a fact a line. Everything that follows has a line with its size and digest, in the
/// order of the archive.
package struct PackManifest: Sendable {
    /// An entry of the archive.
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let size: Int
        package let digest: ContentDigest
        package let isExecutable: Bool

        var isSheet: Bool { name.hasPrefix(PackManifest.sheets) }
        /// Whether it belongs to the snapshot of where the run left off.
        var isSnapshot: Bool { name.hasPrefix(PackManifest.snapshot) }
        /// The name of the snapshot whose list of files it is; nil for anything else.
        var snapshotName: String? {
            guard name.hasPrefix(PackManifest.snapshotList) else { return nil }
            return ContentDigest(hexadecimal: String(name.dropFirst(PackManifest.snapshotList.count)))?.description
        }
        /// Whether it is a piece of a file of the snapshot.
        var isSnapshotPiece: Bool {
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            return parts.count == 3 && isSnapshot && [Snapshot.results[...], Snapshot.state[...]].contains(parts[1])
                && parts[2].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }

    /// The form of packs that this release writes, and the latest that it reads.
    static let format = 3
    /// The name of its own entry.
    static let name = "colophon-pack"
    static let project = "project/"
    static let sheets = "results/"
    static let tables = "tables/"
    static let snapshot = "snapshot/"
    static let snapshotList = "snapshot/list/"

    /// The name of a piece of a file of the snapshot.
    static func piece(_ number: Int, of file: String) -> String { pieces(of: file) + digits(number) }
    /// What the names of all pieces of a file begin with.
    static func pieces(of file: String) -> String { "\(snapshot)\(file)/" }
    /// The name of a sheet of results.
    static func sheet(_ number: Int) -> String { sheets + digits(number) }
    private static func digits(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 6 - "\(number)".count)) + "\(number)"
    }

    private static let header = "# A project packed by Colophon; 'colophon unpack' reads it."
    /// A manifest has no more bytes.
    private static let most = 1 << 28

    package var release: String
    /// The pipeline's path in the project.
    package var pipeline: String
    /// The name of the folder of its results.
    package var outputs: String
    /// Whether the documents and the results that hold their text are there.
    package var hasTexts: Bool
    /// Whether passages of the documents are in the report.
    package var hasQuotations: Bool
    package var entries: [Entry]

    var encoded: [UInt8] {
        var lines = [
            Self.header, "format \(Self.format)", "release \(ConsentItem.quoted(release))",
            "pipeline \(ConsentItem.quoted(pipeline))", "outputs \(ConsentItem.quoted(outputs))",
            "texts \(hasTexts ? "yes" : "no")", "quotations \(hasQuotations ? "yes" : "no")",
        ]
        lines += entries.map {
            "entry \(ConsentItem.quoted($0.name)) \($0.size) \($0.digest)\($0.isExecutable ? " executable" : "")"
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    init(release: String, pipeline: String, outputs: String, hasTexts: Bool, hasQuotations: Bool, entries: [Entry]) {
        self.release = release
        self.pipeline = pipeline
        self.outputs = outputs
        self.hasTexts = hasTexts
        self.hasQuotations = hasQuotations
        self.entries = entries
    }

    /// Reads the manifest, which is the first entry of an archive.
    init(from archive: ArchiveReader) throws(ArchiveProblem) {
        guard let first = try archive.next(), first.name == Self.name else {
            throw ArchiveProblem("this is no archive that 'colophon pack' made")
        }
        let bytes = try archive.contents(most: Self.most)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Self.damaged }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.header[...], lines.popLast() == "" else { throw Self.damaged }
        func value(_ name: String) throws(ArchiveProblem) -> String {
            guard let line = lines.popFirst(), line.hasPrefix(name + " ") else { throw Self.damaged }
            return String(line.dropFirst(name.count + 1))
        }
        guard let format = Int(try value("format")) else { throw Self.damaged }
        guard format == Self.format else {
            throw ArchiveProblem(
                "the pack has format \(format), and this release reads format \(Self.format)",
                hint: format > Self.format ? "Update Colophon." : "Ask who packed it to pack it with this release.")
        }
        release = try Self.text(try value("release"))
        pipeline = try Self.text(try value("pipeline"))
        outputs = try Self.text(try value("outputs"))
        hasTexts = try Self.flag(try value("texts"))
        hasQuotations = try Self.flag(try value("quotations"))
        entries = []
        while let line = lines.popFirst() {
            guard line.hasPrefix("entry "), let end = line.lastIndex(of: "\"") else { throw Self.damaged }
            let words = line[line.index(after: end)...].split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3 || words.count == 4 && words[3] == "executable", words[0].isEmpty,
                let size = Int(words[1]), size >= 0, let digest = ContentDigest(hexadecimal: String(words[2]))
            else { throw Self.damaged }
            entries.append(
                Entry(
                    name: try Self.text(String(line[line.index(line.startIndex, offsetBy: 6)...end])), size: size,
                    digest: digest, isExecutable: words.count == 4))
        }
        try check()
    }

    /// Where an entry is written in the project; nil for what is no file of it.
    func path(of entry: Entry) -> String? {
        if entry.name.hasPrefix(Self.project) { return String(entry.name.dropFirst(Self.project.count)) }
        return entry.name.hasPrefix(Self.tables) ? "outputs/\(outputs)/\(entry.name)" : nil
    }

    /// The path of the lock in the project.
    var lockPath: String {
        Pipeline.join(".", "\(Pipeline.folder(of: pipeline))/\(Pipeline.name(of: pipeline)).lock")
    }

    /// The files of the report by their paths in its folder, with their digests.
    var report: [String: ContentDigest] {
        let folder = "outputs/\(outputs)/"
        let files = entries.compactMap { entry in
            path(of: entry).flatMap { $0.hasPrefix(folder) ? (String($0.dropFirst(folder.count)), entry.digest) : nil }
        }
        return Dictionary(files, uniquingKeysWith: { first, _ in first })
    }

    /// Sees to it that every entry is one that a pack has, and that its place is one that a pack may write to.
    private func check() throws(ArchiveProblem) {
        guard Pipeline.join(".", pipeline) == pipeline, PackFile.isAllowed(pipeline),
            ["yaml", "yml"].contains(Pipeline.fileExtension(of: pipeline)), outputs == Pipeline.name(of: pipeline),
            EntryName.problem(in: [pipeline, release]) == nil
        else {
            throw ArchiveProblem(
                "'\(pipeline.printable())', which the pack says is its pipeline, can't be the path of one")
        }
        var paths: [String] = []
        for entry in entries {
            guard let path = path(of: entry) else {
                guard entry.isSheet || entry.isSnapshotPiece || entry.snapshotName != nil else {
                    throw ArchiveProblem("'\(entry.name.printable())' is nothing that a pack has")
                }
                continue
            }
            guard PackFile.isAllowed(path), PackFile.isOwn(path, outputs) else {
                throw ArchiveProblem(
                    "'\(entry.name.printable())' would be written outside the project, where other programs obey it, or where "
                        + "it would be taken for results that were computed here")
            }
            paths.append(path)
        }
        if let problem = EntryName.problem(in: paths) { throw problem }
        if let folder = PackFile.repository(in: paths) {
            throw ArchiveProblem(
                "the folder '\(folder.printable())' would be a repository of git, whose settings name commands")
        }
    }

    private static let damaged = ArchiveProblem("the pack's list of contents is damaged")

    private static func text(_ quoted: String) throws(ArchiveProblem) -> String {
        guard case .string(let text)? = try? JSONValue(parsing: Array(quoted.utf8)) else { throw damaged }
        return text
    }

    private static func flag(_ word: String) throws(ArchiveProblem) -> Bool {
        guard word == "yes" || word == "no" else { throw damaged }
        return word == "yes"
    }
}
