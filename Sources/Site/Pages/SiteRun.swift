import GRDB
import Results
import Text

/// What is known while the pages are written.
struct SiteRun {
    /// Somebody or something that texts name.
    struct Entity {
        let id: String
        let name: String
        let type: String
        let documents: Int
        let mentions: Int
    }

    let reader: SiteReader
    let frame: SiteFrame
    let projectFolder: String
    /// How many bytes of text a page holds at most before it is cut in parts.
    let partBytes: Int
    /// In order of their paths.
    let documents: [SiteDocument]
    /// The place of each document in `documents`, by its path.
    let places: [String: Int]
    /// Those that most documents mention first.
    let entities: [Entity]
    /// Names and types of entities by their ids.
    let names: [String: (name: String, type: String)]
    /// The documents in order of time.
    let inTime: DocumentsInTime
    /// Where the parts of a document begin that has several, in code points, by its path.
    var parts: [String: [Int]] = [:]

    init(_ reader: SiteReader, projectFolder: String, partBytes: Int) throws {
        self.reader = reader
        self.projectFolder = projectFolder
        self.partBytes = partBytes
        documents = try reader.documents()
        inTime = DocumentsInTime(documents)
        places = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1.id, $0) })
        entities = try reader.all(
            "select entity, name, type, documents, mentions from entities order by documents desc, mentions desc, name, entity"
        ) { row in
            Entity(
                id: row[0], name: row[1] ?? "", type: row[2] ?? "", documents: row[3] ?? 0, mentions: row[4] ?? 0)
        }
        names = Dictionary(entities.map { ($0.id, ($0.name, $0.type)) }, uniquingKeysWith: { first, _ in first })
        let title = try reader.all("select value from about where key = 'title'") { $0[0] as String? }.first ?? nil
        var kinds: [SiteAddress.Kind] = [.document]
        if !names.isEmpty { kinds.append(.name) }
        if try reader.number("select count(*) from claim_totals where source in ('entity', 'words')") > 0 {
            kinds.append(.source)
        }
        if try reader.number("select exists (select 1 from questions)") > 0 { kinds.append(.question) }
        if try reader.number("select count(*) from publisher_totals where publisher <> ''") > 0 {
            kinds.append(.publisher)
        }
        frame = SiteFrame(title: title ?? "Results", kinds: kinds)
    }

    /// Stands for the code that makes pages, and for what all pages show.
    var version: String {
        ([Embedded.fingerprint, projectFolder, "\(partBytes)", frame.title] + frame.kinds.map(\.rawValue)).joined(
            separator: "\n")
    }

    /// The document of a path.
    func document(_ id: String) -> SiteDocument? { places[id].map { documents[$0] } }

    /// The way from a page in a folder to a place in a document.
    func address(of document: String, at start: Int, anchor: String) -> String {
        let part = (parts[document]?.lastIndex { $0 <= start }) ?? 0
        return "../\(SiteAddress.page(.document, document, part: part))#\(anchor)"
    }

    /// The way to a claim in another document.
    func address(of document: String, claim: String) throws -> String {
        address(of: document, at: parts[document] == nil ? 0 : try reader.start(of: claim), anchor: claim)
    }
}
