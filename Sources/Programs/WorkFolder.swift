import Foundation

/// An empty folder of the system's temporary ones, in which a program starts and which is its home.
struct WorkFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
