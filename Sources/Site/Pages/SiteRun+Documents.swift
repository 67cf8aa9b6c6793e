import GRDB
import Notebook
import Results

/// The pages of documents.
extension SiteRun {
    /// A claim as the page of its document lists it.
    fileprivate struct ClaimRow {
        let id: String
        let start: Int
        let end: Int
        let source: String
        let entity: String?
        let stance: String
        let form: String
        let content: String
        let isAuthors: Bool
    }

    /// A link between a claim of the document and one of another.
    fileprivate struct LinkRow {
        let claim: String
        let relation: String
        let reason: String
        let other: String
        let otherClaim: String
    }

    /// What the results hold of a document and its pages show.
    struct DocumentContent {
        let document: SiteDocument
        let text: String
        let sentences: [SearchTexts.Sentence]
        fileprivate let claims: [ClaimRow]
        fileprivate let links: DocumentLinks
        fileprivate let marks: DocumentMarks
        /// The names that it mentions, or that its claims have as their source.
        fileprivate var names: Set<String> = []
        fileprivate var descriptions: Set<String> = []
    }

    /// The links of a document's claims.
    fileprivate struct DocumentLinks {
        var shown: [LinkRow] = []
        /// How many there are.
        var count = 0
        /// The documents whose pages show them as well.
        var targets: Set<String> = []
    }

    /// Reads what the pages of a document show.
    func content(of document: SiteDocument) throws -> DocumentContent {
        var names: Set<String> = []
        var descriptions: Set<String> = []
        let claims = try claims(of: document, &names, &descriptions)
        let (marks, sentences) = try marks(of: document, claims, &names)
        return DocumentContent(
            document: document, text: try reader.text(of: document.id), sentences: sentences, claims: claims,
            links: try links(of: document), marks: marks, names: names, descriptions: descriptions)
    }

    /// The text of a document with its marks, in parts.
    func texts(of content: DocumentContent) -> [MarkedText.Part] {
        var writer = MarkedText(content.text, content.marks)
        return writer.parts(limit: partBytes)
    }

    /// Whether a document may be so long that it needs several pages.
    func isLong(_ document: SiteDocument) -> Bool { document.bytes > partBytes / 16 }

    /// The subjects, other than the document, whose pages show something of it.
    func told(_ content: DocumentContent) throws -> [SiteSubject] {
        let document = content.document
        var told = Set(content.links.targets.map { SiteSubject(.document, $0) })
        told.formUnion(content.names.map { SiteSubject(.name, $0) })
        told.formUnion(content.descriptions.map { SiteSubject(.source, $0) })
        if let publisher = document.publisher, !publisher.isEmpty { told.insert(SiteSubject(.publisher, publisher)) }
        try reader.each("select question from question_claims where document = ?", [document.id]) { row in
            if let question = row[0] as String? { told.insert(SiteSubject(.question, question)) }
        }
        return told.sorted()
    }

    /// Hands over the pages of a document, whose text stands in `texts`.
    func pages(
        of content: DocumentContent, _ texts: [MarkedText.Part], _ put: (String, [UInt8]) throws -> Void
    ) throws {
        let document = content.document
        for (k, part) in texts.enumerated() {
            let bytes = try frame.page(document.name, root: "../") { page in
                head(document, &page)
                let address = { (part: Int) in "../\(SiteAddress.page(.document, document.id, part: part))" }
                Self.pager(count: texts.count, at: k, &page, address: address)
                page.html("<article class=\"text\">\n")
                page.raw(part.html)
                page.html("</article>\n")
                Self.pager(count: texts.count, at: k, &page, address: address)
                if k == 0 {
                    claimList(content.claims, of: document, &page)
                    try linkList(content.links, of: document, content.claims, &page)
                }
            }
            try put(SiteAddress.page(.document, document.id, part: k), bytes)
        }
    }

    /// The list of all documents.
    var documentList: List {
        List(
            kind: .document, columns: ["title", "publisher", "date", "words", "file"],
            rows: documents.map { document in
                [
                    .link(document.address, document.name), .text(document.publisher ?? ""), .text(document.date ?? ""),
                    .number(document.words), .text(document.id),
                ]
            })
    }

    private func head(_ document: SiteDocument, _ page: inout PageBytes) {
        page.heading(1, document.name)
        page.html("<p class=\"note\">")
        if let publisher = document.publisher, !publisher.isEmpty {
            page.link("../\(SiteAddress.page(.publisher, publisher))", publisher)
            page.html(" · ")
        }
        for fact in [document.date, document.author, document.language].compactMap({ $0 }) where !fact.isEmpty {
            page.text(fact)
            page.html(" · ")
        }
        page.html("\(SiteStyle.number(document.words)) words · file <a href=\"")
        page.text("../../\(ReportForm.address(of: document.id, in: projectFolder))")
        page.html("\">")
        page.text(document.id)
        page.html("</a></p>\n")
    }

    private func claims(
        of document: SiteDocument, _ names: inout Set<String>, _ descriptions: inout Set<String>
    ) throws -> [ClaimRow] {
        var rows: [ClaimRow] = []
        try reader.each(
            """
            select claim, start, "end", source, source_entity, voice, stance, form, content, described_as from claims
            where document = ? and reported and claim is not null order by start, n
            """, [document.id]
        ) { row in
            let entity: String? = row[4]
            if let entity { names.insert(entity) }
            if let words = row[9] as String? { descriptions.insert(words) }
            let words: String? = row[3]
            let name = entity.flatMap { self.names[$0]?.name } ?? words
            let unnamed = (row[5] as String?) == "author" ? "the author" : "no source named"
            rows.append(
                ClaimRow(
                    id: row[0], start: row[1] ?? 0, end: row[2] ?? 0, source: name ?? unnamed, entity: entity,
                    stance: row[6] ?? "", form: row[7] ?? "", content: row[8] ?? "",
                    isAuthors: (row[5] as String?) == "author"))
        }
        return rows
    }

    private func marks(
        of document: SiteDocument, _ claims: [ClaimRow], _ names: inout Set<String>
    ) throws -> (DocumentMarks, [SearchTexts.Sentence]) {
        var marks = DocumentMarks()
        var sentences: [SearchTexts.Sentence] = []
        try reader.each(
            "select kind, kept, reason, start, \"end\", case when kept then null else text end from blocks where document = ? order by block",
            [document.id]
        ) { row in
            let isKept = (row[1] as Int?) != 0
            let start: Int = row[3] ?? 0
            marks.blocks.append(
                .init(
                    kind: row[0] ?? "", start: start, end: row[4] ?? start,
                    removed: isKept ? nil : (text: row[5] ?? "", reason: row[2] ?? "")))
        }
        try reader.each(
            "select sentence, start, \"end\" from sentences where document = ? order by sentence", [document.id]
        ) {
            row in
            let sentence = SearchTexts.Sentence(number: row[0] ?? 0, start: row[1] ?? 0, end: row[2] ?? 0)
            sentences.append(sentence)
            marks.stretches.append(.init(start: sentence.start, end: sentence.end, content: .sentence(sentence.number)))
        }
        try reader.each(
            "select mention, start, \"end\", type, entity from mentions where document = ? and entity is not null order by n",
            [document.id]
        ) { row in
            guard let id = row[0] as String? else { return }
            let entity: String? = row[4]
            if let entity { names.insert(entity) }
            let known = entity.flatMap { self.names[$0] }
            marks.stretches.append(
                .init(
                    start: row[1] ?? 0, end: row[2] ?? 0,
                    content: .mention(
                        id, address: known == nil ? nil : entity.map { SiteAddress.page(.name, $0) },
                        note: "\(known?.name ?? ""), \(row[3] as String? ?? "")")))
        }
        for claim in claims {
            let note = "\(claim.source): \(claim.stance), \(claim.form)"
            marks.stretches.append(
                .init(
                    start: claim.start, end: claim.end,
                    content: .claim(claim.id, note: note, isAuthors: claim.isAuthors)))
        }
        return (marks, sentences)
    }

    private func claimList(_ claims: [ClaimRow], of document: SiteDocument, _ page: inout PageBytes) {
        guard !claims.isEmpty else { return }
        page.html("<h2>Claims in this document</h2>\n")
        Self.table(
            ["source", "claim", "stance", "form"],
            claims.prefix(Site.listRows).map { claim in
                [
                    claim.entity.flatMap {
                        names[$0] != nil ? .link("../\(SiteAddress.page(.name, $0))", claim.source) : nil
                    }
                        ?? .text(claim.source),
                    .link(address(of: document.id, at: claim.start, anchor: claim.id), Self.excerpt(claim.content)),
                    .text(claim.stance), .text(claim.form),
                ]
            }, &page)
        Self.rest(claims.count, shown: Site.listRows, "claims", &page)
    }

    /// The links of a document's claims, those of disputes and updates first. Those that other documents' claims begin are
    /// told where they dispute, repeat or support.
    private func links(of document: SiteDocument) throws -> DocumentLinks {
        func read(_ row: Row) -> LinkRow {
            LinkRow(
                claim: row[0] ?? "", relation: row[1] ?? "", reason: row[2] ?? "", other: row[3] ?? "",
                otherClaim: row[4] ?? "")
        }
        var links = DocumentLinks()
        try reader.each(
            """
            select claim_a, relation, reason, document_b, claim_b from claim_links
            where document_a = ? and relation <> 'related'
            order by relation in ('disputes', 'updates') desc, score desc, claim_a, claim_b
            """, [document.id]
        ) { row in
            links.count += 1
            if links.shown.count < Site.passages { links.shown.append(read(row)) }
            let relation: String? = row[1]
            if relation != "updates", let other = row[3] as String? { links.targets.insert(other) }
        }
        let others =
            "from claims c join claim_links l on l.claim_b = c.claim and l.relation in ('disputes', 'repeats', 'supports') where c.document = ?"
        let told = try reader.all(
            """
            select l.claim_b, l.relation, l.reason, l.document_a, l.claim_a \(others)
            order by l.relation, l.score desc, l.claim_b, l.claim_a limit ?
            """, [document.id, Site.passages], read)
        links.shown += told
        links.count +=
            told.count < Site.passages ? told.count : try reader.number("select count(*) \(others)", [document.id])
        return links
    }

    private func linkList(
        _ links: DocumentLinks, of document: SiteDocument, _ claims: [ClaimRow],
        _ page: inout PageBytes
    ) throws {
        let known = Dictionary(claims.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try links.shown.compactMap { link -> [Cell]? in
            guard let claim = known[link.claim], let other = self.document(link.other) else { return nil }
            let name = other.origin.isEmpty ? other.name : "\(other.name) (\(other.origin))"
            return [
                .link(address(of: document.id, at: claim.start, anchor: claim.id), Self.excerpt(claim.content)),
                .text(link.relation),
                .link(try address(of: link.other, claim: link.otherClaim), name),
                .text(link.reason),
            ]
        }
        guard !rows.isEmpty else { return }
        page.html("<h2>In other documents</h2>\n")
        Self.table(["this claim", "relation", "a claim in", "why"], rows.prefix(Site.passages), &page)
        Self.rest(links.count, shown: min(rows.count, Site.passages), "links", &page)
    }
}
