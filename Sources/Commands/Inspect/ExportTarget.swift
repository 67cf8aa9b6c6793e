import ArgumentParser
import Export

/// What `colophon export --to` names.
enum ExportTarget: Hashable, ExpressibleByArgument {
    /// A format of the results database.
    case results(ExportFormat)
    /// Sentences, tokens and names, from the layers of the documents.
    case conllu
    /// The run as a research object.
    case crate
    /// The report as a document.
    case report(ReportDocument)

    static let all =
        ExportFormat.allCases.map(Self.results) + [.conllu, .crate] + ReportDocument.allCases.map(Self.report)
    static var allValueStrings: [String] { all.map(\.name) }

    init?(argument: String) {
        guard let target = Self.all.first(where: { $0.name == argument }) else { return nil }
        self = target
    }

    var name: String {
        switch self {
        case .results(let format): format.rawValue
        case .conllu: "conllu"
        case .crate: "ro-crate"
        case .report(let document): document.rawValue
        }
    }

    /// What it is, in a few words.
    var summary: String {
        switch self {
        case .results(let format): format.summary
        case .conllu: "sentences, tokens and names as CoNLL-U"
        case .crate: "pipeline, report and tables as an RO-Crate"
        case .report(let document): document.summary
        }
    }

    /// Whether it consists of tables, of which some can be chosen.
    var hasTables: Bool { self == .results(.csv) || self == .results(.jsonl) }
}
