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
        let other: Int
        let otherClaim: String
        let otherStart: Int
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
                try reader.text(of: document.number), try marks(of: document, claims(of: document)).0)
            let starts = writer.parts(limit: Site.partBytes).map(\.start)
            if starts.count > 1 { parts[document.number] = starts }
        }
    }

    private func documentPage(
        _ document: SiteDocument, into search: inout SearchIndex, _ put: (String, [UInt8]) throws -> Void
    ) throws {
        let text = try reader.text(of: document.number)
        let claims = try claims(of: document)
        let (marks, sentences) = try marks(of: document, claims)
        var writer = MarkedText(text, marks)
        let parts = writer.parts(limit: Site.partBytes)
        let links = try links(of: document)
        for (k, part) in parts.enumerated() {
            let bytes = frame.page(document.name, root: "../") { page in
                head(document, &page)
                let address = { (part: Int) in "../\(SiteAddress.page(.document, document.id, part: part))" }
                Self.pager(count: parts.count, at: k, &page, address: address)
                page.html("<article class=\"text\">\n")
                page.raw(part.html)
                page.html("</article>\n")
                Self.pager(count: parts.count, at: k, &page, address: address)
                if k == 0 {
                    claimList(claims, of: document, &page)
                    linkList(links, of: document, claims, &page)
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
        page.html("<h1 dir=\"auto\">")
        page.text(document.name)
        page.html("</h1>\n<p class=\"note\">")
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
            select claim, start, "end", source, source_entity, voice, stance, form, content from claim_rows
            where d = ? and reported and claim is not null order by start, n
            """, [document.number]
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
            "select kind, kept, reason, start, \"end\", removed_text from block_rows where d = ? order by n",
            [document.number]
        ) { row in
            let isKept = (row[1] as Int?) != 0
            let start: Int = row[3] ?? 0
            marks.blocks.append(
                .init(
                    kind: row[0] ?? "", start: start, end: row[4] ?? start,
                    removed: isKept ? nil : (text: row[5] ?? "", reason: row[2] ?? "")))
        }
        try reader.each("select n, start, \"end\" from sentence_rows where d = ? order by n", [document.number]) {
            row in
            let sentence = SearchIndex.Sentence(number: row[0] ?? 0, start: row[1] ?? 0, end: row[2] ?? 0)
            sentences.append(sentence)
            marks.stretches.append(.init(start: sentence.start, end: sentence.end, content: .sentence(sentence.number)))
        }
        try reader.each(
            "select mention, start, \"end\", type, entity from mention_rows where d = ? and entity is not null order by n",
            [document.number]
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
                    .link(address(of: document.number, at: claim.start, anchor: claim.id), Self.excerpt(claim.content)),
                    .text(claim.stance), .text(claim.form),
                ]
            }, &page)
        Self.rest(claims.count, shown: Site.listRows, "claims", &page)
    }

    /// The links of a document's claims, those of disputes and updates first, and how many there are.
    private func links(of document: SiteDocument) throws -> (shown: [LinkRow], count: Int) {
        let read = { (row: Row) in
            LinkRow(
                claim: row[0] ?? "", relation: row[1] ?? "", reason: row[2] ?? "", other: row[3] ?? 0,
                otherClaim: row[4] ?? "", otherStart: row[5] ?? 0)
        }
        let order = "order by l.relation in ('disputes', 'updates') desc, l.score desc, c.n, l.d, l.n, l.k limit ?"
        let own = "from link_rows l join claim_rows c using (d, n) where l.d = ? and l.relation <> 'related'"
        let others =
            "from claim_rows c join link_rows l on l.claim_b = c.claim where c.d = ? and c.claim is not null and l.relation <> 'related'"
        let shown =
            try reader.all(
                """
                select f.claim, f.relation, f.reason, o.d, o.claim, o.start
                from (select c.claim, l.* \(own) \(order)) f join claim_rows o on o.claim = f.claim_b
                """, [document.number, Site.passages], read)
            + reader.all(
                """
                select f.claim, f.relation, f.reason, o.d, o.claim, o.start
                from (select c.claim, l.* \(others) \(order)) f join claim_rows o on o.d = f.d and o.n = f.n
                """, [document.number, Site.passages], read)
        let count =
            try reader.number("select count(*) \(own)", [document.number])
            + reader.number("select count(*) \(others)", [document.number])
        return (shown, count)
    }

    private func linkList(
        _ links: (shown: [LinkRow], count: Int), of document: SiteDocument, _ claims: [ClaimRow],
        _ page: inout PageBytes
    ) {
        let known = Dictionary(claims.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = links.shown.compactMap { link -> [Cell]? in
            guard let claim = known[link.claim], let other = self.document(link.other) else { return nil }
            let name = other.origin.isEmpty ? other.name : "\(other.name) (\(other.origin))"
            return [
                .link(address(of: document.number, at: claim.start, anchor: claim.id), Self.excerpt(claim.content)),
                .text(link.relation),
                .link(address(of: link.other, at: link.otherStart, anchor: link.otherClaim), name),
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
