import StageKit

/// The tables of documents.
extension ResultsSchema {
    /// The rows of one document, replaced together.
    static let documentTables = [
        documents, texts, words, metadata, blocks, sentences, quotations, mentions, quantities, dates, claims,
        statements,
        links, questions, answers, questionClaims, repeats, pairs, comparisons,
    ]

    static let documents = DocumentTable(
        "_document_rows", as: "documents", "a document", key: .document,
        [
            .text("title"), .text("date"), .text("publisher"), .text("author"), .text("language"), .integer("words"),
            .integer("sentences"), .integer("bytes"), .text("sha256"),
            DocumentColumn("text", .shown { TextParts.whole($0) }),
        ],
        shown: "document, title, date, publisher, author, language, words, sentences, bytes, sha256, text",
        indexes: ["(publisher, date)", "(date)"])

    static let texts = DocumentTable(
        TextParts.table, as: "documents", key: .part, [DocumentColumn("text", .wholeText)])

    /// Where the words of a text stand (``WordSpans``), and which these may be (``WordMarks``): what `find` and counts by any
    /// grouping read. It follows from the text and the rules of `segment`.
    static let words = DocumentTable(
        "_document_words", as: "_document_words", key: .document,
        [DocumentColumn("words", .value("BLOB")), DocumentColumn("marks", .value("BLOB"))])

    static let metadata = DocumentTable(
        "_metadata_rows", as: "metadata", "a fact about a document",
        [.text("key"), .text("value"), .choice("place", Metadata.Place.allCases.map(\.label))],
        shown: "document, key, value, place", indexes: ["(key) where key = 'notice'"])

    static let blocks = DocumentTable(
        "_block_rows", as: "blocks", "a part of the page as it was laid out",
        [.choice("kind", Blocks.Kind.allCases.map(\.label)), .integer("kept"), .text("reason")]
            + DocumentColumn.place + [
                .text("removed_text"),
                DocumentColumn(
                    "text",
                    .shown { "case when \($0).kept then \(TextParts.words(of: $0)) else \($0).removed_text end" }),
            ],
        shown: "document, n as block, kind, kept, reason, *place, text", indexes: ["(reason) where not kept"])

    static let sentences = DocumentTable(
        "_sentence_rows", as: "sentences", "a sentence",
        [.integer("block")] + DocumentColumn.place + [DocumentColumn("text", .shown { TextParts.words(of: $0) })],
        shown: "document, n as sentence, block, *place, text")

    static let quotations = DocumentTable(
        "_quotation_rows", as: "quotations", "a passage set off as somebody's words",
        DocumentColumn.place + [
            .choice("form", Quotations.Form.allCases.map(\.label)), .integer("closed"), .integer("depth"),
            DocumentColumn("text", .shown { TextParts.words(of: $0) }),
        ],
        shown: "document, n as quotation, *place, form, closed, depth, text")

    static let mentions = DocumentTable(
        "_mention_rows", as: "mentions", "a passage that names or measures something",
        [.text("mention"), .integer("sentence")] + DocumentColumn.place + [
            DocumentColumn("text", .words), .choice("type", Mention.Kind.allCases.map(\.label)),
            .searched("entity"),
        ],
        shown: "mention, document, n, sentence, *place, text, type, entity",
        indexes: ["(mention) where mention is not null", "(entity_number) where entity_number is not null"])

    static let quantities = DocumentTable(
        "_quantity_rows", as: "quantities", "a number",
        [
            .real("number"), .real("lower"), .real("upper"), .text("unit"), .text("noun"), .integer("approximate"),
            .shared("event"), .shared("holder"),
        ],
        shown: "m.mention, document, n, number, lower, upper, unit, noun, approximate, event, holder",
        joining: "join _mention_rows m on m.d = t.d and m.n = t.n",
        indexes: ["(noun collate nocase, coalesce(unit, '')) where noun <> ''"])

    static let dates = DocumentTable(
        "_date_rows", as: "dates", "a date, time, duration or set",
        [.text("value"), .text("lower"), .text("upper"), .shared("anchor")],
        shown: "m.mention, document, n, value, lower, upper, anchor",
        joining: "join _mention_rows m on m.d = t.d and m.n = t.n",
        indexes: ["(lower) where lower = upper and length(lower) = 10"])

    static let claims = DocumentTable(
        "_claim_rows", as: "claims", "what somebody is said to have said",
        [.text("claim"), .integer("sentence")] + DocumentColumn.place + [
            DocumentColumn("text", .words), DocumentColumn("source", .passage),
            DocumentColumn(
                "source_mention", .row(table: "_mention_rows", column: "mention", isHashedByValue: false)),
            .searched("source_entity"), DocumentColumn("cue", .passage),
            DocumentColumn("content", .passageOrText), .choice("form", Claim.Form.allCases.map(\.label)),
            .choice("stance", Claim.Stance.allCases.map(\.label)), .integer("negated"), DocumentColumn("date", .fact),
            .choice("kind", Claim.Kind.allCases.map(\.label)), .choice("voice", Claim.Voice.allCases.map(\.label)),
            DocumentColumn("within", .row(table: "_claim_rows", column: "claim", isHashedByValue: false)),
            .shared("source_description"), .integer("reported"), .searched("described_as"), .integer("weight"),
        ],
        shown: """
            claim, document, n, sentence, *place, text, source, source_mention, source_entity, cue, content, form,
            stance, negated, kind, voice, within, source_description, reported, described_as, weight, date
            """,
        indexes: [
            "(claim) where claim is not null",
            // a report shows the claims of a source that weigh most
            "(source_entity_number, weight desc) where source_entity_number is not null",
            // what a source says in its own words is a small part of what it says
            "(source_entity_number) where form = 'direct' and source_entity_number is not null",
            "(described_as_number) where described_as_number is not null",
        ])

    static let statements = DocumentTable(
        "_statement_rows", as: "statements",
        "a sentence of what is said, or a coordinated clause of one", key: .passageAndNumber,
        DocumentColumn.place + [
            DocumentColumn("text", .wordsOrText), .integer("negated"), .integer("hedged"), .text("figures"),
        ],
        shown: "c.claim, document, k as n, *place, text, negated, hedged, figures",
        joining: "join _claim_rows c on c.d = t.d and c.n = t.n")

    static let links = DocumentTable(
        "_link_rows", as: "claim_links", "two statements that belong together, as a rule of different documents",
        key: .passageAndNumber,
        [
            .integer("statement"), .text("claim_b"), .integer("statement_b"),
            .choice("relation", Links.Relation.allCases.map(\.label)), .thousandths("score"), .shared("reason"),
            DocumentColumn("other", .document), .integer("independent"),
        ],
        shown: """
            c.claim as claim_a, statement as statement_a, claim_b, statement_b, relation, score, reason,
            document as document_a, o.document as document_b, independent
            """,
        joining: "join _claim_rows c on c.d = t.d and c.n = t.n join _paths o on o.d = t.other",
        indexes: [
            "(score desc, d, n, k) where relation = 'disputes'",
            // the site and the report ask for the links of a claim from either end
            "(claim_b) where relation in ('disputes', 'repeats', 'supports')",
        ])

    /// Claims that lead a group of claims which say the same: that of the first document, with the number of documents
    /// and the best score. What reports ask for first; it follows from the links of the claim's own document.
    static let repeats = DocumentTable(
        "_repeat_rows", as: "repeats", "a claim that several documents make: that of the first document of the group",
        [.integer("documents"), .real("score")],
        shown: "c.claim, documents, score",
        joining: "join _claim_rows c on c.d = t.d and c.n = t.n", condition: "t.documents > 0",
        indexes: ["(documents desc, score desc) where documents > 0"])

    /// Pairs of documents of which one repeats several claims of the other: for each document those whose path comes after
    /// its own. It follows from the links of the document.
    static let pairs = DocumentTable(
        "_document_pair_rows", as: "document_pairs", "two documents that have at least three claims in common",
        [DocumentColumn("other", .document), .integer("claims")],
        shown: "document as document_a, o.document as document_b, claims",
        joining: "join _paths o on o.d = t.other", condition: "t.claims > 0",
        indexes: ["(claims desc) where claims > 0"])

    /// Questions that statements of several documents speak to, told by the document whose statement leads them.
    static let questions = DocumentTable(
        "_question_rows", as: "questions",
        "a question that statements of the corpus speak to: linked statements, put together",
        [
            .searched("question"), .choice("kind", Questions.Kind.allCases.map(\.label)),
            .text("heading"), .text("entities"), .text("first"), .text("last"), .integer("statements"),
            .integer("sources"), .integer("publishers"), .integer("versions"), .integer("disputed"),
            .integer("updated"), .integer("agreed"), .text("place_entity"), .integer("independent"),
        ],
        shown: """
            question, kind, heading, entities, place_entity, first, last, statements, sources, publishers, independent,
            versions, disputed, updated, agreed
            """,
        indexes: [
            "(question_number) where question_number is not null",
            "(publishers desc, statements desc) where disputed",
            "(disputed desc, publishers desc, statements desc) where disputed or updated",
        ])

    static let answers = DocumentTable(
        "_answer_rows", as: "answers", "a version of the answer", key: .passageAndNumber,
        [
            .searched("question"), .text("answer"), .real("lower"), .real("upper"), .text("holders"),
            .integer("statements"), .integer("publishers"), .text("first"), .text("last"), .integer("independent"),
            .text("latest"),
        ],
        shown: """
            question, k as answer, answer as text, lower, upper, holders, statements, publishers, independent, first,
            last, latest
            """,
        indexes: ["(question_number, k) where question_number is not null"])

    static let questionClaims = DocumentTable(
        "_question_claim_rows", as: "question_claims", "a statement that speaks to a question",
        [
            .searched("question"),
            DocumentColumn("claim", .row(table: "_claim_rows", column: "claim", isHashedByValue: true)),
            .integer("statement"), .integer("answer"), .integer("latest"),
        ],
        shown: "question, c.claim, statement, answer, latest, document",
        joining: "join _claim_rows c on c.d = t.d and c.n = t.claim",
        indexes: ["(question_number, answer) where question_number is not null"])

    /// How many statements of a document were compared with others, and of what very many share, how many pairs were not.
    static let comparisons = DocumentTable(
        "_comparison_rows", as: "comparisons",
        "how many statements of a document were compared, and what so many share that not every pair was",
        [
            .choice("basis", ["statements"] + ComparisonExtent.Basis.allCases.map(\.label)), .text("name"),
            .integer("statements"), .integer("compared"), .integer("pairs_left_out"), .integer("links_left_out"),
        ],
        shown: "document, basis, name, statements, compared, pairs_left_out, links_left_out")
}

extension Metadata.Place {
    /// The name in results.
    var label: String {
        switch self {
        case .row: "metadata file"
        case .record: "record"
        case .frontMatter: "front matter"
        case .page: "page"
        case .text: "text"
        }
    }
}
