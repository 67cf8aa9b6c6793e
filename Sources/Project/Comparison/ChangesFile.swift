import Foundation
import Results
import Store

/// `changes.md`: what the last run that changed something changed, beside its report.
///
/// It depends on the run before and is therefore no part of the report: the lock does not know it.
struct ChangesFile {
    static let name = "changes.md"

    private let path: String

    init(in outputs: OutputFolder) { path = outputs.path(Self.name) }

    /// Writes how the results of a run differ from those before; nil where there were none. A run that changed nothing leaves
    /// the file as it is.
    func write(_ results: ResultsComparison?) throws(FileWriteProblem) {
        guard let results else {
            try? FileManager.default.removeItem(atPath: path)
            return
        }
        let comparison = Comparison(results)
        guard !comparison.isSame else { return }
        let text = comparison.markdown(title: "What the last run changed", projectFolder: "../..")
        try FileWriting.write(Array(text.utf8), to: path)
    }
}
