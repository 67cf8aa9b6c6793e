import StageKit

/// What the data files say of each word, by the hash of its folded form.
struct Lexicon {
    /// What is known of one word.
    struct Entry {
        /// Its closed classes.
        var classes: WordClasses = []
        /// The verb or noun of saying that it may be.
        var cue: Cue?
    }

    /// The lexicon of the data files that the stage is built with.
    static let shared = Lexicon()

    private let entries: HashTable<Entry>

    /// What is known of the word with this key.
    subscript(key: UInt64) -> Entry? { entries[key] }

    private init() {
        var builder = LexiconBuilder()
        builder.read()
        entries = HashTable(builder.entries)
    }
}

/// Reads the data files.
private struct LexiconBuilder {
    var entries: [UInt64: Lexicon.Entry] = [:]

    mutating func read() {
        for line in DataFile(Embedded.wordClasses).entries + DataFile(Embedded.leads).entries {
            guard let named = WordClasses.named[line.head] else { continue }
            add(line.words, named)
        }
        for line in DataFile(Embedded.hedges).entries {
            add(line.words, line.head == "author" ? .hedge : .uncertain)
        }
        for line in DataFile(Embedded.finiteVerbs).entries { add(line.words, .finite) }
        for line in DataFile(Embedded.stopWords).entries { add(line.words, .stop) }
        for line in DataFile(Embedded.roles).entries {
            add(line.words, line.head == "group" ? .groupRole : .personRole)
            if line.head == "anyone" { add(line.words, .anyone) }
        }
        for line in DataFile(Embedded.cues).entries { add(cue: line) }
    }

    private mutating func add(cue line: DataFile.Entry) {
        var words = line.words(0)
        let kind = words.isEmpty ? "" : words.removeFirst()
        let stance = Cue.stance(line.fields.last)
        switch kind {
        case "verb": add(verb: words, line, stance)
        case "noun":
            let frames = frames(of: line)
            for word in words {
                change(word, lemma: words[0]) {
                    $0.nounStance = stance
                    $0.nounFrames = frames
                }
            }
        case "adjective": for word in words { change(word, lemma: words[0]) { $0.adjectiveStance = stance } }
        default: break
        }
    }

    private mutating func change(_ word: some StringProtocol, lemma: Substring, _ body: (inout Cue) -> Void) {
        let key = Folding.key(word)
        var cue = entries[key]?.cue ?? Cue()
        if cue.lemma == 0 { cue.lemma = UInt32(truncatingIfNeeded: Folding.key(lemma) >> 20) }
        body(&cue)
        entries[key, default: Lexicon.Entry()].cue = cue
    }

    private mutating func add(_ words: [Substring], _ classes: WordClasses) {
        for word in words { entries[Folding.key(word), default: Lexicon.Entry()].classes.formUnion(classes) }
    }

    private func frames(of line: DataFile.Entry) -> Cue.Frames {
        line.words(1).reduce(into: Cue.Frames()) { $0.formUnion(Cue.Frames.letters[$1] ?? []) }
    }

    private mutating func add(verb words: [Substring], _ line: DataFile.Entry, _ stance: Claim.Stance) {
        guard let forms = VerbForms(words) else { return }
        let frames = frames(of: line)
        let all: [(String, Cue.Form)] = [
            (forms.base, .base), (forms.third, .third), (forms.past, .past), (forms.participle, .participle),
            (forms.progressive, .progressive),
        ]
        for (word, form) in all {
            change(word, lemma: words[0]) { cue in
                // a form that two verbs share ("found") keeps the first one's stance and takes both verbs' frames
                if cue.frames.isEmpty { cue.stance = stance }
                cue.frames.formUnion(frames)
                cue.form.formUnion(form)
            }
        }
    }
}
