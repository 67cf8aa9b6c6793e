import StageKit

/// Who or what a verb is said of.
extension VerbClaims {
    /// The words that name who does what a verb of any kind says.
    func subject(ofVerb group: VerbGroup, _ start: Int) -> Range<Int>? {
        let first = group.range.lowerBound
        if first > start, words[first - 1].isAny(.conjunction) { return firstSubject(start, first) }
        return subject(of: group, start)
    }

    /// Whether the word is used as a verb here: not behind an article, a preposition or a possessive.
    func isVerb(_ verb: Int, _ cue: Cue, _ group: VerbGroup, _ start: Int) -> Bool {
        guard !cue.frames.isEmpty, words[verb].mention.map({ !reading.mentions[$0].kind.isName }) ?? true else {
            return false
        }
        let first = group.range.lowerBound
        if words[verb].isCapital, verb > start, !words[verb - 1].isPunctuation { return false }
        if first < verb { return true }
        guard first > start else { return !cue.form.isSubset(of: [.participle]) }
        let before = words[first - 1]
        if before.isAny(.determiner), !before.isAny([.pronoun, .that]) { return false }
        if before.isAny(.possessive) { return false }
        // "her reasoning saying": a noun before it
        if cue.form == .progressive, let other = before.cue, !other.frames.isEmpty,
            first - 1 == start || !words[first - 2].isAny([.determiner, .possessive])
        {
            return false
        }
        if before.isAny(.preposition) { return cue.form == .progressive }
        // "to extradite accused men"
        if first - 1 > start, words[first - 2].key == Self.to, before.forms.contains(.base),
            cue.form.isSubset(of: [.past, .participle])
        {
            return false
        }
        // "the Holm plan": a person's name behind an article describes a noun
        if cue.form == .base, let mention = before.mention, reading.mentions[mention].kind == .person,
            verb + 1 >= words.count || words[verb + 1].key != Self.to
        {
            var name = first - 1
            while name > start, words[name - 1].mention == mention { name -= 1 }
            if name > start, words[name - 1].isAny([.determiner, .possessive]) { return false }
        }
        // "41 pledged delegates"
        if before.kind == .number, verb + 1 < words.count, words[verb + 1].forms.contains(.plural) { return false }
        return cue.form != .base || mayBeSubject(first - 1)
    }

    /// Whether the word may end the subject of a verb in its first form, or stand between the two: not one that goes with
    /// a noun, as in "a former state warden".
    private func mayBeSubject(_ index: Int) -> Bool {
        let word = words[index]
        return word.isPunctuation || word.isAdverb || word.isName || word.forms.contains(.plural)
            || word.isAny([
                .pronoun, .subject, .relative, .conjunction, .auxiliary, .that, .clausal, .subordinator, .groupRole,
                .anyone,
            ])
    }

    /// The noun phrase before the verb, through an apposition; for a second verb of the sentence, its first subject.
    func subject(of group: VerbGroup, _ start: Int) -> Range<Int>? {
        var first = group.range.lowerBound
        // "Weir on Sunday said", "Weir, on Sunday, said": a date between
        if first > start + 2, words[first - 1].isDate {
            var at = first - 1
            while at > start, words[at - 1].isDate { at -= 1 }
            if at > start + 1, words[at - 1].isAny(.preposition) { at -= 1 }
            first = at
        }
        guard first > start else { return nil }
        if words[first - 1].mark == UInt8(ascii: ",") {
            let earliest = max(start, first - 26)
            if let owner = owner(beforePhraseTo: first - 1, earliest, start) { return owner }
            let comma = (earliest..<first - 1).last {
                words[$0].mark == UInt8(ascii: ",") || words[$0].isQuoteMark
            }
            guard let comma else {
                return phrases.ending(at: first - 1, from: start).flatMap { $0.lowerBound == start ? $0 : nil }
            }
            guard words[comma].mark == UInt8(ascii: ",") else {
                // an apposition with a name in quotation marks
                let opening = (earliest..<comma).last { words[$0].isQuoteMark } ?? comma
                let first = (earliest..<opening).last { words[$0].mark == UInt8(ascii: ",") }
                return first.flatMap { words[$0].quotation == nil ? phrases.ending(at: $0, from: start) : nil }
                    .map { described(by: $0, start) }
            }
            // "the board has, in a statement, called for …"
            let end = comma > start && words[comma - 1].isAny(.auxiliary) ? comma - 1 : comma
            // "a spokesman for the board, Orl Sand, said": the name is a part of it
            if isOneName(comma + 1..<first - 1), let owner = phrases.ending(at: end, from: start),
                owner.contains(where: { words[$0].isAny(.personRole) }), !owner.contains(where: isPersonName)
            {
                return owner.lowerBound..<first - 1
            }
            return phrases.ending(at: end, from: start).map { joined(described(by: $0, start), start) }
        }
        let phrase = phrases.ending(at: first, from: start)
        if let owner = owner(ofRelativeBefore: first, phrase, start) { return owner }
        guard let phrase else { return nil }
        return antecedent(ofObject: phrase, start) ?? phrase
    }

    /// Whom a relative clause that ends right before the verb describes, where nobody else stands there: "the officials
    /// who drew that map claimed", "the captain whose boat sank in May says".
    private func owner(ofRelativeBefore first: Int, _ phrase: Range<Int>?, _ start: Int) -> Range<Int>? {
        guard first - start > 3, phrase?.contains(where: isSomebody) != true,
            !(phrase.map { $0.count == 1 && words[$0.lowerBound].isAny(.pronoun) } ?? false),
            let who = (max(start + 1, first - 16)..<first - 1).last(where: { Self.persons.contains(words[$0].key) }),
            !words[who - 1].isPunctuation, !words[who - 1].isAny([.preposition, .auxiliary]),
            !(who..<first).contains(where: { words[$0].isPunctuation })
        else { return nil }
        let verbs = (who + 1..<first).filter { reading.isFiniteVerb($0) }
        guard verbs.count == 1, let verb = verbs.first, verb < first,
            words[verb].cue.map({ $0.frames.isDisjoint(with: [.bare, .that]) }) ?? true,
            let owner = phrases.ending(at: who, from: start), owner.contains(where: isSomebody)
        else { return nil }
        return owner
    }

    /// Somebody whose verb stands behind a phrase of place, time or manner between commas, which may have commas of its own:
    /// "Weir, in a talk with a Skerrow, Vestrey, radio station, said".
    private func owner(beforePhraseTo end: Int, _ earliest: Int, _ start: Int) -> Range<Int>? {
        guard
            let comma = (earliest..<end).first(where: {
                words[$0].mark == UInt8(ascii: ",") && words[$0].quotation == words[end].quotation
            }), comma > start, words[comma + 1].isAny(.preposition),
            let owner = phrases.ending(at: comma, from: start), owner.contains(where: isSomebody),
            !(comma..<end).contains(where: { reading.isFiniteVerb($0) || words[$0].isQuoteMark })
        else { return nil }
        return owner
    }

    /// Who is meant by "who" where the phrase before the verb is the object in its clause: "Reed, who wrote the rule, said".
    private func antecedent(ofObject phrase: Range<Int>, _ start: Int) -> Range<Int>? {
        let verb = phrase.lowerBound - 1
        guard verb > start + 1, reading.isFiniteVerb(verb), !words[verb].isAny(.auxiliary),
            words[verb].cue.map({ $0.frames.isDisjoint(with: [.bare, .that]) }) ?? true
                || phrase.count <= 3 && !phrase.contains(where: isSomebody)
        else { return nil }
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        var end = group.range.lowerBound - 1
        guard end > start, words[end].isAny(.relative) else { return nil }
        if words[end - 1].mark == UInt8(ascii: ",") { end -= 1 }
        guard end > start, let owner = phrases.ending(at: end, from: start), owner.contains(where: isSomebody) else {
            return nil
        }
        return owner
    }

    private func isSomebody(_ index: Int) -> Bool {
        isPersonName(index) || words[index].isAny([.personRole, .groupRole]) || reading.kind(at: index) == .organization
    }

    private func isPersonName(_ index: Int) -> Bool { reading.kind(at: index) == .person }

    /// Whether the words are the name of one person.
    private func isOneName(_ range: Range<Int>) -> Bool {
        guard let first = range.first, isPersonName(first) else { return false }
        return range.allSatisfy { words[$0].mention == words[first].mention }
    }

    /// With who is named before "and", where an apposition stands between: "Holm, the mayor, and Reed, her deputy, said".
    private func joined(_ phrase: Range<Int>, _ start: Int) -> Range<Int> {
        let first = phrase.lowerBound
        guard first - start > 4, words[first - 1].isAny(.conjunction), words[first - 2].mark == UInt8(ascii: ","),
            isPersonName(first),
            let comma = (start + 1..<first - 2).last(where: { words[$0].mark == UInt8(ascii: ",") }),
            isPersonName(comma - 1), !(comma..<first).contains(where: { reading.isFiniteVerb($0) }),
            let name = phrases.ending(at: comma, from: start), isPersonName(name.lowerBound)
        else { return phrase }
        return name.lowerBound..<phrase.upperBound
    }

    /// Whom an age or a role between commas belongs to: "X, 34, who …, told"; the phrase itself when that is nobody.
    private func described(by phrase: Range<Int>, _ start: Int) -> Range<Int> {
        let first = phrase.lowerBound
        guard first > start + 1, words[first - 1].mark == UInt8(ascii: ","), !reading.isName(first),
            words[first].kind == .number || words[first].isAny(.determiner) && !words[first].isAny(.pronoun),
            reading.isName(first - 2), let name = phrases.ending(at: first - 1, from: start)
        else { return phrase }
        return name
    }

    /// Whether nobody tells what a verb asks or finds: "the vote should decide who leads", "this may show how".
    func isOpen(_ cue: Cue, _ group: VerbGroup, _ subject: Range<Int>?) -> Bool {
        guard cue.frames.isDisjoint(with: [.speech, .voicing]) else { return false }
        guard let subject else { return group.isModal }
        if subject.count == 1, words[subject.lowerBound].isAny([.that, .determiner]) { return true }
        // "I can understand why": a person tells what he thinks
        let isPerson =
            subject.contains { isSomebody($0) }
            || subject.count == 1 && words[subject.lowerBound].isAny(.pronoun)
                && !words[subject.lowerBound].isAny([.neuter, .relative]) && words[subject.lowerBound].key != Self.you
        return group.isModal && !isPerson
    }

    /// The words that name who does what the verb says: for a participle or a second verb, the subject of the first.
    func subject(of group: VerbGroup, _ start: Int, _ cue: Cue) -> Range<Int>? {
        let first = group.range.lowerBound
        let verbIsAlone = first > start && words[first - 1].isAny(.conjunction)
        let isLoose = first > start && words[first - 1].mark == UInt8(ascii: ",") && cue.form == .progressive
        if verbIsAlone || isLoose { return firstSubject(start, first) }
        // "… for saying that", "… by claiming that"
        if cue.form == .progressive, first > start, words[first - 1].isAny([.preposition, .subordinator]) {
            return firstSubject(start, first - 1)
        }
        // "…, with one member saying that …"
        if cue.form == .progressive, group.range.count == 1, let speaker = speaker(behindWith: first, start) {
            return speaker
        }
        guard let phrase = subject(of: group, start) else { return nil }
        // "Weir sent a letter saying that …": the subject of the verb before speaks, not the clause
        if cue.form == .progressive, group.range.count == 1,
            let verb = phrase.dropFirst().first(where: { reading.isFiniteVerb($0) })
        {
            return phrase.lowerBound..<verb
        }
        // "Weir posted a message saying that …"
        if cue.form == .progressive, group.range.count == 1, phrase.lowerBound > start,
            (phrase.upperBound..<first).allSatisfy({ words[$0].isDate || words[$0].isAny(.preposition) }),
            reading.isFiniteVerb(phrase.lowerBound - 1), !phrase.contains(where: isSomebody)
        {
            return firstSubject(start, phrase.lowerBound)
        }
        // "slammed Reed for a letter saying that …": the letter says it
        if cue.form == .progressive, group.range.count == 1, phrase.upperBound == first,
            let joint = phrase.last(where: { words[$0].isAny(.preposition) && !words[$0].isName }),
            joint + 2 < first, words[joint + 1].isAny(.determiner), !(joint + 1..<first).contains(where: isSomebody),
            phrase.prefix(while: { $0 < joint }).contains(where: isPersonName)
        {
            return joint + 1..<first
        }
        return phrase
    }

    /// Who stands between "with" or "despite" and a participle right before `first`: not "with a banner of the board".
    private func speaker(behindWith first: Int, _ start: Int) -> Range<Int>? {
        guard
            let with = (max(start, first - 10)..<max(start, first - 1)).last(where: {
                Self.with.contains(words[$0].key)
            }),
            let speaker = phrases.beginning(at: with + 1, to: first), speaker.upperBound == first
        else { return nil }
        let head = speaker.prefix { !words[$0].isAny(.preposition) || words[$0].isName }
        return head.contains { isSomebody($0) || words[$0].isAny(.anyone) || Self.one.contains(words[$0].key) }
            ? speaker : nil
    }

    private static let with = Set(["with", "despite"].map { Folding.key($0) })
    private static let one = Set(["one", "some", "many", "others", "another", "several"].map { Folding.key($0) })
    private static let you = Folding.key("you")
    private static let persons = Set(["who", "whose"].map { Folding.key($0) })

    /// The subject of the first verb of the sentence, or of its part behind a semicolon or "but".
    private func firstSubject(_ start: Int, _ limit: Int) -> Range<Int>? {
        let quotation = limit < words.count ? words[limit].quotation : nil
        let border = (start..<max(start, limit - 1)).last {
            (words[$0].mark == UInt8(ascii: ";") || words[$0].key == Self.but) && words[$0].quotation == quotation
        }
        let start = border.map { $0 + 1 } ?? start
        let verb = (start..<limit).first { index in
            let word = words[index]
            return word.isAny(.auxiliary) && !phrases.isPossessiveMark(index) && !word.isName
                || word.mention == nil && index > start
                    && (word.endsInEd || word.cue.map { !$0.form.isDisjoint(with: [.past, .third]) } ?? false
                        || word.forms.contains(.past)
                            && (word.forms.isDisjoint(with: [.noun, .adjective]) || words[index - 1].isName
                                || words[index - 1].isAny(.subject)))
                    && reading.isFiniteVerb(index)
        }
        return verb.flatMap { index in
            words[index - (index > start ? 1 : 0)].mark == UInt8(ascii: ",")
                ? subject(of: VerbGroup(verb: index, from: start, in: words, phrases: phrases), start)
                : phrases.ending(at: index, from: start)
        }
    }
}
