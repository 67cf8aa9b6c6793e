package import Model

/// A report as files, and what it says about itself.
package struct RenderedReport: Sendable {
    /// A file, by its path relative to the report's folder.
    package struct File: Hashable, Sendable {
        /// `report.md`, `report.html`, `charts/….svg`, `evidence/….md`.
        package let path: String
        /// Its content; nil for a file that is there already.
        package let bytes: [UInt8]?
    }

    /// A check that did not hold.
    package struct FailedCheck: Hashable, Sendable {
        /// What should have held.
        package let message: String
        /// The line of the notebook on which the check stands.
        package let line: Int
        /// How many rows contradict it; 0 for a figure that is not the one of the results.
        package let rows: Int
    }

    /// In order of their paths.
    package let files: [File]
    /// In the order of the notebook.
    package let failedChecks: [FailedCheck]
    /// What is probably not as it was meant: names in fields of cells that nothing has. In the order of the notebook.
    package let warnings: [Diagnostic]
    /// What it was made of, for the next report.
    package let kept: KeptReport
}
