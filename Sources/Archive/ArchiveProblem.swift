/// Why a file is no archive of ours, or no archive that is safe to unpack.
package struct ArchiveProblem: Error, Hashable, Sendable {
    /// What is wrong: lower case, no full stop.
    package let summary: String
    /// What to do about it; nil where nothing can be done but to ask for another archive.
    package let hint: String?

    package init(_ summary: String, hint: String? = nil) {
        self.summary = summary
        self.hint = hint
    }
}
