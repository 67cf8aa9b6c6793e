import GRDB
package import Results

/// The results of a run as a folder of static pages: the report, and a page for each document, name, source, question and
/// publisher, with a search that needs no server. The same results and report give the same bytes.
package struct Site {
    private let database: ResultsDatabase
    private let report: [UInt8]
    private let projectFolder: String
    private let partBytes: Int

    /// A site of the results in `database` and of `report`, the bytes of `report.html`, whose links to documents begin
    /// with `projectFolder`. The site's folder stands beside the report. A page of a document has at most about
    /// `partBytes` bytes of its text.
    package init(
        _ database: ResultsDatabase, report: [UInt8], projectFolder: String, partBytes: Int = 1_000_000
    ) {
        self.partBytes = partBytes
        self.database = database
        self.report = report
        self.projectFolder = projectFolder.isEmpty || projectFolder.hasSuffix("/") ? projectFolder : projectFolder + "/"
    }

    /// The address of a document's page, relative to the folder of the site.
    package static func address(of document: String) -> String { SiteAddress.page(.document, document) }

    /// The lists of a site that there are, each with its address in the folder of the site.
    package static func lists(where isThere: (String) -> Bool) -> [(address: String, title: String)] {
        SiteAddress.Kind.allCases.map { (SiteAddress.list($0), $0.title) }.filter { isThere($0.0) }
    }

    /// The style sheet of all pages but the report.
    package static var styleSheet: String { SiteStyle.sheet }

    /// How large a page may be, in bytes.
    static let pageBytes = 1_900_000
    /// How many bytes of evidence a page holds at most.
    static let evidenceBytes = 1_000_000
    /// How many rows of a list a page holds.
    static let listRows = 1000
    /// How many passages a page lists; the others are counted.
    static let passages = 200

    /// Hands over every page, by its path in the folder of the site.
    package func pages(_ put: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
        var making = try making { _ in (nil, []) }
        try making.make(read: { _ in nil }) { try put($0.path, $0.bytes) }
    }

    /// What makes the pages that differ from those that were made. `known` is asked for their record, given what all pages
    /// have in common, and for the subjects whose pages are lost.
    func making(
        _ known: (_ version: String) throws -> (record: SiteRecord?, lost: Set<SiteSubject>)
    ) throws -> SiteMaking {
        let run = try SiteRun(SiteReader(database), projectFolder: projectFolder, partBytes: partBytes)
        let (record, lost) = try known(run.version)
        return try SiteMaking(run, report: report, known: record, lost: lost)
    }
}
