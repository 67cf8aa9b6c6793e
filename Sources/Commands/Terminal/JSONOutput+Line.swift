import Text

extension JSONOutput {
    /// The version of the form in which commands print JSON; it is raised when a field is removed or means something else.
    static let version = 1

    /// A line of JSON as commands print it with `--json`: an object that begins with the version of its form.
    static func line(_ body: (inout JSONOutput) -> Void) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            output.field("version", version)
            body(&output)
        }
        output.endLine()
        return output.bytes
    }

    /// Writes a key and a whole number.
    mutating func field(_ name: String, _ number: Int) {
        key(name)
        integer(number)
    }

    /// Writes a key and a text.
    mutating func field(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    /// Writes a key and a list of texts.
    mutating func field(_ name: String, _ texts: [String]) {
        key(name)
        array(texts) { $0.string($1) }
    }
}
