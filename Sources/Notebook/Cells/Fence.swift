/// The first line of a fenced block.
struct Fence {
    let marks: String
    let info: String

    init?(_ line: String) {
        let body = line.drop { $0 == " " }
        guard line.count - body.count <= 3, let mark = body.first, mark == "`" || mark == "~" || mark == ":" else {
            return nil
        }
        let run = body.prefix { $0 == mark }
        let rest = body.dropFirst(run.count)
        guard run.count >= 3, mark != "`" || !rest.contains("`") else { return nil }
        marks = String(run)
        info = rest.trimmed
        // A fence of colons is one for cells alone: other Markdown has it for other things.
        if mark == ":", cellName.flatMap(CellKind.init) == nil { return nil }
    }

    /// The kind of a cell whose fence stands behind the mark of a list or a quotation, or is indented; nil where there
    /// is none.
    static func cellWithin(_ line: String) -> String? {
        let body = line.drop {
            $0 == " " || $0 == "\t" || $0 == ">" || $0 == "-" || $0 == "*" || $0 == "+" || $0.isNumber || $0 == "."
                || $0 == ")"
        }
        guard body.count < line.count, let fence = Fence(String(body)), let name = fence.cellName,
            CellKind(rawValue: name) != nil
        else { return nil }
        return name
    }

    /// What stands in braces at the beginning of the info string.
    var cellName: String? {
        guard info.hasPrefix("{"), let end = info.firstIndex(of: "}") else { return nil }
        return String(info[info.index(after: info.startIndex)..<end])
    }

    /// What stands behind the braces.
    var argument: String { info.firstIndex(of: "}").map { info[info.index(after: $0)...].trimmed } ?? "" }

    func isClosed(by line: String) -> Bool {
        let body = line.trimmed
        return body.count >= marks.count && body.allSatisfy { $0 == marks.first }
    }
}
