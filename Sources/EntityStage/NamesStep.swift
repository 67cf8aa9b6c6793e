import StageKit
import Text

/// Finds the names, dates and quantities of one document, and how its names are linked.
struct NamesStep: MapStep {
    static let contract = StepContract(
        "names", reads: ["text", "blocks", "sentences", "tokens", "metadata", "quotations"],
        writes: [Names.name, NameForms.name, NameEvidence.name, References.name], takes: [Mentions.name])

    private let listed: ListedNames

    init(options: OptionReader) throws(OptionProblem) {
        listed = ListedNames(try options.file("gazetteer").map(GazetteerFile.read) ?? [])
    }

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let (reading, allMeasures, _) = try Self.read(input)
        let gazetteer = listed.names(in: reading)
        let measures = allMeasures.filter { measure in !gazetteer.contains { $0.range.overlaps(measure.range) } }
        let taken = Self.taken(measures, gazetteer, of: reading.atoms.count)
        let model = try Self.model()
        let language = try input.layer(Metadata.self).language
        let isEnglish = language.map { $0.hasPrefix("en") } ?? true
        let found: [FoundName]
        if let given = try input.given(Mentions.self) {
            found = Self.given(given.mentions, in: reading, taken: taken)
        } else {
            let tagged = TrainedRecognizer(model: model).names(in: reading, taken: taken)
            let names = Self.corrected(tagged, in: reading, taken: taken)
            let named = Self.taken([], names, of: reading.atoms.count)
            found =
                isEnglish
                ? names + SmallLetterPlaces.found(in: reading, by: model) { !taken[$0] && !named[$0] } : names
        }
        let names = (found + gazetteer)
            .sorted { $0.range.lowerBound < $1.range.lowerBound }
        let forms = DocumentForms(reading: reading, names: names)
        DocumentAliases.apply(to: forms)
        let roles = Roles.found(in: forms)
        let formKeys = forms.foldKeys()
        let adjectives = Modifiers.found(in: forms)
        let bodies = BodyRoles.found(in: forms, modifiers: adjectives)
        let described = Set(bodies.map(\.range.lowerBound))
        let modifiers = adjectives.filter { !described.contains(forms.names[$0.name].range.lowerBound) }
        forms.drop(adjectives.lazy.map(\.name))
        let heads = LoneHeads.found(in: forms)
        forms.drop(heads)

        let figures = FigureContext.told(measures, in: reading, names: forms.names)
        var mentions = figures.map { Mention(reading.span($0.range), $0.kind, value: $0.value) }
        var keys = [FoldKey?](repeating: nil, count: mentions.count)
        for role in roles {
            mentions.append(Mention(reading.span(role.range), .role))
            keys.append(formKeys[role.holder])
        }
        for head in heads {
            let form = forms.formOfName[head], root = forms.root(of: form)
            mentions.append(Mention(reading.span(forms.names[head].range), .role))
            keys.append(root == form ? nil : formKeys[root])
        }
        for body in bodies {
            mentions.append(Mention(reading.span(body.range), .role))
            keys.append(body.key.foldKey)
        }
        for modifier in modifiers {
            mentions.append(Mention(reading.span(forms.names[modifier.name].range), .modifier))
            keys.append(modifier.country?.foldKey)
        }
        for nested in NestedNames.found(in: forms, keys: formKeys, gazetteer: model.gazetteer) {
            mentions.append(Mention(reading.span(nested.range), .modifier))
            keys.append(nested.key)
        }
        var mentionOfName = [Int](repeating: -1, count: forms.names.count)
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            mentionOfName[k] = mentions.count
            mentions.append(Mention(reading.span(name.range), name.kind))
            keys.append(formKeys[forms.formOfName[k]])
        }
        // numbers are sorted, not mentions, which hold texts
        let order = mentions.indices.sorted { a, b in
            let (x, y) = (mentions[a].span, mentions[b].span)
            return x.start != y.start ? x.start < y.start : x.end > y.end
        }
        var place = [Int](repeating: 0, count: mentions.count)
        for (k, mention) in order.enumerated() { place[mention] = k }
        let references = ReferenceFinder.found(in: forms, quotations: try Self.quotations(input)).map {
            Reference(reading.span($0.range), $0.kind, mention: place[mentionOfName[$0.name]])
        }
        return StepOutput(
            Names(order.map { mentions[$0] }), NameForms(order.map { keys[$0] }),
            NameEvidence(FormEvidence.summary(of: forms, keys: formKeys, bodies: bodies)), References(references))
    }

    /// The names with their edges and their kinds corrected by what no learning is needed for.
    static func corrected(_ found: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        let told = PlacesAsPersons.corrected(found, in: reading)
        let edged = NameEdges.corrected(told, in: reading, taken: taken)
        let parts = NameParts.corrected(edged, in: reading, taken: taken)
        let bracketed = BracketedNames.corrected(parts, in: reading, taken: taken)
        let kinds = NameKinds.corrected(bracketed, in: reading, taken: taken)
        return NotNames.removed(from: kinds, in: reading)
    }

    /// The names that a stage of the user's own gives, as runs of atoms. What is part of a date, a quantity or a listed name
    /// is none, nor is what stands in two sentences.
    private static func given(_ names: [Mention], in reading: Reading, taken: [Bool]) -> [FoundName] {
        var found: [FoundName] = []
        var next = 0
        for name in names {
            while next < reading.atoms.count, Int(reading.atoms[next].start) < name.span.start { next += 1 }
            var end = next
            while end < reading.atoms.count, Int(reading.atoms[end].end) <= name.span.end { end += 1 }
            guard next < end, !taken[next..<end].contains(true),
                reading.atoms[next].sentence == reading.atoms[end - 1].sentence
            else { continue }
            found.append(FoundName(range: next..<end, kind: name.kind, isSure: true))
            next = end
        }
        return found
    }

    /// The passages set off as somebody's words.
    private static func quotations(_ input: StepInput) throws(StageFailure) -> [ByteSpan] {
        try input.layer(Quotations.self).quotations.lazy.filter { $0.form != .scare }.map(\.span)
    }

    private static func model() throws(StageFailure) -> NameModel {
        do throws(NameModel.Problem) {
            return try NameModel.embedded.get()
        } catch {
            throw StageFailure(
                "the model for names can't be read: \(error.summary)",
                hint: "Build colophon anew from a sound copy of its sources: `git checkout Sources/CNameModel`.",
                code: "damaged-model")
        }
    }

    /// The document as the recognizers read it, its dates and quantities, and the atoms that these take.
    static func read(
        _ input: StepInput
    ) throws(StageFailure) -> (reading: Reading, measures: [FoundMeasure], taken: [Bool]) {
        let metadata = try input.layer(Metadata.self)
        let tokens = try input.layer(Tokens.self)
        let addresses = zip(tokens.spans, tokens.kinds).filter { $0.1 == .address }.map(\.0)
        let reading = Reading(
            text: try input.layer(DocumentText.self).bytes, sentences: try input.layer(Sentences.self).spans,
            addresses: addresses, blocks: try input.layer(Blocks.self).blocks,
            lexicon: Lexicon.forLanguage(metadata.language))
        let measures = Measures(reading: reading, published: metadata.date).found()
        return (reading, measures, taken(measures, [], of: reading.atoms.count))
    }

    /// For each atom, whether it is part of a measure or of a listed name.
    private static func taken(_ measures: [FoundMeasure], _ names: [FoundName], of count: Int) -> [Bool] {
        var taken = [Bool](repeating: false, count: count)
        for range in measures.map(\.range) + names.map(\.range) { for k in range { taken[k] = true } }
        return taken
    }
}
