import CGumbo

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The version of the system's HTML parser, as the name of its file tells: `libgumbo.so.3.0.0`.
enum ParserVersion {
    static let name: String = {
        guard let file = colophon_gumbo_file() else { return "gumbo" }
        let resolved = realpath(file, nil)
        defer { free(resolved) }
        let path = resolved.map { String(cString: $0) } ?? String(cString: file)
        let name =
            path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
        return name.hasPrefix("libgumbo") ? name : "gumbo"
    }()
}
