/// The notebook that is rendered for a pipeline without one of its own.
package enum BuiltInReport {
    /// Its text, as `colophon init --notebook --full` prints it.
    package static let text = Embedded.report.description
    /// A short notebook to start from, as `colophon init --notebook` prints it.
    package static let starter = Embedded.starter.description
    /// The name that messages give it.
    package static let file = "report.md (built in)"
    /// The fingerprint of the code and data that render reports.
    package static let fingerprint = Embedded.fingerprint
}
