import Foundation

/// Why a file could not be read.
package enum FileProblem: Error, Hashable, Sendable {
    case missing
    case folder
    /// A pipe, a socket or a device.
    case special
    case unreadable(reason: String)
    /// It has `size` bytes, or more.
    case tooLarge(size: Int, limit: Int)
}

/// Reading files, so that tests need no disk.
package struct FileAccess: Sendable {
    /// The bytes of the file at a path, at most `limit` of them.
    package var read: @Sendable (_ path: String, _ limit: Int) throws(FileProblem) -> [UInt8]
    /// Throws when the path leads to no regular file.
    package var find: @Sendable (_ path: String) throws(FileProblem) -> Void
    /// The absolute path of the folder that relative paths start from.
    package var workingFolder: String
    /// Where files of weights are looked for, in this order.
    package var weightFolders: [String]

    /// Files in memory, by path.
    package static func memory(_ files: [String: [UInt8]], workingFolder: String = "/project") -> FileAccess {
        @Sendable func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
            if let bytes = files[path] { return bytes }
            throw files.keys.contains { $0.hasPrefix(path + "/") } ? .folder : .missing
        }
        return FileAccess(
            read: { path, limit throws(FileProblem) in
                let bytes = try bytes(path)
                guard bytes.count <= limit else { throw .tooLarge(size: bytes.count, limit: limit) }
                return bytes
            },
            find: { path throws(FileProblem) in _ = try bytes(path) },
            workingFolder: workingFolder, weightFolders: ["/bin", "/share/colophon"])
    }

    /// The files of the machine.
    package static var disk: FileAccess {
        FileAccess(
            read: { path, limit throws(FileProblem) in
                let descriptor = try open(path)
                defer { close(descriptor) }
                let size = try regularSize(descriptor)
                guard size <= limit else { throw .tooLarge(size: size, limit: limit) }
                return try contents(of: descriptor, size: size, limit: limit)
            },
            find: { path throws(FileProblem) in
                let descriptor = try open(path)
                defer { close(descriptor) }
                _ = try regularSize(descriptor)
            },
            workingFolder: FileManager.default.currentDirectoryPath,
            weightFolders: weightFolders(ProcessInfo.processInfo.environment, program: program))
    }

    /// The folder that COLOPHON_WEIGHTS names; without it, that of the program, then `share/colophon` beside that.
    static func weightFolders(_ environment: [String: String], program: String?) -> [String] {
        if let folder = environment["COLOPHON_WEIGHTS"], !folder.isEmpty { return [folder] }
        guard let program, let slash = program.lastIndex(of: "/") else { return [] }
        let folder = String(program[..<slash])
        let above = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
        return [folder, above + "/share/colophon"]
    }

    /// The path of this program; nil where the system does not tell.
    package static var program: String? {
        #if os(Linux)
            if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        #endif
        return Bundle.main.executablePath
    }

    /// Opens without waiting for a writer, should the path lead to a pipe.
    private static func open(_ path: String) throws(FileProblem) -> Int32 {
        guard !path.utf8.contains(0) else { throw .missing }
        while true {
            let descriptor = Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { throw problem(errno) }
        }
    }

    private static func regularSize(_ descriptor: Int32) throws(FileProblem) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int(status.st_size)
        case S_IFDIR: throw .folder
        default: throw .special
        }
    }

    /// Reads to the end, which may have moved since the size was asked for.
    private static func contents(of descriptor: Int32, size: Int, limit: Int) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 1)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw problem(errno)
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw .tooLarge(size: bytes.count, limit: limit) }
        }
    }

    private static func problem(_ code: Int32) -> FileProblem {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EISDIR: .folder
        case ENXIO, ENODEV, EOPNOTSUPP: .special
        case EACCES, EPERM: .unreadable(reason: "permission denied")
        case ELOOP: .unreadable(reason: "its symbolic links form a loop")
        case ENAMETOOLONG: .unreadable(reason: "its name is too long")
        case EIO: .unreadable(reason: "the disk reported an error")
        default: .unreadable(reason: "system error \(code)")
        }
    }
}
