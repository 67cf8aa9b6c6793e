import GRDB
import Notebook

/// The pages of questions and publishers.
extension SiteRun {
    /// A question as its page and the list show it.
    struct Question {
        let id: String
        let heading: String
        let statements: Int
        /// How many documents they stand in.
        let documents: Int
        let versions: Int
        let state: String
    }

    /// All questions, those in dispute first.
    func questions() throws -> [Question] {
        try reader.all(
            """
            select q.question, heading, statements, coalesce(c.documents, 0), versions, disputed, updated from questions q
            left join (select question, count(distinct document) as documents from question_claims group by question) c
              on c.question = q.question
            order by disputed desc, publishers desc, statements desc, q.question
            """
        ) { row in
            Question(
                id: row[0] ?? "", heading: row[1] ?? "", statements: row[2] ?? 0, documents: row[3] ?? 0,
                versions: row[4] ?? 0,
                state: (row[5] as Int?) == 1 ? "disputed" : (row[6] as Int?) == 1 ? "updated" : "agreed")
        }
    }

    /// The page of a question.
    func page(of question: Question) throws -> [UInt8] {
        try frame.page(Self.excerpt(question.heading), root: "../") { page in
            page.heading(1, question.heading)
            page.html("<p class=\"note\">")
            page.html(question.state)
            page.html(
                " · statements: \(SiteStyle.number(question.statements)) · documents: \(SiteStyle.number(question.documents))</p>\n"
            )
            try answers(to: question, &page)
        }
    }

    /// The list of all questions.
    func questionList(_ questions: [Question]) -> List {
        List(
            kind: .question, columns: ["question", "state", "statements", "documents", "versions"],
            rows: questions.map { question in
                [
                    .link(SiteAddress.page(.question, question.id), Self.excerpt(question.heading)),
                    .text(question.state), .count(question.statements, SiteAddress.page(.question, question.id)),
                    .number(question.documents), .number(question.versions),
                ]
            }, note: "Statements that agree, disagree or update each other are put together as one question.")
    }

    private func answers(to asked: Question, _ page: inout PageBytes) throws {
        let question = asked.id
        let answers = try reader.all(
            "select answer, text, holders from answers where question = ? order by answer", [question]
        ) { row in (number: row[0] as Int? ?? 0, text: row[1] as String? ?? "", holders: row[2] as String? ?? "") }
        let statements = try reader.all(
            """
            select q.answer, c.document, s.start, s.text, c.claim, c.sentence, c.source, c.source_entity
            from question_claims q join claims c on c.claim = q.claim
              join statements s on s.claim = q.claim and s.n = q.statement
            where q.question = ? order by c.date, c.document, c.n, s.n
            """, [question]
        ) { row in
            (
                answer: row[0] as Int?, document: row[1] as String? ?? "", start: row[2] as Int? ?? 0,
                words: row[3] as String? ?? "",
                claim: row[4] as String? ?? "", sentence: row[5] as Int?, source: row[6] as String?,
                entity: row[7] as String?
            )
        }
        func list(_ heading: String, _ holders: String, answer: Int?) throws {
            let given = statements.filter { $0.answer == answer }
            guard !given.isEmpty else { return }
            // what all agree on is the question and its answer
            if heading != asked.heading { page.heading(2, heading) }
            if !holders.isEmpty {
                page.html("<p dir=\"auto\">")
                page.text(holders)
                page.html("</p>\n")
            }
            for statement in given.prefix(Site.passages) {
                guard let document = document(statement.document) else { continue }
                let passage = try reader.passage(
                    statement.words, in: statement.document, from: statement.start, sentence: statement.sentence)
                page.html("<blockquote dir=\"auto\"><p>")
                page.text(passage.before)
                page.html("<mark>")
                page.text(passage.words)
                page.html("</mark>")
                page.text(passage.after)
                page.html("</p><footer>")
                if let source = statement.entity.flatMap({ names[$0]?.name }) ?? statement.source {
                    page.text(source)
                    page.html(" · ")
                }
                page.html("<a href=\"\(address(of: statement.document, at: statement.start, anchor: ""))")
                page.text(statement.claim)
                page.html("\">")
                page.text(document.name)
                page.html("</a> · ")
                page.text(document.origin)
                page.html("</footer></blockquote>\n")
            }
            Self.rest(given.count, shown: Site.passages, "statements", &page)
        }
        let leading = answers.prefix(2).compactMap { answer in statements.first { $0.answer == answer.number }?.words }
        if leading.count == 2, let difference = WordDifference(leading[0], leading[1]) {
            page.html("<div class=\"sides\">")
            for pieces in [difference.one, difference.other] {
                page.html("<blockquote dir=\"auto\"><p>")
                for piece in pieces {
                    page.html(piece.differs ? "<mark>" : "")
                    page.text(piece.text)
                    page.html(piece.differs ? "</mark>" : "")
                }
                page.html("</p></blockquote>")
            }
            page.html(
                "</div>\n<p class=\"note\">The first statement of each of the first two versions; the words in which they differ are marked.</p>\n"
            )
        }
        for answer in answers { try list(answer.text, answer.holders, answer: answer.number) }
        try list("Statements that give no answer", "", answer: nil)
    }

    /// A publisher as its page and the list show it.
    struct Publisher {
        let name: String
        let documents: Int
        let words: Int
    }

    /// All publishers, those with most documents first.
    func publishers() throws -> [Publisher] {
        try reader.all(
            "select publisher, documents, words from publisher_totals where publisher <> '' order by documents desc, publisher"
        ) { row in Publisher(name: row[0] ?? "", documents: row[1] ?? 0, words: row[2] ?? 0) }
    }

    /// The page of a publisher; `own` are its documents.
    func page(of publisher: Publisher, _ own: [SiteDocument]) throws -> [UInt8] {
        try frame.page(publisher.name, root: "../") { page in
            page.heading(1, publisher.name)
            page.html(
                "<p class=\"note\">documents: \(SiteStyle.number(publisher.documents)) · words: \(SiteStyle.number(publisher.words))</p>\n"
            )
            if frame.kinds.contains(.source) { try heard(by: publisher.name, &page) }
            page.html("<h2>Documents</h2>\n")
            let own = own.sorted { ($0.date ?? "", $0.id) < ($1.date ?? "", $1.id) }
            Self.table(
                ["date", "title", "words"],
                own.prefix(Site.listRows).map { document in
                    [
                        .text(document.date ?? ""), .link("../\(document.address)", document.name),
                        .number(document.words),
                    ]
                }, &page)
            Self.rest(own.count, shown: Site.listRows, "documents", &page)
        }
    }

    /// The list of all publishers.
    func publisherList(_ publishers: [Publisher]) -> List {
        List(
            kind: .publisher, columns: ["publisher", "documents", "words"],
            rows: publishers.map { publisher in
                [
                    .link(SiteAddress.page(.publisher, publisher.name), publisher.name),
                    .count(publisher.documents, SiteAddress.page(.publisher, publisher.name)),
                    .number(publisher.words),
                ]
            })
    }

    private func heard(by publisher: String, _ page: inout PageBytes) throws {
        let rows: [[Cell]] = try reader.all(
            """
            select c.source_entity, count(*) as claims, count(distinct c.document) from documents d join claims c on c.document = d.document
            where d.publisher = ? and c.source_entity is not null and c.reported
            group by c.source_entity order by claims desc, c.source_entity limit 30
            """, [publisher]
        ) { row in
            let id = row[0] as String? ?? ""
            return [
                .link("../\(SiteAddress.page(.name, id))", names[id]?.name ?? id),
                .count(row[1] ?? 0, "../\(SiteAddress.page(.name, id))"),
                .number(row[2] ?? 0),
            ]
        }
        guard !rows.isEmpty else { return }
        page.html("<h2>Named sources</h2>\n")
        Self.table(["source", "claims", "documents"], rows, &page)
    }
}
