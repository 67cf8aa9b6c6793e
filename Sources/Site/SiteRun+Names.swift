import GRDB

/// The pages of names and sources.
extension SiteRun {
    /// A claim with its place, as lists outside its document show it.
    struct Said {
        let id: String
        let document: String
        let start: Int
        let content: String
        let stance: String
        let form: String
    }

    private static let said = "select claim, document, start, content, stance, form from claims"

    func said(_ row: Row) -> Said {
        Said(
            id: row[0] ?? "", document: row[1] ?? "", start: row[2] ?? 0, content: row[3] ?? "", stance: row[4] ?? "",
            form: row[5] ?? "")
    }

    /// Claims as a table, in order of time where the documents have dates.
    func table(of claims: [Said], total: Int, _ page: inout PageBytes) {
        Self.table(
            ["date", "claim", "stance", "form", "document"],
            claims.map { claim in
                let document = document(claim.document)
                return [
                    .text(document?.date ?? ""),
                    .link(
                        address(of: claim.document, at: claim.start, anchor: claim.id), Self.excerpt(claim.content, 240)
                    ),
                    .text(claim.stance), .text(claim.form), .text(document.map { $0.publisher ?? $0.name } ?? ""),
                ]
            }, &page)
        Self.rest(total, shown: claims.count, "claims", &page)
    }

    func namePages(_ put: (String, [UInt8]) throws -> Void) throws {
        guard frame.kinds.contains(.name) else { return }
        let rows = try reader.all(
            "select entity, name, type, documents, mentions from entities order by documents desc, mentions desc, name, entity"
        ) { row in
            (
                id: row[0] as String, name: row[1] as String? ?? "", type: row[2] as String? ?? "",
                documents: row[3] as Int? ?? 0,
                mentions: row[4] as Int? ?? 0
            )
        }
        for row in rows {
            try put(
                SiteAddress.page(.name, row.id),
                frame.page(row.name, root: "../") { page in
                    page.heading(1, row.name)
                    page.html("<p class=\"note\">")
                    page.text(row.type)
                    page.html(
                        " · mentions: \(SiteStyle.number(row.mentions)) · documents: \(SiteStyle.number(row.documents))</p>\n"
                    )
                    try forms(of: row.id, &page)
                    try claims(by: row.id, &page)
                    try mentions(of: row.id, documents: row.documents, &page)
                })
        }
        try list(
            .name, columns: ["name", "type", "documents", "mentions"],
            rows: rows.map { row in
                [
                    .link(SiteAddress.page(.name, row.id), row.name), .text(row.type), .number(row.documents),
                    .number(row.mentions),
                ]
            }, put)
    }

    private func forms(of entity: String, _ page: inout PageBytes) throws {
        let forms: [[Cell]] = try reader.all(
            "select alias, mentions, reason from aliases where entity = ? order by mentions desc, alias", [entity]
        ) { row in [.text(row[0] ?? ""), .number(row[1] ?? 0), .text(row[2] ?? "")] }
        guard forms.count > 1 else { return }
        page.html("<details><summary>Forms of the name</summary>\n")
        Self.table(["form", "mentions", "why it is this name"], forms.prefix(Site.passages), &page)
        Self.rest(forms.count, shown: Site.passages, "forms", &page)
        page.html("</details>\n")
    }

    private func claims(by entity: String, _ page: inout PageBytes) throws {
        let claims = try reader.all(
            "\(Self.said) where source_entity = ? and reported order by date, document, n limit ?",
            [entity, Site.passages],
            said)
        guard !claims.isEmpty else { return }
        let total = try reader.number("select count(*) from claims where source_entity = ? and reported", [entity])
        page.html("<h2>Says</h2>\n")
        table(of: claims, total: total, &page)
    }

    /// The documents that mention a name, each with the first passage.
    private func mentions(of entity: String, documents total: Int, _ page: inout PageBytes) throws {
        let rows = try reader.all(
            """
            select mention, document, start, text, sentence, mentions from (
                select mention, document, start, text, sentence, min(n), count(*) as mentions from mentions
                where entity = ? group by document) order by document limit ?
            """, [entity, Self.mentioning]
        ) { row in
            (
                id: row[0] as String? ?? "", document: row[1] as String? ?? "", start: row[2] as Int? ?? 0,
                words: row[3] as String? ?? "", sentence: row[4] as Int?, count: row[5] as Int? ?? 0
            )
        }
        guard !rows.isEmpty else { return }
        page.html("<h2>Is mentioned</h2>\n")
        for row in rows {
            guard let document = document(row.document) else { continue }
            page.html("<h3 dir=\"auto\">")
            page.link("../\(document.address)", document.name)
            page.html("</h3>\n<p class=\"note\">")
            if !document.origin.isEmpty { page.text(document.origin + " · ") }
            page.html(
                row.count == 1 ? "1 mention" : "\(SiteStyle.number(row.count)) mentions, of which this is the first")
            page.html("</p>\n")
            let passage = try reader.passage(
                row.words, in: row.document, from: row.start, sentence: row.sentence)
            page.html("<p dir=\"auto\">")
            page.text(passage.before)
            page.html("<a href=\"\(address(of: row.document, at: row.start, anchor: ""))")
            page.text(row.id)
            page.html("\"><b>")
            page.text(passage.words)
            page.html("</b></a>")
            page.text(passage.after)
            page.html("</p>\n")
        }
        Self.rest(total, shown: rows.count, "documents", &page)
    }

    /// How many documents that mention a name its page lists.
    private static let mentioning = 50

    func sourcePages(_ put: (String, [UInt8]) throws -> Void) throws {
        guard frame.kinds.contains(.source) else { return }
        let named: [[Cell]] = try reader.all(
            "select entity, claims, documents from source_totals order by claims desc, documents desc, entity"
        ) { row in
            let id = row[0] as String? ?? ""
            return [
                .link(SiteAddress.page(.name, id), names[id]?.name ?? id), .text("name"), .number(row[1] ?? 0),
                .number(row[2] ?? 0),
            ]
        }
        let described = try reader.all(
            """
            select lower(source_description) as key, min(source), count(*), count(distinct document) from claims
            where source_entity is null and source_description is not null and reported
            group by key order by count(*) desc, key
            """
        ) { row in
            (
                key: row[0] as String? ?? "", words: row[1] as String? ?? "", claims: row[2] as Int? ?? 0,
                documents: row[3] as Int? ?? 0
            )
        }
        var byKey: [String: [Said]] = [:]
        try reader.each(
            """
            select claim, document, start, content, stance, form, lower(source_description) from claims
            where source_entity is null and source_description is not null and reported order by date, document, n
            """
        ) { row in
            let key = row[6] as String? ?? ""
            if byKey[key, default: []].count < Site.passages { byKey[key, default: []].append(said(row)) }
        }
        for source in described {
            try put(
                SiteAddress.page(.source, source.key),
                frame.page(source.words, root: "../") { page in
                    page.heading(1, source.words)
                    page.html(
                        "<p class=\"note\">A source without a name. Different documents may mean different people by these words.</p>\n"
                    )
                    table(of: byKey[source.key] ?? [], total: source.claims, &page)
                })
        }
        try list(
            .source, columns: ["source", "known by", "claims", "documents"],
            rows: named
                + described.map { source in
                    [
                        .link(SiteAddress.page(.source, source.key), source.words), .text("description"),
                        .number(source.claims), .number(source.documents),
                    ]
                }, note: "Who is said to have said something. The site says who says what, not whether it is true.", put
        )
    }
}
