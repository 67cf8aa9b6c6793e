package import Results
package import StageKit

/// The results of the analysis under other settings, for the cells that ask all variants.
package struct ReportVariant: Sendable {
    /// How the report calls it.
    package let name: String
    /// `NAME=VALUE`; empty for the pipeline as it is written.
    package let settings: [String]
    /// Whether it is the pipeline as it is written.
    let isAsWritten: Bool
    package let results: ResultsDatabase
    /// The parameters of the pipeline under these settings.
    let parameters: [String: OptionValue]

    package init(
        name: String, settings: [String], isAsWritten: Bool, results: ResultsDatabase,
        parameters: [String: OptionValue] = [:]
    ) {
        self.name = name
        self.settings = settings
        self.isAsWritten = isAsWritten
        self.results = results
        self.parameters = parameters
    }
}
