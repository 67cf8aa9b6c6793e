import Export
import Foundation
import Store

/// Where the files of an export go.
///
/// Colophon's own folder is written aside and then put in the place of the old one, so that nothing of an earlier export
/// stays in it. A folder that the user named is written into, file by file.
struct ExportFolder {
    /// The folder, as messages name it.
    let path: String
    /// Where files are written until all are there.
    private let target: String

    /// The folder `named` by the user, or else `standard`. A named folder that has files in it is refused without `force`.
    init(named: String?, default standard: String, force: Bool) throws {
        guard let named else {
            path = standard
            target = "\(standard).part"
            try? FileManager.default.removeItem(atPath: target)
            try FileWriting.makeFolder(target)
            return
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: named, isDirectory: &isFolder) {
            guard isFolder.boolValue else {
                Terminal.error("error: '\(named)' is a file; --output takes a folder [not-a-folder]")
                throw Ending.usage
            }
            guard try force || FileManager.default.contentsOfDirectory(atPath: named).isEmpty else {
                Terminal.error(
                    "error: the folder '\(named)' is not empty. Name another one, or give --force to write into it. "
                        + "[folder-not-empty]")
                throw Ending.usage
            }
        }
        try FileWriting.makeFolder(named)
        (path, target) = (named, named)
    }

    /// Writes a file. A document's path never leads out of the folder.
    func write(_ file: ExportFile) throws {
        let parts = file.path.split(separator: "/").map { $0 == ".." || $0 == "." ? "_" : $0 }
        try FileWriting.write(file.bytes, to: "\(target)/\(parts.joined(separator: "/"))")
    }

    /// Puts the folder in its place.
    func finish() throws {
        guard target != path else { return }
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        try FileManager.default.moveItem(atPath: target, toPath: path)
    }
}
