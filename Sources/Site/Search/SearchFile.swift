/// A file of the search: a script that hands a list to a function of the page. So it can be loaded from a folder as well.
enum SearchFile {
    /// The file with `entries`, one a line, that calls `function` with `key`.
    static func bytes(of entries: some Sequence<[UInt8]>, calling function: String, _ key: String) -> [UInt8] {
        var file = Array("\(function)(\"\(key)\",[\n".utf8)
        for (k, entry) in entries.enumerated() {
            if k > 0 { file.append(contentsOf: ",\n".utf8) }
            file.append(contentsOf: entry)
        }
        file.append(contentsOf: "\n])\n".utf8)
        return file
    }

    /// The list in such a file, as JSON; nil where it is none.
    static func content(of file: [UInt8]) -> ArraySlice<UInt8>? {
        guard let start = file.firstIndex(of: UInt8(ascii: "[")), let end = file.lastIndex(of: UInt8(ascii: "]")),
            start < end
        else { return nil }
        return file[start...end]
    }
}
