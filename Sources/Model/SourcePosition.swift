/// A place in a file that the user wrote.
package struct SourcePosition: Hashable, Sendable {
    /// The path as messages show it.
    package var file: String
    /// The line, from 1; 0 when only the file is known.
    package var line: Int
    /// The column, from 1, in code points; 0 when only the line is known.
    package var column: Int
    /// How many code points are meant, at least 1.
    package var length: Int

    package init(file: String, line: Int = 0, column: Int = 0, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}
