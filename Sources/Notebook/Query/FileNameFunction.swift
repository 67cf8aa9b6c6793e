import GRDB

/// The SQL function `file_name(path)`: what stands behind the last stroke, without the ending.
enum FileNameFunction {
    /// The function, to be added to a connection.
    static let function = DatabaseFunction("file_name", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(name) ?? values[0]
    }

    /// The name of the file at `path` without its ending; a name that begins with its only point has none.
    static func name(of path: String) -> String {
        let name = path.split(separator: "/").last ?? path[...]
        let point = name.lastIndex(of: ".")
        return String(point.map { $0 > name.startIndex ? name[..<$0] : name } ?? name)
    }
}
