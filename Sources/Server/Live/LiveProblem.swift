import Model
import Store
import Text

/// Something that keeps a run from its end, with the lines of the file around it.
package struct LiveProblem: Sendable {
    package let message: String
    /// The file as messages show it; nil where none is concerned.
    package let file: String?
    /// From 1; nil where no line is.
    package let line: Int?
    /// From 1.
    package let column: Int?
    /// Lines of the file, the one in question in the middle, with their numbers.
    package let lines: [(number: Int, text: String)]

    /// A problem without a place.
    init(_ message: String) {
        self.message = message
        (file, line, column, lines) = (nil, nil, nil, [])
    }

    init(_ diagnostic: Diagnostic) {
        message = diagnostic.message + (diagnostic.hint.map { ". \($0)" } ?? "")
        file = diagnostic.file
        line = diagnostic.line
        column = diagnostic.column
        lines = diagnostic.file.flatMap { file in diagnostic.line.map { Self.lines(of: file, around: $0) } } ?? []
    }

    /// How many lines are shown on each side.
    private static let neighbours = 2
    /// How much of a line is shown, in characters.
    private static let width = 200

    private static func lines(of file: String, around line: Int) -> [(number: Int, text: String)] {
        guard let size = FileWriting.size(of: file), size < 1 << 22, let bytes = FileWriting.contents(of: file) else {
            return []
        }
        let all = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        let (first, last) = (max(1, line - neighbours), min(all.count, line + neighbours))
        guard first <= last else { return [] }
        return (first...last).map { number in (number, String(all[number - 1].prefix(width))) }
    }

    func write(to json: inout JSONOutput) {
        json.object { json in
            json.key("message")
            json.string(message)
            json.key("file")
            if let file { json.string(file) } else { json.null() }
            for (name, number) in [("line", line), ("column", column)] {
                json.key(name)
                if let number { json.integer(number) } else { json.null() }
            }
            json.key("lines")
            json.array(lines) { json, line in
                json.object { json in
                    json.key("number")
                    json.integer(line.number)
                    json.key("text")
                    json.string(line.text)
                }
            }
        }
    }
}
