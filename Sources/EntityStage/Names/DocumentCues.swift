import StageKit

/// What the rest of a document tells about a word: hints from all places where it stands, for each of them.
struct DocumentCues {
    /// One bit a hint.
    struct Hints: OptionSet {
        let rawValue: UInt32
        /// It stands somewhere in small letters.
        static let small = Hints(rawValue: 1)
        /// It stands somewhere with a capital that no sentence's beginning gave it.
        static let inside = Hints(rawValue: 2)
        /// A title stands before it somewhere.
        static let titled = Hints(rawValue: 4)
        /// A first name or an initial stands before it somewhere.
        static let surname = Hints(rawValue: 8)
        /// A preposition of place stands before it somewhere.
        static let located = Hints(rawValue: 16)
        /// A word that closes the name of an organization stands behind it somewhere.
        static let headed = Hints(rawValue: 32)
        /// A verb of saying stands beside it somewhere.
        static let speaks = Hints(rawValue: 64)
        /// A capitalized word stands directly before or behind it somewhere.
        static let joined = Hints(rawValue: 128)
        /// It stands alone somewhere.
        static let alone = Hints(rawValue: 256)

        /// The rules' word for a kind, sure or guessed.
        static func ruled(_ kind: Mention.Kind, sure: Bool) -> Hints {
            let place: UInt32 =
                switch kind {
                case .person: 0
                case .organization: 1
                case .place: 2
                default: 3
                }
            return Hints(rawValue: 1 << (9 + 2 * place + (sure ? 0 : 1)))
        }
    }

    private var table: FlatTable

    init(reading: Reading, ruled: [FoundName]) {
        let atoms = reading.atoms
        var hints = FlatTable(capacity: max(64, atoms.count / 8))
        for (k, sentence) in reading.sentences.enumerated() {
            let isPlain = !reading.isHeadline[k] && !reading.isShouted[k]
            for k in sentence where atoms[k].isWord && atoms[k].isCapital {
                let found = isPlain ? Self.hints(at: k, atoms, sentence) : []
                hints.insert(atoms[k].hash, UInt64(found.rawValue)) { $0 | $1 }
            }
        }
        for name in ruled {
            for k in name.range where atoms[k].isWord && atoms[k].isCapital {
                hints.insert(atoms[k].hash, UInt64(Hints.ruled(name.kind, sure: name.isSure).rawValue)) { $0 | $1 }
            }
        }
        for atom in atoms where atom.isWord && !atom.isCapital && !atom.has(.inner) {
            hints.update(atom.hash) { $0 | UInt64(Hints.small.rawValue) }
        }
        table = hints
    }

    /// The hints about a word.
    subscript(hash: UInt64) -> Hints { Hints(rawValue: UInt32(truncatingIfNeeded: table[hash] ?? 0)) }

    private static func hints(at k: Int, _ atoms: [Atom], _ sentence: Range<Int>) -> Hints {
        let atom = atoms[k]
        var hints: Hints = []
        if !atom.shape.contains(.opens) { hints.insert(.inside) }
        var isJoined = false
        if k > sentence.lowerBound {
            var before = atoms[k - 1]
            if before.isMark("."), k - 1 > sentence.lowerBound, atoms[k - 2].end - atoms[k - 2].start <= 4 {
                before = atoms[k - 2]
            }
            if before.isWord {
                if before.has(.title) { hints.insert(.titled) }
                if before.isCapital {
                    isJoined = true
                    if before.has(.firstName) || before.end - before.start == 1 { hints.insert(.surname) }
                }
                if before.has(.locative), !before.isCapital { hints.insert(.located) }
                if before.has(.speech), !before.isCapital { hints.insert(.speaks) }
            }
        }
        if k + 1 < sentence.upperBound {
            let next = atoms[k + 1]
            if next.isWord {
                if next.isCapital { isJoined = true }
                if next.has(.organizationHead), next.isCapital { hints.insert(.headed) }
                if next.has(.speech), !next.isCapital { hints.insert(.speaks) }
            }
        }
        hints.insert(isJoined ? .joined : .alone)
        return hints
    }
}
