import Foundation

/// Finds out why a pattern matches no file.
enum EmptyPattern {
    /// What to do about `pattern`, in a sentence.
    static func hint(_ pattern: String, project: String, exclude: [Glob]) -> String {
        let isAbsolute = pattern.hasPrefix("/") || pattern.hasPrefix("~")
        if isAbsolute || pattern.split(separator: "/").contains("..") {
            return "Paths are relative to the project's folder, and a corpus is inside it: copy the files into it."
        }
        if pattern.contains("\\") { return "Folders are parted by '/', not by a backslash." }
        if isFolder(pattern, in: project) {
            return "It names a folder; what is in it is named by '\(withoutSlash(pattern))/**'."
        }
        func first(_ reach: Glob.Reach) -> String? {
            FolderWalk(project: project, include: [Glob(pattern, reach)], exclude: exclude).files.first?.path
        }
        if let path = first(.anyCase) {
            return "Capitals count: there is '\(path)', whose name differs from the pattern in capitals only."
        }
        if let path = first(.hidden) {
            return "'\(path)' is hidden: names that begin with a full stop match only where the pattern writes it."
        }
        let deep = pattern.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.contains("**") && $0 != "**" ? "**/" + $0.replacing("**", with: "*") : String($0)
        }.joined(separator: "/")
        if deep != pattern, !FolderWalk(project: project, include: [Glob(deep)], exclude: exclude).files.isEmpty {
            return "'**' stands for folders only as a name of its own: '\(deep)'."
        }
        return "Paths are relative to the project's folder."
    }

    /// Whether a pattern is the path of a folder, where the files in it are probably meant.
    static func isFolder(_ pattern: String, in project: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(project)/\(pattern)", isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private static func withoutSlash(_ pattern: String) -> String {
        pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
    }
}
