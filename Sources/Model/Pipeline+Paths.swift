extension Pipeline {
    /// The first line of the lock that runs write beside a pipeline, by which it is told from other files.
    package static let lockHeader = "# What the report of this pipeline was made from; written by 'colophon run'.\n"

    /// The folder that a pipeline's paths are relative to: the parent of the pipeline's folder if that is named
    /// `pipelines`, else the pipeline's folder. `workingFolder` (absolute) tells the name of the folder in which a
    /// path without folders stands.
    package static func projectFolder(for path: String, workingFolder: String = "") -> String {
        let folder = Self.folder(of: path)
        let parts = components(folder)
        if parts.isEmpty, !folder.hasPrefix("/") {
            return components(workingFolder).last == "pipelines" ? ".." : "."
        }
        guard parts.last == "pipelines" else { return folder }
        return Self.folder(of: folder)
    }

    /// The folder of a path; `.` for a name alone.
    package static func folder(of path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
        guard let last = bytes.lastIndex(of: slash) else { return "." }
        bytes.removeSubrange(max(last, 1)...)
        while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The last name in a path; empty where there is none.
    package static func lastComponent(of path: String) -> String { components(path).last ?? "" }

    /// The name of a file without its folder and its last extension.
    package static func name(of path: String) -> String {
        let last = lastComponent(of: path)
        guard let dot = last.utf8.lastIndex(of: UInt8(ascii: ".")), dot != last.startIndex else { return last }
        return String(last[..<dot])
    }

    /// What follows the last dot of a file's name; empty where there is no dot, or nothing before it.
    package static func fileExtension(of path: String) -> String {
        let name = path.utf8.suffix(
            from: path.utf8.lastIndex(of: slash).map { path.utf8.index(after: $0) } ?? path.startIndex)
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return "" }
        return String(path[path.utf8.index(after: dot)...])
    }

    /// `path` as seen from where `folder` is seen from, without `.` and without `x/..`.
    package static func join(_ folder: String, _ path: String) -> String {
        let all = path.utf8.first == slash ? path : folder + "/" + path
        var parts: [String] = []
        for part in components(all) {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || all.utf8.first != slash {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return all.utf8.first == slash ? "/" + joined : joined.isEmpty ? "." : joined
    }

    /// The way from the folder `folder` to `path`, both absolute.
    package static func path(_ path: String, from folder: String) -> String {
        let to = components(path)
        let from = components(folder)
        let common = zip(to, from).prefix { $0 == $1 }.count
        let way = Array(repeating: "..", count: from.count - common) + to.dropFirst(common)
        return way.isEmpty ? "." : way.joined(separator: "/")
    }

    private static let slash = UInt8(ascii: "/")

    private static func components(_ path: String) -> [String] {
        path.utf8.split(separator: slash).map { String(decoding: $0, as: UTF8.self) }.filter { $0 != "." }
    }
}
