import Foundation

/// What the file system tells of a page: another stamp is another page.
struct PageStamp: Equatable {
    var size: Int
    /// Nanoseconds since 1970.
    var modified: Int
    var inode: Int
}

extension PageStamp {
    /// The stamp of the file at `path`; nil where there is none.
    init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let time = info.st_mtimespec
        #else
            let time = info.st_mtim
        #endif
        self.init(
            size: Int(info.st_size), modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec),
            inode: Int(truncatingIfNeeded: info.st_ino))
    }
}
