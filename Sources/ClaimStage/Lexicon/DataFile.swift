/// A data file of the stage: lines of fields between colons, `#` for comments.
struct DataFile {
    /// One line.
    struct Entry {
        /// The fields, trimmed of blanks.
        var fields: [Substring]

        /// The first field.
        var head: Substring { fields.first ?? "" }
        /// The words of the second field, or of the only one.
        var words: [Substring] { words(fields.count > 1 ? 1 : 0) }
        /// The words of a field; none when it is not there.
        func words(_ field: Int) -> [Substring] {
            field < fields.count ? fields[field].split(separator: " ") : []
        }
    }

    /// The lines that say something.
    let entries: [Entry]

    /// Reads the file.
    init(_ text: StaticString) {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        entries = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let fields = line.split(separator: ":").map { field in
                field.drop { $0 == " " }.dropLastBlanks()
            }
            return fields.isEmpty ? nil : Entry(fields: fields)
        }
    }
}

extension Substring {
    fileprivate func dropLastBlanks() -> Substring {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
