/// A line of a lock: one fact that a report was made from, or a digest of what was made.
package struct LockFact: Hashable, Sendable {
    /// The first word of a line.
    package enum Kind: String, Sendable, CaseIterable {
        /// The form of the lock.
        case format
        case release
        /// The digest of the corpus, and how many documents it has.
        case corpus
        /// A document: the beginning of the digest of its bytes and, behind a `+`, of its row of the metadata file.
        case document
        /// In a corpus of many documents, some neighbours in place of each: the first of them, how many they are, and behind
        /// a `+` the beginning of the digest of all.
        case documents
        /// A file of the pipeline.
        case pipeline
        /// A stage of the pipeline: what it uses.
        case stage
        /// An option of a stage that the pipeline gives.
        case option
        /// The command of a stage that is a program.
        case command
        /// A file that a program's results depend on.
        case file
        /// The fingerprint of the code and word lists of a stage, or of the report.
        case code
        /// What stages run on, with its version.
        case library
        /// The digest of all that stands for a step in keys.
        case step
        /// The notebook, a file that it includes, or results of an earlier run that it compares with.
        case notebook
        /// The digest of a table of the results.
        case table
        /// The digest of all tables of a variant.
        case variant
        /// The digest of what is opened beside the report: its page, a chart; of all pages of evidence together.
        case output
        /// The digest of the report.
        case report

        /// Whether it is something that was made, and not something that it was made from.
        var isResult: Bool { [.table, .variant, .output, .report].contains(self) }
    }

    package let kind: Kind
    /// What it is about: `summarize-statistics.window`; empty where there is one fact of the kind.
    package let name: String
    package let value: String

    init(_ kind: Kind, _ value: String) { self.init(kind, "", value) }

    init(_ kind: Kind, _ name: String, _ value: String) {
        self.kind = kind
        self.name = Self.line(name)
        self.value = Self.line(value)
    }

    /// The fact that stands in `line`; nil for a line that is none.
    init?(line: Substring) {
        let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = words.first, let kind = Kind(rawValue: String(first)) else { return nil }
        self.kind = kind
        let rest = words.count > 1 ? words[1] : ""
        switch kind {
        case .format, .release, .corpus, .report:
            (name, value) = ("", String(rest))
        case .pipeline, .file, .notebook, .document, .documents, .output:
            // A path may have spaces, and the digest behind it has none.
            let space = rest.lastIndex(of: " ") ?? rest.startIndex
            name = String(rest[..<space])
            value = String(rest[space...].drop { $0 == " " })
        case .stage, .option, .command, .code, .library, .step, .table, .variant:
            let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            name = parts.first.map(String.init) ?? ""
            value = parts.count > 1 ? String(parts[1]) : ""
        }
    }

    /// The line without its end.
    var line: String { [kind.rawValue, name, value].filter { !$0.isEmpty }.joined(separator: " ") }

    /// Text as it stands in one line.
    private static func line(_ text: String) -> String {
        text.replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    }
}
