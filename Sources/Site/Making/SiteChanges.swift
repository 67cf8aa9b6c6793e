import GRDB
import Results
import Text

/// Which pages have to be made again, found by comparing the results with the record of the site.
struct SiteChanges {
    /// The subjects whose pages have to be made. Without a record, these are all.
    private(set) var due: Set<SiteSubject> = []
    /// The documents that are others than in the record in what their own pages show, by path; those that are gone too.
    private(set) var touched: Set<String> = []
    /// The digests of every document's rows.
    private(set) var sums: [String: [UInt8]] = [:]
    /// What is known of every entity.
    private(set) var entities: [String: SiteRecord.Entity] = [:]
    /// Whether there is a record to compare with.
    let hasRecord: Bool

    private let run: SiteRun
    private let old: SiteRecord
    private var differences: [String: DocumentDigests.Difference] = [:]

    init(_ run: SiteRun, record: SiteRecord?, lost: Set<SiteSubject>) throws {
        self.run = run
        hasRecord = record != nil
        old = record ?? SiteRecord()
        due = lost
        var sums: [String: [UInt8]] = [:]
        try run.reader.eachDigest { document, digests in
            if run.places[document] != nil { sums[document] = digests }
        }
        self.sums = sums
        entities = try Self.entities(run)
        guard hasRecord else { return }
        try compareDocuments()
        try compareEntities()
    }

    /// Whether the pages of a subject have to be made.
    func isDue(_ subject: SiteSubject) -> Bool { !hasRecord || due.contains(subject) }

    private static func entities(_ run: SiteRun) throws -> [String: SiteRecord.Entity] {
        var forms: [String: StableHash] = [:]
        try run.reader.each("select entity, alias, mentions, reason from aliases order by entity, alias") { row in
            let entity: String = row[0]
            var hash = forms[entity] ?? StableHash()
            hash.combine((row[1] as String? ?? "").utf8)
            hash.combine(UInt64(bitPattern: Int64(row[2] as Int? ?? 0)))
            hash.combine((row[3] as String? ?? "").utf8)
            forms[entity] = hash
        }
        var entities: [String: SiteRecord.Entity] = [:]
        for entity in run.entities {
            var label = StableHash()
            label.combine(entity.name.utf8)
            label.combine(UInt8(0))
            label.combine(entity.type.utf8)
            var rest = forms[entity.id] ?? StableHash()
            rest.combine(UInt64(bitPattern: Int64(entity.documents)))
            rest.combine(UInt64(bitPattern: Int64(entity.mentions)))
            entities[entity.id] = .init(label: label.value, rest: rest.value)
        }
        return entities
    }

    private mutating func compareDocuments() throws {
        for (id, known) in old.documents {
            guard let new = sums[id] else {
                differences[id] = .all
                continue
            }
            guard new != known.sums else { continue }
            differences[id] = try DocumentDigests.difference(known.sums, new)
        }
        for id in sums.keys where old.documents[id] == nil {
            differences[id] = .all
        }
        for (id, difference) in differences {
            if difference.content { touched.insert(id) }
            tell(old.documents[id]?.told ?? [], difference)
            if difference.content || difference.links { due.insert(SiteSubject(.document, id)) }
        }
    }

    /// The documents whose subjects are to be told again: their rows differ.
    var moved: Set<String> { Set(differences.keys) }

    /// Takes in the subjects that a document with other rows tells of now.
    mutating func tell(_ told: [SiteSubject], of document: String) {
        if let difference = differences[document] { tell(told, difference) }
    }

    private mutating func tell(_ told: [SiteSubject], _ difference: DocumentDigests.Difference) {
        for subject in told {
            let isTold =
                switch subject.kind {
                case .document: difference.content || difference.links
                case .question: difference.content || difference.questions
                default: difference.content
                }
            if isTold { due.insert(subject) }
        }
    }

    /// An entity with another name or type shows on the pages of documents that mention it, and on those that show its
    /// claims.
    private mutating func compareEntities() throws {
        for id in Set(entities.keys).union(old.entities.keys) where entities[id] != old.entities[id] {
            due.insert(SiteSubject(.name, id))
            guard entities[id]?.label != old.entities[id]?.label else { continue }
            for query in [
                "select distinct document from mentions where entity = ?",
                "select distinct document from claims where source_entity = ?",
            ] {
                try run.reader.each(query, [id]) { row in
                    guard let document = row[0] as String? else { return }
                    due.insert(SiteSubject(.document, document))
                    for subject in old.documents[document]?.told ?? []
                    where subject.kind == .question || subject.kind == .publisher {
                        due.insert(subject)
                    }
                }
            }
        }
    }

    /// Takes in that other pages show something else of `documents` than in the record: all documents with links to them
    /// are due.
    mutating func rename(_ documents: Set<String>) throws {
        guard hasRecord, !documents.isEmpty else { return }
        try run.reader.each("select distinct document_a, document_b from claim_links where relation <> 'related'") {
            row in
            guard let a = row[0] as String?, let b = row[1] as String? else { return }
            if documents.contains(b) { due.insert(SiteSubject(.document, a)) }
            if documents.contains(a) { due.insert(SiteSubject(.document, b)) }
        }
        for id in documents { for subject in old.documents[id]?.told ?? [] { due.insert(subject) } }
    }
}
