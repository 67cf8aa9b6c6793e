import Notebook
import GRDB

/// The pages of documents.
extension SiteRun {
    /// A claim as the page of its document lists it.
    private struct ClaimRow {
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
    private struct LinkRow {
        let claim: String
        let relation: String
        let reason: String
        let other: String
        let otherClaim: String
    }

    mutating func documentPages(into search: inout SearchIndex, _ put: (String, [UInt8]) throws -> Void) throws {
        try measureParts()
        for document in documents { try documentPage(document, into: &search, put) }
        try list(
            .document, columns: ["title", "publisher", "date", "words", "file"],
            rows: documents.map { document in
                [
                    .link(document.address, document.name), .text(document.publisher ?? ""), .text(document.date ?? ""),
                    .number(document.words), .text(document.id),
                ]
            }, put)
    }

    /// Finds out which documents need several pages, before pages link to places in them.
    private mutating func measureParts() throws {
        for document in documents where document.bytes > Site.partBytes / 16 {
            var writer = MarkedText(
                try reader.text(of: document.id), try marks(of: document, claims(of: document)).0)
            let starts = writer.parts(limit: Site.partBytes).map(\.start)
            if starts.count > 1 { parts[document.id] = starts }
        }
    }

    private func documentPage(
        _ document: SiteDocument, into search: inout SearchIndex, _ put: (String, [UInt8]) throws -> Void
    ) throws {
        let text = try reader.text(of: document.id)
        let claims = try claims(of: document)
        let (marks, sentences) = try marks(of: document, claims)
        var writer = MarkedText(text, marks)
        let parts = writer.parts(limit: Site.partBytes)
        let links = try links(of: document)
        for (k, part) in parts.enumerated() {
            let bytes = try frame.page(document.name, root: "../") { page in
                head(document, &page)
                let address = { (part: Int) in "../\(SiteAddress.page(.document, document.id, part: part))" }
                Self.pager(count: parts.count, at: k, &page, address: address)
                page.html("<article class=\"text\">\n")
                page.raw(part.html)
                page.html("</article>\n")
                Self.pager(count: parts.count, at: k, &page, address: address)
                if k == 0 {
                    claimList(claims, of: document, &page)
                    try linkList(links, of: document, claims, &page)
                }
            }
            try put(SiteAddress.page(.document, document.id, part: k), bytes)
        }
        search.add(
            document, text: text, sentences: sentences,
            parts: parts.enumerated().map {
                (start: $1.start, address: SiteAddress.page(.document, document.id, part: $0))
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

    private func claims(of document: SiteDocument) throws -> [ClaimRow] {
        try reader.all(
            """
            select claim, start, "end", source, source_entity, voice, stance, form, content from claims
            where document = ? and reported and claim is not null order by start, n
            """, [document.id]
        ) { row in
            let entity: String? = row[4]
            let words: String? = row[3]
            let name = entity.flatMap { names[$0]?.name } ?? words
            let unnamed = (row[5] as String?) == "author" ? "the author" : "no source named"
            return ClaimRow(
                id: row[0], start: row[1] ?? 0, end: row[2] ?? 0, source: name ?? unnamed, entity: entity,
                stance: row[6] ?? "", form: row[7] ?? "", content: row[8] ?? "",
                isAuthors: (row[5] as String?) == "author")
        }
    }

    private func marks(
        of document: SiteDocument, _ claims: [ClaimRow]
    ) throws -> (DocumentMarks, [SearchIndex.Sentence]) {
        var marks = DocumentMarks()
        var sentences: [SearchIndex.Sentence] = []
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
            let sentence = SearchIndex.Sentence(number: row[0] ?? 0, start: row[1] ?? 0, end: row[2] ?? 0)
            sentences.append(sentence)
            marks.stretches.append(.init(start: sentence.start, end: sentence.end, content: .sentence(sentence.number)))
        }
        try reader.each(
            "select mention, start, \"end\", type, entity from mentions where document = ? and entity is not null order by n",
            [document.id]
        ) { row in
            guard let id = row[0] as String? else { return }
            let entity: String? = row[4]
            let known = entity.flatMap { names[$0] }
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

    /// The links of a document's claims, those of disputes and updates first, and how many there are. Those that other
    /// documents' claims begin are told where they dispute or repeat.
    private func links(of document: SiteDocument) throws -> (shown: [LinkRow], count: Int) {
        let read = { (row: Row) in
            LinkRow(
                claim: row[0] ?? "", relation: row[1] ?? "", reason: row[2] ?? "", other: row[3] ?? "",
                otherClaim: row[4] ?? "")
        }
        let own = "from claim_links where document_a = ? and relation <> 'related'"
        let others =
            "from claims c join claim_links l on l.claim_b = c.claim and l.relation in ('disputes', 'repeats') where c.document = ?"
        let shown =
            try reader.all(
                """
                select claim_a, relation, reason, document_b, claim_b \(own)
                order by relation in ('disputes', 'updates') desc, score desc, claim_a, claim_b limit ?
                """, [document.id, Site.passages], read)
            + reader.all(
                """
                select l.claim_b, l.relation, l.reason, l.document_a, l.claim_a \(others)
                order by l.relation, l.score desc, l.claim_b, l.claim_a limit ?
                """, [document.id, Site.passages], read)
        let count =
            try reader.number("select count(*) \(own)", [document.id])
            + reader.number("select count(*) \(others)", [document.id])
        return (shown, count)
    }

    private func linkList(
        _ links: (shown: [LinkRow], count: Int), of document: SiteDocument, _ claims: [ClaimRow],
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

    /// A text cut between words.
    static func excerpt(_ text: String, _ length: Int = 160) -> String { ReportForm.excerpt(of: text, length: length) }

    /// Says how many rows a list leaves out.
    static func rest(_ count: Int, shown: Int, _ what: String, _ page: inout PageBytes) {
        guard count > shown else { return }
        page.html(
            "<p class=\"note\">\(SiteStyle.number(shown)) of \(SiteStyle.number(count)) \(what); the others are in results.sqlite.</p>\n"
        )
    }
}
