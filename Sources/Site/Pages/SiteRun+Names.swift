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

    /// The page of a name.
    func page(of entity: Entity) throws -> [UInt8] {
        try frame.page(entity.name, root: "../") { page in
            page.heading(1, entity.name)
            page.html("<p class=\"note\">")
            page.text(entity.type)
            page.html(
                " · mentions: \(SiteStyle.number(entity.mentions)) · documents: \(SiteStyle.number(entity.documents))</p>\n"
            )
            try forms(of: entity.id, &page)
            try claims(by: entity.id, &page)
            try mentions(of: entity.id, documents: entity.documents, &page)
        }
    }

    /// The list of all names.
    var nameList: List {
        List(
            kind: .name, columns: ["name", "type", "documents", "mentions"],
            rows: entities.map { entity in
                [
                    .link(SiteAddress.page(.name, entity.id), entity.name), .text(entity.type),
                    .number(entity.documents), .count(entity.mentions, SiteAddress.page(.name, entity.id)),
                ]
            })
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
            """
            \(Self.said) join (
                select document, n from claims where source_entity = ? and reported order by date, document, n limit ?
            ) using (document, n) order by date, document, n
            """, [entity, Site.passages], said)
        guard !claims.isEmpty else { return }
        let total =
            claims.count < Site.passages
            ? claims.count
            : try reader.number("select count(*) from claims where source_entity = ? and reported", [entity])
        page.html("<h2>Says</h2>\n")
        table(of: claims, total: total, &page)
    }

    /// The documents that mention a name, each with the first passage.
    private func mentions(of entity: String, documents total: Int, _ page: inout PageBytes) throws {
        let rows = try firstMentions(of: entity, documents: total)
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

    /// The first mention of a name in a document, and how many there are in it.
    private struct FirstMention {
        let id: String
        let document: String
        let start: Int
        var words: String
        let sentence: Int?
        let count: Int
    }

    /// The first mention in each of the documents that mention a name, in order of time; those without a day come last. The
    /// name is mentioned in `total` documents.
    private func firstMentions(of entity: String, documents total: Int) throws -> [FirstMention] {
        // Of a name that many documents have, few documents have to be looked at until enough have it.
        let isCommon = total > 0 && Self.mentioning * documents.count / total < total
        return try (isCommon ? earliestMentions(of: entity) : allFirstMentions(of: entity)).map { mention in
            var mention = mention
            mention.words =
                try reader.all("select text from mentions where mention = ?", [mention.id]) { $0[0] ?? "" }.first ?? ""
            return mention
        }
    }

    /// The columns beside `min(n)` are those of its row.
    private static let firstMention = "select document, count(*), mention, start, sentence, min(n) from mentions"

    private func firstMention(_ row: Row) -> FirstMention {
        FirstMention(
            id: row[2] ?? "", document: row[0] ?? "", start: row[3] ?? 0, words: "", sentence: row[4],
            count: row[1] ?? 0)
    }

    private func allFirstMentions(of entity: String) throws -> [FirstMention] {
        let all = try reader.all("\(Self.firstMention) where entity = ? group by document", [entity], firstMention)
        let order = all.map { (place: inTime.places[$0.document] ?? Int.max, mention: $0) }.sorted {
            $0.place < $1.place
        }
        return order.prefix(Self.mentioning).map(\.mention)
    }

    private func earliestMentions(of entity: String) throws -> [FirstMention] {
        var found: [FirstMention] = []
        for document in inTime.documents {
            let mention = try reader.all(
                "\(Self.firstMention) where document = ? and entity = ?", [document, entity], firstMention)
            found += mention.filter { $0.count > 0 }
            if found.count == Self.mentioning { break }
        }
        return found
    }

    /// A source without a name.
    struct Described {
        /// The words that describe it, in small letters.
        let key: String
        let words: String
        let claims: Int
        let documents: Int
    }

    private static let isDescribed = "described_as is not null and source_description is not null and reported"

    /// The sources without names, those with most claims first.
    func described() throws -> [Described] {
        try reader.all(
            """
            select described_as, min(source), count(*), count(distinct document) from claims where \(Self.isDescribed)
            group by described_as order by count(*) desc, described_as
            """
        ) { row in
            Described(key: row[0] ?? "", words: row[1] ?? "", claims: row[2] ?? 0, documents: row[3] ?? 0)
        }
    }

    /// The page of a source without a name.
    func page(of source: Described) throws -> [UInt8] {
        let claims = try reader.all(
            "\(Self.said) where described_as = ? and \(Self.isDescribed) order by date, document, n limit ?",
            [source.key, Site.passages], said)
        return frame.page(source.words, root: "../") { page in
            page.heading(1, source.words)
            page.html(
                "<p class=\"note\">A source without a name. Different documents may mean different people by these words.</p>\n"
            )
            table(of: claims, total: source.claims, &page)
        }
    }

    /// The list of all sources.
    func sourceList(_ described: [Described]) throws -> List {
        let named: [[Cell]] = try reader.all(
            "select entity, claims, documents from source_totals order by claims desc, documents desc, entity"
        ) { row in
            let id = row[0] as String? ?? ""
            return [
                .link(SiteAddress.page(.name, id), names[id]?.name ?? id), .text("name"),
                .count(row[1] ?? 0, SiteAddress.page(.name, id)), .number(row[2] ?? 0),
            ]
        }
        return List(
            kind: .source, columns: ["source", "known by", "claims", "documents"],
            rows: named
                + described.map { source in
                    [
                        .link(SiteAddress.page(.source, source.key), source.words), .text("description"),
                        .count(source.claims, SiteAddress.page(.source, source.key)), .number(source.documents),
                    ]
                }, note: "Who is said to have said something. The site says who says what, not whether it is true.")
    }
}
