/// A kind of thing that comparisons tell of, and how it is read from the rows of some documents.
struct ComparedSubject: Sendable {
    /// How one is told from others, and what is compared of it.
    enum Shape: Sendable {
        /// Each is a row of one document: a query for the columns `id`, `name`, `document`, `line` and the values, for the
        /// documents `{in}`.
        case rows(String)
        /// The same, of rows that a change can move from one document to another.
        case shared(String)
        /// Each is counted over the corpus: a query for `id`, `name` and the counts in the documents `{in}`, and one for the
        /// same over the corpus, for the ids `{ids}`, from the rows of a table.
        case counts(parts: String, totals: String, of: TableShape)
    }

    let name: String
    /// The tables, by the names of their digests, that it is read from.
    let reads: Set<String>
    let shape: Shape
    /// The query for the pairs of an id and a document that it is read from, for documents in `{in}`.
    let documents: String?

    /// In the order in which they are told; documents come first.
    static let all = [documents, questions, claims, figures, entities]

    static let documents = ComparedSubject(
        name: "document", reads: ["documents", "metadata"],
        shape: .rows(
            """
            select document as id, coalesce(title, document) as name, document, null as line, sha256, title, date,
                publisher, author, language from documents where document in {in}
            """), documents: nil)

    static let questions = ComparedSubject(
        name: "question", reads: ["questions"],
        shape: .shared(
            """
            select \(ResultsSchema.questions.value(of: "question", in: "t")) as id, heading as name, null as document,
                null as line, heading, versions, disputed, updated, agreed, statements, sources, publishers, first, last
                from \(ResultsSchema.questions.name) t join _paths p using (d) where p.document in {in}
            """),
        documents: """
            select distinct question, document from question_claims where document in {in}
            """)

    static let claims = ComparedSubject(
        name: "claim", reads: ["claims"],
        shape: .rows(
            """
            select claim as id, coalesce(content, text) as name, document, line, source, source_entity, cue, form, stance,
                negated, kind, voice, date from claims where document in {in} and reported
            """), documents: nil)

    private static let figure = "json_array(lower(q.noun), coalesce(q.unit, ''), q.number, m.text)"
    private static let figureRows = """
        from quantities q join mentions m on m.document = q.document and m.n = q.n
            where q.document in {in} and q.noun <> '' and q.number is not null
            and m.type in ('number', 'quantity', 'money', 'percent')
        """

    static let figures = ComparedSubject(
        name: "figure", reads: ["quantities", "mentions"],
        shape: .counts(
            parts: """
                select \(figure) as id, min(m.text || ' (' || trim(q.noun) || ')') as name, count(*) as mentions
                    \(figureRows) group by 1
                """,
            totals: """
                select i.value as id, null as name, coalesce(f.mentions, 0) as mentions from {ids} i
                    left join thing_figures f on f.noun = json_extract(i.value, '$[0]')
                    and f.unit = json_extract(i.value, '$[1]') and f.number = json_extract(i.value, '$[2]')
                    and f.text = json_extract(i.value, '$[3]')
                """, of: KeptTable.figures.shape),
        documents: "select distinct \(figure), q.document \(figureRows)")

    static let entities = ComparedSubject(
        name: "entity", reads: ["entities", "mentions"],
        shape: .counts(
            parts: """
                select entity as id, null as name, count(*) as mentions, count(distinct document) as documents
                    from mentions where document in {in} and entity is not null group by 1
                """,
            totals: """
                select i.value as id, e.name, coalesce(e.mentions, 0) as mentions, coalesce(e.documents, 0) as documents
                    from {ids} i left join entities e on e.entity = i.value
                """, of: ResultsSchema.entities),
        documents: """
            select distinct entity, document from mentions where document in {in} and entity is not null
            """)
}
