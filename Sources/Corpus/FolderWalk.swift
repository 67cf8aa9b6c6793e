import Dispatch
import Foundation
package import Model
import StageKit
package import Store
import Text

/// A file that a pipeline's patterns name.
package struct FoundFile: Hashable, Sendable {
    /// The path as the file system spells it, relative to the project.
    package var path: String
    /// What is known of it without reading it.
    package var stamp: FileStamp
    /// The folder that it stands in, below those that the first pattern that matches it names without a wild card.
    package var folder: String
}

/// Finds the files below a project that patterns name, without reading them.
package struct FolderWalk {
    /// The files in order of their paths' bytes.
    package private(set) var files: [FoundFile] = []
    /// What matches a pattern and is no readable file, and why.
    package private(set) var leftOut: [LeftOut] = []

    /// Folders that are written by runs and by git: never a part of a corpus, whatever the patterns say.
    private static let written: Set<String> = [".colophon", ".git", "outputs"]

    private let project: String
    private let include: [Glob]
    private let exclude: [Glob]
    private let resolvedProject: String

    /// Walks the folder `project`.
    package init(project: String, include: [Glob], exclude: [Glob]) {
        self.project = project
        self.include = include
        self.exclude = exclude
        resolvedProject = FileWriting.resolved(project) ?? project
        walk("", inside: [resolvedProject])
        files.sort { $0.path.precedes($1.path) }
        leftOut.sort { $0.id.precedes($1.id) }
    }

    /// `folder` is relative to the project; `chain` holds the real paths of the folders that it stands in.
    private mutating func walk(_ folder: String, inside chain: [String]) {
        let full = folder.isEmpty ? project : "\(project)/\(folder)"
        guard let directory = opendir(full) else {
            leave(folder, "the folder can't be read: \(Self.reason(errno))", code: "unreadable-folder")
            return
        }
        let names = Self.names(in: directory)
        let found = look(at: names, in: folder, descriptor: dirfd(directory))
        // Before what stands in it is walked: folders may stand in each other deeper than files may be open.
        closedir(directory)
        // What the patterns call the folder is the same for all files in it.
        var folders: [Int: String] = [:]
        for (name, seen) in zip(names, found) {
            guard let seen else { continue }
            visit(folder.isEmpty ? name.text : "\(folder)/\(name.text)", name, seen, chain, &folders)
        }
    }

    private static func names(in directory: OpaquePointer) -> [Name] {
        var names: [Name] = []
        while let entry = readdir(directory) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
                    let valid = String(validatingCString: name)
                    names.append(
                        Name(
                            text: valid ?? Self.escaped(name), isValid: valid != nil,
                            isFolder: Int(entry.pointee.d_type) == Int(DT_DIR),
                            isFile: Int(entry.pointee.d_type) == Int(DT_REG)))
                }
            }
        }
        return names.filter { $0.text != "." && $0.text != ".." }.sorted { $0.text.precedes($1.text) }
    }

    /// A name in a folder, as far as it can be told without looking at the file.
    private struct Name {
        /// The name, or what stands for one that is not UTF-8.
        var text: String
        var isValid: Bool
        var isFolder: Bool
        var isFile: Bool
    }

    /// What the patterns and the file system say of a name.
    private struct Seen {
        var names: Glob.Path
        /// The first pattern that matches it.
        var glob: Int?
        /// Whether something below it may match.
        var isWorthwhile: Bool
        var info: stat
        /// Why there is no `info`; zero where there is.
        var failure: Int32
    }

    /// How many names of a folder are looked at by one task, where a folder has many.
    private static let share = 128

    /// Holds names against the patterns and asks the file system about those that some pattern wants; nil for the others.
    private func look(at names: [Name], in folder: String, descriptor: Int32) -> [Seen?] {
        let parent = Glob.Path(folder)
        var found: [Seen?] = Array(repeating: nil, count: names.count)
        found.withUnsafeMutableBufferPointer { found in
            // Each task writes to places of its own.
            nonisolated(unsafe) let found = found
            let share = names.count < 4 * Self.share ? max(1, names.count) : Self.share
            DispatchQueue.concurrentPerform(iterations: (names.count + share - 1) / share) { part in
                for k in part * share..<min(names.count, (part + 1) * share) {
                    found[k] = look(at: names[k], below: parent, in: folder, descriptor: descriptor)
                }
            }
        }
        return found
    }

    private func look(at name: Name, below parent: Glob.Path, in folder: String, descriptor: Int32) -> Seen? {
        guard !folder.isEmpty || !Self.written.contains(name.text) else { return nil }
        let names = parent.appending(name.text)
        let glob = exclude.contains { $0.matches(names) } ? nil : include.firstIndex { $0.matches(names) }
        let isWorthwhile =
            !name.isFile && include.contains { $0.mayMatch(below: names) }
            && !exclude.contains { $0.matchesAll(below: names) }
        guard glob != nil || isWorthwhile else { return nil }
        var seen = Seen(names: names, glob: glob, isWorthwhile: isWorthwhile, info: stat(), failure: 0)
        if name.isValid, fstatat(descriptor, name.text, &seen.info, AT_SYMLINK_NOFOLLOW) != 0 { seen.failure = errno }
        return seen
    }

    private mutating func visit(
        _ path: String, _ name: Name, _ seen: Seen, _ chain: [String], _ folders: inout [Int: String]
    ) {
        let wanted = seen.glob != nil
        guard name.isValid else {
            if wanted || name.isFolder { leave(path, "its name is not UTF-8", hint: "rename it", code: "bad-name") }
            return
        }
        // A file that went away since the folder was listed is not there, like one that went away before.
        if seen.failure == ENOENT { return }
        guard seen.failure == 0 else {
            if wanted { leave(path, "it can't be looked at: \(Self.reason(seen.failure))", code: "unreadable") }
            return
        }
        var info = seen.info
        var target = chain
        if info.st_mode & S_IFMT == S_IFLNK {
            guard let followed = follow(path, wanted: wanted, chain) else { return }
            info = followed.info
            target.append(followed.path)
        } else if info.st_mode & S_IFMT == S_IFDIR {
            target.append((chain.last ?? project) + "/" + name.text)
        }
        switch info.st_mode & S_IFMT {
        case S_IFDIR:
            if seen.isWorthwhile { walk(path, inside: target) }
        case S_IFREG:
            guard let glob = seen.glob, !isLock(path) else { return }
            let folder = folders[glob] ?? include[glob].folder(of: seen.names)
            folders[glob] = folder
            files.append(FoundFile(path: path, stamp: FileStamp(info), folder: folder))
        default:
            guard wanted else { return }
            let kind =
                switch info.st_mode & S_IFMT {
                case S_IFIFO: "a FIFO"
                case S_IFSOCK: "a socket"
                default: "a device"
                }
            leave(path, "it is \(kind), not a file", hint: "exclude it, or put a file in its place", code: "not-a-file")
        }
    }

    /// Whether a file is the lock of a pipeline, which runs write beside it: `p.lock` beside `p.yaml`, with the first line
    /// that locks have. A run whose own lock were a document would always find another corpus than the one before.
    private func isLock(_ path: String) -> Bool {
        guard path.hasSuffix(".lock") else { return false }
        let stem = "\(project)/\(path.dropLast(".lock".count))"
        guard [".yaml", ".yml"].contains(where: { FileStamp(path: stem + $0) != nil }),
            let file = FileHandle(forReadingAtPath: "\(project)/\(path)")
        else { return false }
        defer { try? file.close() }
        let header = Array(Pipeline.lockHeader.utf8)
        return (try? file.read(upToCount: header.count)).map { $0?.elementsEqual(header) ?? false } ?? false
    }

    /// Where a link leads, if that is a sound place inside the project.
    private mutating func follow(
        _ path: String, wanted: Bool, _ chain: [String]
    ) -> (path: String, info: stat)? {
        let full = "\(project)/\(path)"
        guard let target = FileWriting.resolved(full) else {
            let isLoop = errno == ELOOP
            if wanted {
                leave(
                    path, isLoop ? "the link leads back to itself" : "the link leads nowhere", hint: "remove the link",
                    code: isLoop ? "link-loop" : "broken-link")
            }
            return nil
        }
        var info = stat()
        guard stat(full, &info) == 0 else {
            if wanted { leave(path, "it can't be looked at: \(Self.reason(errno))", code: "unreadable") }
            return nil
        }
        guard wanted || info.st_mode & S_IFMT == S_IFDIR else { return nil }
        guard target == resolvedProject || target.hasPrefix(resolvedProject + "/") else {
            leave(
                path, "the link leaves the project", hint: "copy what it leads to into the project",
                code: "link-leaves-project")
            return nil
        }
        guard !chain.contains(target) else {
            leave(path, "the link leads back to a folder it stands in", hint: "remove the link", code: "link-loop")
            return nil
        }
        return (target, info)
    }

    private mutating func leave(_ path: String, _ summary: String, hint: String? = nil, code: String) {
        leftOut.append(LeftOut(id: path, failure: StageFailure(summary, hint: hint, code: code)))
    }

    /// A name that is not UTF-8, with `\xFF` for each byte beyond ASCII, so that names that differ stay apart.
    private static func escaped(_ name: UnsafePointer<CChar>) -> String {
        var text = ""
        for k in 0..<strlen(name) {
            let byte = UInt8(bitPattern: name[k])
            text += byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
        }
        return text
    }

    static func reason(_ number: Int32) -> String { FileWriteProblem.reason(of: number) }
}

extension FileStamp {
    /// The stamp in what `stat` tells.
    init(_ info: stat) {
        #if canImport(Darwin)
            let (modified, changed) = (info.st_mtimespec, info.st_ctimespec)
        #else
            let (modified, changed) = (info.st_mtim, info.st_ctim)
        #endif
        self.init(
            size: Int(info.st_size), modified: Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec),
            changed: Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec), inode: UInt64(info.st_ino))
    }

    /// The stamp of the file at `path`; nil if there is none.
    package init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }
}
