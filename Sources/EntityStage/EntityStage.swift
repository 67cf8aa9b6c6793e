package import StageKit

/// Finds names, dates and quantities, and decides over the corpus which names mean the same.
package struct EntityStage: Stage {
    /// `tag-entities`
    package static let description = StageDescription(
        name: "tag-entities",
        summary: "Finds names, dates and quantities, and decides which names mean the same.",
        discussion: """
            Names of persons, organizations and places are found by a trained tagger together with lists and rules;
            groups (nations, faiths, parties), events and works by lists and rules alone. Dates are given in ISO 8601;
            relative ones are reckoned from the document's date. Quantities carry their bounds, their unit and the noun
            they count.

            Two names mean the same where a text says so ("Syrian Democratic Forces (SDF)", "also known as"), where
            one is a part of the other within a document (a surname, initials), where an acronym is one that the
            corpus explains in one way only, or where `gazetteer` or `decisions` say so. Persons who share no more
            than a surname stay apart; what stands around a surname tells whom it means: a title, the person named
            before. Offices mean their holders ("the Foreign Secretary, Ada Weir"; then "the Foreign Secretary"). Every
            alias has its reason in words.

            A gazetteer is a YAML list; `aliases` and `wikidata` may be left out:

                - name: Islamic State
                  type: organization
                  aliases: [ISIS, Daesh]
                  wikidata: Q2429253

            Decisions overrule the machine:

                merge:
                  - [Harbour Board, Port Authority]
                split:
                  - form: Weir
                    from: Ada Weir

            Dates and quantities are read in English, German, French, Spanish and Turkish, names with English word lists
            in every language; other languages are read with the English ones, which finds fewer.
            """,
        options: [
            OptionDescription(
                "gazetteer", .yamlFile,
                "Names that belong together: a YAML list of {name, type, aliases, wikidata}; aliases may be left out."),
            OptionDescription(
                "decisions", .yamlFile,
                "Decisions by hand: YAML with `merge`, lists of names that mean the same, and `split`, {form, from}."),
        ])

    /// The map that finds, the fold and the finish that decide who is who, the join that tells each mention.
    package static let steps: [StepType] = [
        .map(NamesStep.self), .fold(FormsStep.self), .finish(EntitiesStep.self), .join(MentionsStep.self),
    ]

    /// Made by the build.
    package static var fingerprint: String { Embedded.fingerprint }
}
