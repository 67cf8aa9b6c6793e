extension KeptTable {
    /// Every table that is kept for reports.
    static let all = ofDocuments + [terms]

    /// Those whose rows have a digest.
    static let digested = all.filter(\.isDigested)

    /// Those over the rows of documents.
    static let ofDocuments = [
        publishers, months, publicationDates, days, figures, things, setAside, claimSources, sources, descriptions,
        relations, repeats,
    ]

    /// Words over all publishers.
    static let terms = KeptTable(
        "term_totals", "a word", key: ["class", "term"], counts: ["documents", "occurrences"],
        indexes: ["(class, occurrences desc, term)"], reads: []
    ) { _ in "select class, term, documents, documents + repeats from _term_counts_rows" }

    /// Documents by publisher; '' stands for none.
    private static let publishers = KeptTable(
        "publisher_totals", "a publisher; empty for none", key: ["publisher"],
        counts: ["documents", "words", "sentences", "undated"],
        reads: [ResultsSchema.documents]
    ) { scope in
        """
        select coalesce(publisher, ''), 1, coalesce(words, 0), coalesce(sentences, 0), date is null
            from _document_rows where \(scope.has("d"))
        """
    }

    /// Documents and claims by month of publication.
    private static let months = KeptTable(
        "month_totals", "a month of publication", key: ["month"], counts: ["documents", "claims"],
        reads: [ResultsSchema.documents, ResultsSchema.claims]
    ) { scope in
        """
        select substr(date, 1, 7), 1,
            (select count(*) from _claim_rows c where c.d = r.d and c.reported)
            from _document_rows r where date is not null and \(scope.has("d"))
        """
    }

    /// Documents and claims by date of publication, as precise as it is given.
    private static let publicationDates = KeptTable(
        "date_totals", "a date of publication, as precise as it is given", key: ["date"],
        counts: ["documents", "claims"],
        reads: [ResultsSchema.documents, ResultsSchema.claims]
    ) { scope in
        """
        select date, 1, (select count(*) from _claim_rows c where c.d = r.d and c.reported)
            from _document_rows r where date is not null and \(scope.has("d"))
        """
    }

    /// Days that are spoken of.
    private static let days = KeptTable(
        "day_totals", "a day that texts speak of", key: ["day"], counts: ["mentions", "documents"],
        indexes: ["(documents desc, mentions desc, day)"], reads: [ResultsSchema.dates]
    ) { scope in
        """
        select lower, count(*), 1 from _date_rows
            where lower = upper and length(lower) = 10 and \(scope.has("d"))
            group by lower, d
        """
    }

    private static let counted = """
        from _quantity_rows q join _mention_rows m using (d, n)
            where q.noun <> '' and m.type in ('number', 'quantity', 'money', 'percent')
        """

    /// The figures that are given for a thing, in each wording.
    static let figures = KeptTable(
        "thing_figures", "a figure that is given for a thing", key: ["noun", "unit", "number", "text"],
        counts: ["mentions"],
        reads: [ResultsSchema.quantities, ResultsSchema.mentions], isDigested: true
    ) { scope in
        """
        select lower(q.noun), coalesce(q.unit, ''), q.number, \(ResultsSchema.mentions.value(of: "text", in: "m")), 1
            \(counted) and q.number is not null and \(scope.has("q.d"))
        """
    }

    /// What is counted, and how many different figures there are for it.
    private static let things = KeptTable(
        "thing_totals", "a thing that is counted", key: ["noun", "unit"], counts: ["documents", "mentions"],
        derived: [
            (
                "figures",
                "select count(distinct number) from thing_figures f where f.noun = t.noun and f.unit = t.unit"
            )
        ],
        indexes: ["(documents desc, figures desc, noun, unit)"],
        reads: [ResultsSchema.quantities, ResultsSchema.mentions]
    ) { scope in
        """
        select lower(q.noun), coalesce(q.unit, ''), 1, count(*) \(counted) and \(scope.has("q.d"))
            group by lower(q.noun), coalesce(q.unit, ''), q.d
        """
    }

    /// Blocks that are no part of the text, by reason.
    private static let setAside = KeptTable(
        "set_aside_totals", "a reason why blocks are not part of the text", key: ["reason"],
        counts: ["blocks", "documents"], reads: [ResultsSchema.blocks]
    ) { scope in
        """
        select coalesce(reason, ''), count(*), 1 from _block_rows where not kept and \(scope.has("d"))
            group by reason, d
        """
    }

    /// Claims by what is known of their source: an entity, words, nothing (`unknown`); and those of the author.
    private static let claimSources = KeptTable(
        "claim_totals", "what is known of the source of a claim", key: ["source"], counts: ["claims"],
        reads: [ResultsSchema.claims]
    ) { scope in
        """
        select case when source_entity_number is not null then 'entity' when source_length is not null then 'words'
            else voice end, 1 from _claim_rows where reported and \(scope.has("d"))
        """
    }

    /// Claims by the entity that is their source.
    private static let sources = KeptTable(
        "source_totals", "an entity that is the source of claims", key: ["entity"],
        counts: ["claims", "documents", "direct", "hedged", "denied", "not_plainly_asserted"],
        indexes: ["(claims desc, documents desc, entity)"], reads: [ResultsSchema.claims]
    ) { scope in
        """
        select \(ResultsSchema.claims.value(of: "source_entity", in: "t")), count(*), 1, sum(form = 'direct'),
            sum(stance = 'hedged'), sum(stance = 'denied'), sum(stance in ('hedged', 'questioned', 'conditional'))
            from _claim_rows t where source_entity_number is not null and reported and \(scope.has("d"))
            group by source_entity_number, d
        """
    }

    /// Claims by the words that describe their source, where it has no name.
    private static let descriptions = KeptTable(
        "description_totals", "words by which claims describe a source without a name", key: ["described_as"],
        counts: ["claims", "documents"], indexes: ["(claims desc, documents desc, described_as)"],
        reads: [ResultsSchema.claims]
    ) { scope in
        """
        select \(ResultsSchema.claims.value(of: "described_as", in: "t")), count(*), 1
            from _claim_rows t where described_as_number is not null and reported and \(scope.has("d"))
            group by described_as_number, d
        """
    }

    /// Links by what they say; of disputes also the pairs of claims.
    private static let relations = KeptTable(
        "relation_totals", "a kind of link between claims", key: ["relation"], counts: ["links", "pairs"],
        reads: [ResultsSchema.links]
    ) { scope in
        """
        select relation, count(*), 0 from _link_rows where \(scope.has("d")) group by d, relation
            union all select 'disputes', 0, count(*) from (
                select distinct d, n, claim_b from _link_rows where relation = 'disputes' and \(scope.has("d"))) group by d
        """
    }

    /// Claims that several documents make, by how many these are.
    private static let repeats = KeptTable(
        "repeat_totals", "a number of documents that make the same claim", key: ["documents"], counts: ["claims"],
        reads: [ResultsSchema.repeats]
    ) { scope in
        "select documents, 1 from _repeat_rows where documents > 0 and \(scope.has("d"))"
    }
}
