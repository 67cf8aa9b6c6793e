extension LayerShape {
    /// The shapes of all layers that are written as lists, in the order in which stages write them.
    public static let all: [LayerShape] = [
        LayerShape(
            Blocks.name, "block", "The layout: headings, paragraphs, list items, with what was removed.",
            [
                start, end, Field("kind", .choice(Blocks.Kind.allCases.map(\.label)), "What it is"),
                Field("kept", .bool, "False for a block that was taken out of the text", always: false),
                Field("reason", .string, "Why it was taken out", always: false),
                Field("text", .string, "The text that was taken out", always: false),
            ]),
        LayerShape(
            Sentences.name, "sentence", "The sentences in order; none overlaps another, none crosses a block.",
            given: true, [start, end]),
        LayerShape(
            Tokens.name, "token",
            "The words, numbers and marks in order; none overlaps another, none crosses a sentence or holds a line end.",
            given: true,
            [start, end, Field("kind", .choice(Tokens.Kind.allCases.map(\.label)), "What it is", giving: .required)]),
        LayerShape(
            Quotations.name, "quotation", "What the text sets off as somebody's words, by start.",
            [
                start, end, Field("form", .choice(Quotations.Form.allCases.map(\.label)), "How it is set off"),
                Field("closed", .bool, "Whether its end is marked"),
            ]),
        LayerShape(
            Names.name, "mention",
            "The mentions of one document, before it is known who is who. They have no entities.",
            mention),
        LayerShape(
            References.name, "reference", "Pronouns and descriptions that mean somebody whom the document names.",
            [
                start, end, Field("kind", .choice(Reference.Kind.allCases.map(\.label)), "What it is"),
                Field("mention", .integer, "The number of the mention, from 0"),
            ]),
        LayerShape(
            Mentions.name, "mention", "Names, dates, quantities and offices in order; none overlaps another.",
            given: true,
            mention),
        LayerShape(
            Attributions.name, "claim", "The claims of one document, before it is known who is who.", claim),
        LayerShape(Claims.name, "claim", "Who says what, by start.", given: true, claim),
    ]

    private static let start = Field("start", .integer, "The first code point", giving: .required)
    private static let end = Field("end", .integer, "The code point behind the last", giving: .required)
    private static let passage = Content.object([start, end])

    private static let mention: [Field] = [
        start, end,
        Field(
            "type", .choice(Mention.Kind.allCases.map(\.label)),
            "What is mentioned. A stage gives names only: person, organization, place, group, event, work",
            giving: .required),
        Field("entity", .string, "The id of its entity", nullable: true),
        Field(
            "value",
            .either([
                .string,
                .object([
                    Field("number", .number, "The number"), Field("unit", .string, "Its unit"),
                    Field("lower", .number, "The least it may be", nullable: true),
                    Field("upper", .number, "The most it may be", nullable: true),
                    Field("noun", .string, "What is counted"),
                    Field("approximate", .bool, "Whether the text says that it is not exact"),
                    Field("event", .string, "What is said of it", nullable: true),
                    Field("holder", .string, "Whose figure it is", nullable: true),
                    Field("iso", .string, "For a duration, the same in ISO 8601", always: false),
                ]),
            ]), "Of a date, the date in ISO 8601; of a quantity, an object", nullable: true),
    ]

    private static let claim: [Field] = [
        start, end,
        Field("kind", .choice(Claim.Kind.allCases.map(\.label)), "What sort of content it has", giving: .optional),
        Field("voice", .choice(Claim.Voice.allCases.map(\.label)), "Whose words they are"),
        Field("within", .integer, "The number of the claim in whose content it stands", nullable: true),
        Field("source", passage, "The words that name the source", nullable: true, giving: .optional),
        Field("source_entity", .string, "The entity of the source", nullable: true),
        Field("source_description", .string, "The words for a source without a name", nullable: true),
        Field("cue", passage, "The words that say that something is said", nullable: true, giving: .optional),
        Field("content", .list(passage), "What is said, in order, at least one passage", giving: .required),
        Field("form", .choice(Claim.Form.allCases.map(\.label)), "How the words are given", giving: .optional),
        Field("stance", .choice(Claim.Stance.allCases.map(\.label)), "How the text stands to it", giving: .optional),
        Field("negated", .bool, "Whether the first statement is negated"),
        Field(
            "statements",
            .list(
                .object([
                    start, end, Field("negated", .bool, "Whether it is negated", giving: .optional),
                    Field("hedged", .bool, "Whether a word of it says that it is not sure", giving: .optional),
                ])), "What is said, statement by statement", giving: .optional),
    ]
}
