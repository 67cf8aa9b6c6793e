import StageKit

/// What the five pointers look at for one cue.
package struct PointerFeatures {
    let atoms: Atoms
    /// The words among which the cue finds its source and content.
    let range: Range<Int>
    /// The index of the cue.
    let cue: Int
    /// The verb, noun or adjective, whatever its form.
    let lemma: UInt32
    let form: UInt32
    private let frames: UInt32
    /// Where the words begin that belong to the verb: auxiliaries, adverbs.
    let groupStart: Int
    let group: UInt32
    let clauseOpener: UInt32

    package init(_ reading: Reading, _ atoms: Atoms, cue index: Int, in range: Range<Int>) {
        self.atoms = atoms
        self.range = range
        cue = index
        let word = reading.words[index]
        lemma = word.cue?.lemma ?? 0
        form =
            UInt32(word.cue?.form.rawValue ?? 0) | (word.cue?.nounStance != nil ? 64 : 0)
            | (word.cue?.adjectiveStance != nil ? 128 : 0)
        frames = UInt32(Self.surroundings(word.cue?.frames ?? []).rawValue)
        // the auxiliaries and adverbs before the cue
        var start = index, bits: UInt32 = 0
        while start > range.lowerBound, index - start < 6 {
            switch atoms.atoms[start - 1].kind {
            case .be: bits |= 1
            case .auxiliary: bits |= 2
            case .negation: bits |= 4
            case .to: bits |= 8
            case .adverb: bits |= 16
            default:
                if !reading.words[start - 1].isAdverb || reading.words[start - 1].isAny([.determiner, .pronoun]) {
                    bits |= 32
                }
            }
            if bits & 32 != 0 { break }
            start -= 1
        }
        groupStart = start
        group = bits & 31
        // the nearest word before that opens a clause: "while", "which", "that", a comma
        var opener: UInt32 = 0
        for at in stride(from: start - 1, through: max(range.lowerBound, start - 14), by: -1) {
            let kind = atoms.atoms[at].kind
            if kind == .subordinator || kind == .relative || kind == .clausal || kind == .that || kind == .comma
                || kind == .quote || kind == .pause || kind == .conjunction
            {
                opener = UInt32(kind.rawValue) + 1
                break
            }
        }
        clauseOpener = opener
    }

    /// The frames that say what stands around the word; an infinitive is one, whatever it is taken for.
    private static func surroundings(_ frames: Cue.Frames) -> Cue.Frames {
        frames.subtracting([.voicing, .intention, .factive, .particled]).union(
            frames.contains(.intention) ? .infinitive : [])
    }

    @inline(__always) func at(_ index: Int) -> Atoms.Atom { atoms.at(index, range) }
    @inline(__always) func kind(_ index: Int) -> UInt32 { UInt32(atoms.at(index, range).kind.rawValue) }
    @inline(__always) func word(_ index: Int) -> UInt32 { atoms.at(index, range).word }

    static func bucket(_ count: Int) -> UInt32 {
        switch count {
        case ..<0: 15
        case 0...5: UInt32(count)
        case 6...7: 6
        case 8...10: 7
        case 11...15: 8
        case 16...22: 9
        case 23...35: 10
        default: 11
        }
    }

    /// Features of the kind.
    package func kind(into out: inout FeatureBuffer) {
        out.clear()
        let c = cue
        let right = kind(c + 1), right2 = kind(c + 2), left = kind(groupStart - 1), left2 = kind(groupStart - 2)
        out.add(0, 1)
        out.add(1, word(c))
        out.add(2, lemma)
        out.add(3, form, group)
        out.add(4, frames)
        out.add(5, lemma, form, group)
        out.add(6, lemma, word(c + 1))
        out.add(7, lemma, right)
        out.add(8, lemma, right, right2)
        out.add(9, lemma, left)
        out.add(10, form, left, right)
        out.add(11, right, right2, kind(c + 3))
        out.add(12, frames, right, right2)
        out.add(13, word(c + 1))
        out.add(14, word(c + 2), right)
        out.add(15, word(c - 1), form)
        out.add(16, left, left2, form)
        out.add(17, word(groupStart - 1), right)
        out.add(18, kind(c - 1), kind(c - 2), form)
        out.add(19, right, right2, form)
        out.add(20, at(c).isQuoted ? 1 : 0, at(c + 1).isQuoted ? 1 : 0, at(groupStart - 1).isQuoted ? 1 : 0)
        out.add(21, frames, form, group)
        out.add(22, frames, right, left)
        // what follows within reach
        var firstThat: UInt32 = 15, firstTo: UInt32 = 15, firstStop: UInt32 = 15, firstVerb: UInt32 = 15
        var firstQuote: UInt32 = 15
        for step in 1...10 {
            let here = at(c + step)
            let distance = UInt32(min(step, 6))
            switch here.kind {
            case .that: if firstThat == 15, firstStop == 15 { firstThat = distance }
            case .to: if firstTo == 15, firstStop == 15 { firstTo = distance }
            case .comma, .pause, .stop, .outside: if firstStop == 15 { firstStop = distance }
            case .finite, .be, .auxiliary: if firstVerb == 15, firstStop == 15 { firstVerb = distance }
            case .quote: if firstQuote == 15 { firstQuote = distance }
            default: break
            }
        }
        out.add(23, firstThat, frames)
        out.add(24, firstTo, frames)
        out.add(25, firstTo, lemma)
        out.add(26, firstStop, right)
        out.add(27, firstVerb, right, frames)
        out.add(28, firstVerb, lemma)
        out.add(29, firstQuote, firstStop)
        out.add(30, firstThat, firstVerb, firstStop)
        // what stands before
        let before = Int(at(c).verbs - atoms.atoms[range.lowerBound].verbs)
        out.add(31, Self.bucket(min(before, 3)), form, right)
        out.add(32, Self.bucket(c - range.lowerBound), right)
        out.add(33, kind(range.lowerBound), right)
        out.add(34, clauseOpener, right)
        out.add(35, clauseOpener, form, left)
        var comma: UInt32 = 15, quote: UInt32 = 15
        for step in 1...14 {
            let here = at(groupStart - step).kind
            if here == .comma, comma == 15 { comma = UInt32(min(step, 7)) }
            if here == .quote, quote == 15 { quote = UInt32(min(step, 7)) }
            if here == .outside { break }
        }
        out.add(36, comma, right)
        out.add(37, quote, right)
        out.add(38, comma, quote, firstStop)
        out.add(39, frames, comma, firstStop)
        out.add(40, Self.bucket(min(3, Int(atoms.atoms[range.upperBound - 1].verbs - at(c).verbs))), frames, right)
        out.add(41, right, kind(range.upperBound - 1), Self.bucket(range.upperBound - c))
        out.add(42, lemma, firstStop, comma == 15 ? 0 : 1)
        out.add(43, word(c + 1), word(c + 2))
    }

    /// The places at which the content may begin.
    package func contentStarts(_ kind: PointerKind) -> Range<Int> {
        kind == .before
            ? range.lowerBound..<max(range.lowerBound, cue)
            : min(cue + 1, range.upperBound)..<min(cue + 20, range.upperBound)
    }

    /// Features of a content that begins at `index`.
    package func contentStart(_ index: Int, _ kind: PointerKind, into out: inout FeatureBuffer) {
        out.clear()
        let k = UInt32(kind.rawValue)
        let here = self.kind(index), before = self.kind(index - 1), next = self.kind(index + 1)
        let isBefore = kind == .before
        let distance = isBefore ? Self.bucket(index - range.lowerBound) : Self.bucket(index - cue - 1)
        let a = isBefore ? atoms.atoms[range.lowerBound] : atoms.atoms[cue]
        let b = atoms.atoms[index]
        let commas = UInt32(min(3, b.commas - a.commas)), verbs = UInt32(min(3, b.verbs - a.verbs))
        let quotes = UInt32(min(3, b.quotes - a.quotes))
        out.add(1, k, distance)
        out.add(2, k, here)
        out.add(3, k, word(index))
        out.add(4, k, before)
        out.add(5, k, word(index - 1))
        out.add(6, k, before, here)
        out.add(7, k, here, next)
        out.add(8, k << 8 | before, here, next)
        out.add(9, k, lemma, here)
        out.add(10, k, lemma, word(index))
        out.add(11, k, lemma, word(index - 1))
        out.add(12, k, commas, verbs)
        out.add(13, k, quotes, here)
        out.add(14, k << 8 | commas, before, here)
        out.add(15, k << 8 | verbs, before, here)
        out.add(16, k, distance, here)
        out.add(17, k, distance, before)
        out.add(18, k << 1 | (b.isQuoted ? 1 : 0), atoms.at(index - 1, range).isQuoted ? 1 : 0, before)
        out.add(19, k, word(index - 1), here)
        out.add(20, k, word(index), next)
        out.add(21, k << 8 | group, before, here)
        out.add(22, k, frames, before)
        out.add(23, k << 8 | commas, lemma, before)
        out.add(24, k, Self.bucket(Int(b.nouns - a.nouns)), here)
        if isBefore {
            out.add(25, distance, clauseOpener, here)
            out.add(26, Self.bucket(cue - index), here)
        } else {
            // whether a verb follows in the same clause
            var verb: UInt32 = 0
            for step in 0..<8 {
                let kind = at(index + step).kind
                if kind == .comma || kind == .stop || kind == .outside { break }
                if kind == .finite || kind == .be || kind == .auxiliary {
                    verb = UInt32(step) + 1
                    break
                }
            }
            out.add(27, k, verb, here)
            out.add(28, k << 8 | verb, before, here)
        }
    }

    /// The places at which a content that begins at `start` may end, as the last word of it.
    package func contentEnds(_ kind: PointerKind, from start: Int) -> Range<Int> {
        let end = kind == .before ? cue : range.upperBound
        return start..<max(start, min(end, start + 90))
    }

    /// Whether the content may end behind the word at `index`: something stands there at which contents end.
    @inline(__always)
    package func mayEnd(_ index: Int, _ kind: PointerKind) -> Bool {
        switch atoms.at(index + 1, range).kind {
        case .noun, .number, .possessive, .plural, .negation: return false
        default:
            switch atoms.atoms[index].kind {
            case .determiner: return kind == .before ? false : atoms.at(index + 1, range).kind == .outside
            default: return true
            }
        }
    }

    /// Features of a content from `start` whose last word is at `index`.
    package func contentEnd(_ index: Int, from start: Int, _ kind: PointerKind, into out: inout FeatureBuffer) {
        out.clear()
        let k = UInt32(kind.rawValue)
        let here = self.kind(index), next = self.kind(index + 1), after = self.kind(index + 2)
        let a = atoms.atoms[start], b = atoms.atoms[index]
        let limit = kind == .before ? groupStart : range.upperBound
        let rest = Self.bucket(limit - index - 1)
        let commas = UInt32(min(3, b.commas - a.commas)), verbs = UInt32(min(3, b.verbs - a.verbs))
        let quotes = UInt32(b.quotes - a.quotes) & 1
        let last = atoms.atoms[max(index, min(limit, range.upperBound) - 1)]
        let restVerbs = UInt32(min(3, max(0, last.verbs - b.verbs)))
        let isQuoted: UInt32 =
            (b.isQuoted ? 1 : 0) | (atoms.at(index + 1, range).isQuoted ? 2 : 0) | (a.isQuoted ? 4 : 0)
        out.add(1, k, rest)
        out.add(2, k, here)
        out.add(3, k, word(index))
        out.add(4, k, next)
        out.add(5, k, word(index + 1))
        out.add(6, k, here, next)
        out.add(7, k, next, after)
        out.add(8, k << 8 | here, next, after)
        out.add(9, k, word(index + 1), after)
        out.add(10, k, word(index + 1), word(index + 2))
        out.add(11, k, Self.bucket(index - start), next)
        out.add(12, k, commas, next)
        out.add(13, k, verbs, next)
        out.add(14, k << 8 | verbs, commas, next)
        out.add(15, k, quotes << 4 | isQuoted, next)
        out.add(16, k << 8 | (quotes << 4 | isQuoted), next, after)
        out.add(17, k, lemma, next)
        out.add(18, k, restVerbs, next)
        out.add(19, k << 8 | restVerbs, next, after)
        out.add(20, k, clauseOpener, next)
        out.add(21, k << 8 | clauseOpener, next, after)
        out.add(22, k, rest, next)
        out.add(23, k << 8 | verbs, here, next)
        out.add(24, k, self.kind(start), next)
        out.add(25, k << 8 | self.kind(start), verbs, next)
        out.add(26, k, word(index), next)
        out.add(27, k, self.kind(index - 1), here << 8 | next)
        out.add(28, k << 8 | restVerbs, word(index + 1), after)
        out.add(29, k << 8 | (UInt32(form)), next, after)
        // whether a finite verb comes right behind a boundary, before another one
        var verb: UInt32 = 0
        for step in 2..<9 {
            let kind = at(index + step).kind
            if kind == .comma || kind == .stop || kind == .outside || kind == .quote { break }
            if kind == .finite || kind == .be || kind == .auxiliary {
                verb = UInt32(step)
                break
            }
        }
        out.add(30, k << 8 | verb, next, after)
        out.add(31, k << 8 | verbs, word(index + 1), verb)
    }
}
