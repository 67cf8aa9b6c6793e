import ArgumentParser
import Export

/// What `colophon export --to` names: a format of the results, or the report as a document.
enum ExportTarget: Hashable, ExpressibleByArgument {
    case results(ExportFormat)
    case report(ReportDocument)

    static let all = ExportFormat.allCases.map(Self.results) + ReportDocument.allCases.map(Self.report)
    static var allValueStrings: [String] { all.map(\.name) }

    init?(argument: String) {
        guard let target = Self.all.first(where: { $0.name == argument }) else { return nil }
        self = target
    }

    var name: String {
        switch self {
        case .results(let format): format.rawValue
        case .report(let document): document.rawValue
        }
    }

    /// What it is, in a few words.
    var summary: String {
        switch self {
        case .results(let format): format.summary
        case .report(let document): document.summary
        }
    }

    /// Whether it consists of tables, of which some can be chosen.
    var hasTables: Bool { self == .results(.csv) || self == .results(.jsonl) }
}
