import StageKit
import Text

/// What a statement says of its subject: the word that carries its main predicate.
struct Predicate {
    /// The stem: *suspended*, *unlawful* in *is unlawful*, *leave* in *plans to leave*.
    var stem: UInt32
    /// The mention of who does it: the name that is its subject, or that stands behind *by*, or whom a pronoun there means;
    /// nil for none.
    var agent: Int?
    /// Where its verb group begins, in bytes of the text; nil where what it is done to stands before it.
    var verb: Int?
    /// Whether it is done to something that is known: *gave the order*, *sank the Tern*, *the order was given*.
    var isDefinite: Bool
    /// The auxiliary that begins its verb group: *was* in *was suspended*; nil where a verb of meaning does.
    var auxiliary: ByteSpan?
    /// Whether it is only planned or expected: *plans to leave*, *will leave*, *is to step down*, *is expected to win*.
    var isPlanned: Bool
}

/// Finds the main predicate of a statement.
struct PredicateReader {
    private let reading: Reading
    private let polarity: Polarity

    init(_ reading: Reading) {
        self.reading = reading
        polarity = Polarity(reading)
    }

    /// The predicate of a statement's pieces; nil where they have no verb of their own.
    func predicate(of pieces: [Range<Int>]) -> Predicate? {
        let indices = Array(pieces.joined().prefix(Self.reach))
        guard let start = verb(in: indices) else { return nil }
        var at = start
        var isPlanned = false
        while at < indices.count, at - start < Self.longestGroup {
            let word = reading.words[indices[at]]
            if word.key == Self.to || Self.future.contains(word.key) {
                isPlanned = true
            } else if word.isPunctuation {
                return nil
            } else if word.isName || word.mention != nil {
                // "is an American singer": what it is stands behind it
                guard indices[start..<at].contains(where: { reading.words[$0].isAny(.be) }),
                    reading.words[indices[at - 1]].isAny([.determiner, .conjunction])
                        || reading.words[indices[at - 1]].mention != nil
                else { return nil }
            } else if !word.isAny([.auxiliary, .negation, .determiner, .preposition, .stop]), !word.isAdverb {
                at = head(of: at, after: start, in: indices)
                let stem = stem(at: indices[at], before: indices.last ?? indices[at])
                let isDone = Signer.negating.contains(stem) || Signer.managing.contains(stem)
                guard isDone || isPlan(word), let next = infinitive(behind: at, in: indices) else {
                    let first = reading.words[indices[start]]
                    let isPassive = indices[start..<at].contains { reading.words[$0].isAny(.be) }
                    return Predicate(
                        stem: Vocabulary.opposite(stem) ?? stem,
                        agent: isPassive ? agent(behind: at, in: indices) : agent(before: start, in: indices),
                        verb: isPassive ? nil : first.span.start,
                        isDefinite: isKnown(isPassive ? indices[..<start] : indices[(at + 1)...]),
                        auxiliary: first.isAny(.auxiliary) ? first.span : nil, isPlanned: isPlanned)
                }
                if !isDone { isPlanned = true }
                at = next
                continue
            }
            at += 1
        }
        return nil
    }

    /// Where the noun stands that a phrase behind *is a* is about: *film* in *is an animated comedy film by Weir*; `at` where
    /// no such phrase begins there.
    private func head(of at: Int, after start: Int, in indices: [Int]) -> Int {
        let group = indices[start..<at]
        guard let be = group.lastIndex(where: { reading.words[$0].isAny(.be) }),
            indices[be..<at].contains(where: { reading.words[$0].isAny(.determiner) })
        else { return at }
        var head = at
        var next = at
        while next < indices.count, next - at < Self.longestGroup {
            let word = reading.words[indices[next]]
            let isNumber = word.kind == .number || word.mention != nil && !word.isName
            if word.isPunctuation
                || word.isAny([.stop, .preposition, .conjunction, .relative, .that, .auxiliary, .adverb])
                || next > at && reading.isFiniteVerb(indices[next])
            {
                break
            }
            if !word.isName, !isNumber, next == at || !isParticiple(next, in: indices) { head = next }
            next += 1
        }
        return head
    }

    /// Whether the word is what was done to the noun in front of it: *a film directed by Weir, a wall built in 1890*.
    private func isParticiple(_ at: Int, in indices: [Int]) -> Bool {
        guard at + 1 < indices.count, reading.words[indices[at + 1]].isAny(.preposition),
            reading.words[indices[at + 1]].key != Self.of
        else { return false }
        return FormTable.shared[reading.words[indices[at]].key].contains(.past)
    }

    /// Where the group of the main verb begins: at its finite form, or at the infinitive that all of it depends on.
    private func verb(in indices: [Int]) -> Int? {
        if let first = indices.first, reading.words[first].key == Self.to { return 0 }
        guard let verb = polarity.mainVerb(indices) else { return nil }
        // "the scale used by the centre is old": a participle before "by" is no finite verb
        guard verb > 0, verb + 1 < indices.count, !reading.words[indices[verb]].isAny(.auxiliary),
            reading.words[indices[verb + 1]].key == Self.by
        else { return verb }
        let rest = Array(indices[(verb + 1)...])
        return rest.indices.first { reading.isFiniteVerb(rest[$0]) || reading.words[rest[$0]].isAny(.auxiliary) }
            .map { verb + 1 + $0 } ?? verb
    }

    /// Whether what follows the word with *to* is only planned or expected.
    private func isPlan(_ word: Word) -> Bool { word.isAny(.plans) || Self.plans.contains(word.key) }

    /// Where the infinitive stands that belongs to the word at `at`: *plans to leave*, *asked him to leave*.
    private func infinitive(behind at: Int, in indices: [Int]) -> Int? {
        guard
            let to = (at + 1..<min(at + 3, indices.count)).first(where: { reading.words[indices[$0]].key == Self.to }),
            to + 1 < indices.count
        else { return nil }
        return to + 1
    }

    /// Who is the subject of the verb group that begins at `start`: the name right before it, in front of which stands
    /// nothing that it could depend on. Between the two may be what is said of it, *Weir, the harbour master, gave …*
    private func agent(before start: Int, in indices: [Int]) -> Int? {
        var at = start - 1
        while at >= 0, reading.words[indices[at]].isAdverb { at -= 1 }
        guard at >= 0 else { return nil }
        if reading.words[indices[at]].mark == UInt8(ascii: ",") {
            guard
                let comma = (max(0, at - Self.longestApposition)..<at).last(where: {
                    reading.words[indices[$0]].mark == UInt8(ascii: ",")
                }), comma > 0
            else { return nil }
            at = comma - 1
        }
        guard let mention = mention(at: indices[at]) else { return nil }
        while at > 0, self.mention(at: indices[at - 1]) == mention { at -= 1 }
        while at > 0, reading.words[indices[at - 1]].mark != UInt8(ascii: ",") {
            at -= 1
            if reading.words[indices[at]].isAny([.preposition, .conjunction, .relative]) { return nil }
        }
        return mention
    }

    /// Who is named behind *by* soon after the predicate at `at`.
    private func agent(behind at: Int, in indices: [Int]) -> Int? {
        let near = indices[(at + 1)..<min(at + 1 + Self.longestGroup, indices.count)]
        guard let by = near.firstIndex(where: { reading.words[$0].key == Self.by }) else { return nil }
        for index in indices[(by + 1)..<min(by + 1 + Self.longestGroup, indices.count)] {
            if let mention = mention(at: index) { return mention }
            let word = reading.words[index]
            guard word.isAny([.determiner, .personRole]) || !word.isPunctuation && !word.isAny(.stop) else {
                return nil
            }
        }
        return nil
    }

    /// The mention that the word belongs to: a name, or whom it means.
    private func mention(at index: Int) -> Int? {
        let word = reading.words[index]
        if word.isName, let mention = word.mention { return mention }
        return reading.references.reference(containing: word.span)?.mention
    }

    /// Whether a phrase begins here that means something known: a name, or a noun with *the* or *his*.
    private func isKnown(_ indices: ArraySlice<Int>) -> Bool {
        guard let first = indices.first(where: { !reading.words[$0].isPunctuation && !reading.words[$0].isAny(.that) })
        else { return false }
        return reading.words[first].isName || Self.known.contains(reading.words[first].key)
    }

    private func stem(at index: Int, before end: Int) -> UInt32 {
        var stems = StemReader(reading)
        return stems.stem(at: index, in: index..<end + 1).stem
    }

    /// So many words of a statement are looked at.
    private static let reach = 80
    /// So many words stand at most between a finite verb and what carries the predicate.
    private static let longestGroup = 8
    /// So many words are at most said of somebody between two commas.
    private static let longestApposition = 12
    private static let future = Set(["will", "shall", "'ll", "’ll"].map { Folding.key($0) })
    private static let known = Set(["the", "his", "her", "its", "their", "our", "this"].map { Folding.key($0) })
    private static let to = Folding.key("to")
    private static let by = Folding.key("by")
    private static let of = Folding.key("of")
    private static let plans = Set(
        """
        plan plans planned planning intend intends intended expect expects expected schedule scheduled due set slated want
        wants wanted seek seeks sought hope hopes hoped vow vows vowed promise promises promised agree agrees agreed decide
        decides decided try tries tried attempt attempts attempting request requests requested ask asks asked order orders
        ordered demand demands demanded forecast projected predicted likely ready about aim aims aimed propose proposes
        proposed threaten threatens threatened
        """.split { $0 == " " || $0 == "\n" }.map { Folding.key($0) })
}
