import StageKit
import Text

/// Makes the signatures of a document's statements.
struct Signer {
    private let reading: Reading
    private let figures: FigureReader
    private let predicates: PredicateReader
    /// The days that each sentence names: read once, however many statements it has.
    private let sentenceDays: [DaySpan?]
    private var stems: StemReader

    /// A signer for the statements of `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        figures = FigureReader(reading)
        predicates = PredicateReader(reading)
        stems = StemReader(reading)
        sentenceDays = reading.sentences.map { Self.days(in: $0, of: reading) }
    }

    /// The signatures of what `claim` says, statement by statement.
    mutating func signatures(of claim: Claim, _ reference: ClaimReference) -> [StatementSignature] {
        var signatures: [StatementSignature] = []
        for (n, statement) in claim.statements.enumerated() {
            signatures.append(signature(of: claim, reference, statement: n, content: claim.pieces(of: statement)))
        }
        return signatures
    }

    /// The signature of the `statement`-th statement of `claim`, which says `content`.
    private mutating func signature(
        of claim: Claim, _ reference: ClaimReference, statement: Int, content: [ByteSpan]
    ) -> StatementSignature {
        var draft = Draft()
        let pieces = content.map { reading.words(in: $0) }
        let predicate = predicates.predicate(of: pieces)
        for piece in pieces {
            for index in piece { read(index, in: piece, predicate?.stem ?? 0, into: &draft) }
            draft.negation.endClause()
        }
        let isQuestion = claim.stance == .questioned || isQuestion(pieces.last)
        if claim.stance == .denied { draft.traits.insert(.denied) }
        if claim.form == .direct { draft.traits.insert(.quoted) }
        if isQuestion { draft.traits.insert(.question) }
        if claim.kind == .topic { draft.traits.insert(.topic) }
        if draft.days != nil { draft.traits.insert(.dated) }
        if draft.onceDays.count == 1 {
            // of all days that are named, those of a birth are the ones to compare
            draft.days = draft.onceDays.first
            draft.traits.insert(.once)
        }
        if draft.pollWords, draft.percents > 0 { draft.traits.insert(.poll) }
        if predicate?.isPlanned == true { draft.traits.insert(.planned) }
        if predicate?.isDefinite == true { draft.traits.insert(.definite) }
        let start = content.first?.start ?? 0
        return StatementSignature(
            reference: reference, statement: statement, exact: draft.exact.value, length: draft.length,
            opening: draft.opening.value & 0xFFFF_FFFF_FFFF, words: draft.words, negated: draft.negation.heads.unique,
            reached: draft.negation.reached.unique,
            names: Array(draft.names.prefix(StatementSignature.mostNames)), figures: draft.figures,
            labels: draft.labels, days: draft.days ?? days(around: pieces), source: claim.sourceMention,
            predicate: predicate?.stem ?? 0, agent: predicate?.agent,
            verb: predicate?.verb.map { $0 - start }, auxiliary: predicate?.auxiliary.map { $0.start - start },
            traits: draft.traits)
    }

    /// What was read of a statement so far.
    private struct Draft {
        var exact = StableHash()
        var opening = StableHash()
        var length = 0
        /// How many different stems were read.
        var stems = 0
        var words: [UInt32] = []
        var names: [StatementSignature.Name] = []
        var figures: [Figure] = []
        var labels: [NumberLabel] = []
        var days: DaySpan?
        /// The last word that says what happens once and of which no day was read yet; nil for none.
        var once: Int?
        /// The days on which such things happened.
        var onceDays: [DaySpan] = []
        var traits: StatementSignature.Traits = []
        var negation = NegationScope()
        /// The last word of the expression that was read; -1 for none.
        var endOfExpression = -1
        var lastMention: Int?
        var lastReference: Int?
        var percents = 0
        var pollWords = false

        mutating func add(labels more: [NumberLabel]) {
            labels += more.prefix(StatementSignature.mostFigures - min(labels.count, StatementSignature.mostFigures))
        }

        /// Adds the token of a date or a number.
        mutating func add(_ token: UInt32) {
            let isKnown = words.contains { StatementToken.hash($0) == StatementToken.hash(token) }
            if !isKnown, words.count < StatementSignature.mostWords { words.append(token) }
        }
    }

    private static let openingWords = 3

    private mutating func read(_ index: Int, in piece: Range<Int>, _ predicate: UInt32, into draft: inout Draft) {
        let word = reading.words[index]
        if word.isPunctuation {
            if Self.clauseMarks.contains(word.mark) { draft.negation.endClause() }
            return
        }
        draft.exact.combine(word.key)
        draft.length += 1
        if let mention = word.mention {
            defer { draft.lastMention = mention }
            let isFirst = draft.lastMention != mention
            let kind = reading.mentions[mention].kind
            if kind.isName || kind == .role || kind == .modifier {
                guard isFirst else { return }
                return draft.names.append(.init(mention: mention, part: isTitle(index, in: piece) ? .title : .named))
            }
            if case .date(let date)? = reading.mentions[mention].value, kind == .date {
                guard isFirst else { return }
                draft.add(StatementToken.date(Bands.mixed(StableHash.of(date.iso.utf8))))
                if let days = DaySpan(date) {
                    draft.days = draft.days?.union(days) ?? days
                    if let once = draft.once, index - once <= Self.reachOfOnce {
                        draft.once = nil
                        draft.onceDays.append(days)
                    }
                }
                return
            }
            if word.isDate { return }
            if case .quantity(let value)? = reading.mentions[mention].value, value.iso.isEmpty {
                let isRejected =
                    isFirst && index > piece.lowerBound && reading.words[index - 1].key == Self.not
                    && draft.negation.passFigure()
                if isFirst, !isRejected, draft.figures.count < StatementSignature.mostFigures {
                    if let figure = figures.figure(mention, at: index, in: piece, predicate: predicate) {
                        draft.figures.append(figure)
                    }
                    draft.add(labels: figures.labels(mention, at: index, in: piece))
                    draft.add(
                        StatementToken.value(
                            Bands.mixed(value.number.bitPattern &* 31 &+ UInt64(value.unit.utf8.count))))
                }
                if isFirst, value.unit == "%" { draft.percents += 1 }
                if word.kind == .number || figures.isNumber(index, mention) { return }
            }
        }
        if word.mention == nil, let label = figures.label(at: index, in: piece) { draft.add(labels: [label]) }
        note(index, in: &draft)
        if let mention = reading.references.reference(containing: word.span)?.mention {
            if draft.lastReference != mention { draft.names.append(.init(mention: mention, part: .named)) }
            draft.lastReference = mention
        } else if isOpenPronoun(word), index > draft.endOfExpression {
            draft.traits.insert(.pronoun)
        }
        if word.isAny([.stop, .negation]) || index <= draft.endOfExpression { return }
        guard draft.words.count < StatementSignature.mostWords else { return }
        var (stem, end) = stems.stem(at: index, in: piece)
        if let end { draft.endOfExpression = end }
        if governs(stem, index, in: piece) {
            if Self.negating.contains(stem) { draft.negation.begin() }
            return
        }
        if let opposite = Vocabulary.opposite(stem) {
            draft.negation.flip()
            stem = opposite
        }
        if Self.pollStems.contains(stem) { draft.pollWords = true }
        if Vocabulary.happensOnce(stem) { draft.once = index }
        draft.negation.pass(stem)
        if !draft.words.contains(where: { StatementToken.hash($0) == stem }) {
            if draft.stems < Self.openingWords { draft.opening.combine(UInt64(stem)) }
            draft.stems += 1
            draft.words.append(StatementToken.word(stem))
        }
    }

    /// What little words tell: negations, pronouns, what may be.
    private func note(_ index: Int, in draft: inout Draft) {
        let word = reading.words[index]
        if negates(index) { draft.negation.begin() }
        if word.isAny(.conjunction) { draft.negation.join() }
        if word.isAny(.modal) { draft.traits.insert(.modal) }
        if word.isAny(.first) { draft.traits.insert(.first) }
        if draft.length > 1, word.isAny([.relative, .that]) { draft.traits.insert(.clausal) }
    }

    /// Whether the word negates what stands behind it. *No* in front of a verb and *no doubt* do not; *yet to mend* does.
    private func negates(_ index: Int) -> Bool {
        let word = reading.words[index]
        let next = index + 1 < reading.words.count ? reading.words[index + 1] : nil
        if word.key == Self.no { return !(next?.isAny(.auxiliary) ?? false) && next?.key != Self.doubt }
        return word.isAny(.negation) || word.key == Self.yet && next?.key == Self.to
    }

    /// Whether the word only says whether what stands behind it is done: *failed to warn*, *was able to warn*.
    private func governs(_ stem: UInt32, _ index: Int, in piece: Range<Int>) -> Bool {
        index + 1 < piece.upperBound && reading.words[index + 1].key == Self.to
            && (Self.negating.contains(stem) || Self.managing.contains(stem))
    }

    private static let to = Folding.key("to")
    private static let not = Folding.key("not")
    private static let no = Folding.key("no")
    private static let doubt = Folding.key("doubt")
    private static let yet = Folding.key("yet")
    /// So many words stand at most between what happened once and its day.
    private static let reachOfOnce = 4
    /// With these what stands behind *to* is not done.
    static let negating = Set(["fail", "refuse", "decline", "neglect", "unable"].map { Vocabulary.stem(of: $0) })
    /// With these it is.
    static let managing = Set(["manage", "able", "continue"].map { Vocabulary.stem(of: $0) })

    /// Whether the word is a pronoun of the third person, so that somebody is meant.
    private func isOpenPronoun(_ word: Word) -> Bool {
        word.isAny([.male, .female]) || Self.they.contains(word.key)
    }

    private static let they = Set(["they", "them", "their", "it"].map { Folding.key($0) })
    private static let clauseMarks: Set<UInt8> = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "-"),
    ]
    private static let pollStems = Set(
        ["poll", "polls", "polling", "survey", "surveyed", "pollster", "lead", "leads", "trail", "trails"].map {
            Vocabulary.stem(of: $0)
        })

    private func isQuestion(_ piece: Range<Int>?) -> Bool {
        guard let piece, let last = piece.last else { return false }
        let marks = (max(piece.lowerBound, last - 1)...min(last + 1, reading.words.count - 1))
        return marks.contains { reading.words[$0].mark == UInt8(ascii: "?") }
    }

    /// Whether the name at `index` only says of what somebody is *president* or *spokesman*.
    private func isTitle(_ index: Int, in piece: Range<Int>) -> Bool {
        var before = index - 1
        while before >= piece.lowerBound, reading.words[before].isAny(.determiner) { before -= 1 }
        guard before > piece.lowerBound, reading.words[before].isAny(.nominal) else { return false }
        return reading.words[before - 1].isAny(.personRole)
    }

    /// The days that the sentences around the pieces name.
    private func days(around pieces: [Range<Int>]) -> DaySpan? {
        guard let first = pieces.first?.first.flatMap(sentence), let last = pieces.last?.last.flatMap(sentence),
            first <= last
        else { return nil }
        return Self.union(sentenceDays[first...last])
    }

    /// The days that the words in `sentence` name.
    private static func days(in sentence: Range<Int>, of reading: Reading) -> DaySpan? {
        union(
            sentence.lazy.filter { reading.words[$0].isDate }.map { index in
                guard let mention = reading.words[index].mention, reading.mentions[mention].kind == .date,
                    case .date(let date)? = reading.mentions[mention].value
                else { return nil }
                return DaySpan(date)
            })
    }

    private static func union(_ spans: some Sequence<DaySpan?>) -> DaySpan? {
        spans.reduce(nil) { days, named in named.map { days?.union($0) ?? $0 } ?? days }
    }

    /// The sentence in which a word stands.
    private func sentence(of index: Int) -> Int? {
        let next = reading.sentences.lazy.map(\.lowerBound).firstIndex(sortedAtLeast: index + 1)
        return next > 0 ? next - 1 : nil
    }
}

extension [UInt32] {
    /// Each once, sorted.
    fileprivate var unique: [UInt32] { Set(self).sorted() }
}

extension References {
    /// The reference whose words the word at `span` is one of.
    func reference(containing span: ByteSpan) -> Reference? {
        let next = references.lazy.map(\.span.start).firstIndex(sortedAtLeast: span.start + 1)
        guard next > 0, references[next - 1].span.end >= span.end else { return nil }
        return references[next - 1]
    }
}
