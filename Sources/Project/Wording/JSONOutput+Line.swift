package import Text

extension JSONOutput {
    /// The version of the form in which commands print JSON; it is raised when a field is removed or means something else.
    package static let version = 1

    /// A line of JSON as commands print it with `--json`: an object that begins with the version of its form.
    package static func line(_ body: (inout JSONOutput) -> Void) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            output.field("version", version)
            body(&output)
        }
        output.endLine()
        return output.bytes
    }
}
