import StageKit

/// A word that may say that somebody says or thinks something, and what may stand around it.
struct Cue {
    /// What may stand around a verb of saying.
    struct Frames: OptionSet {
        let rawValue: UInt32

        static let speech = Frames(rawValue: 1)
        static let that = Frames(rawValue: 2)
        static let bare = Frames(rawValue: 4)
        static let wh = Frames(rawValue: 8)
        static let object = Frames(rawValue: 16)
        static let parenthetical = Frames(rawValue: 32)
        static let infinitive = Frames(rawValue: 64)
        static let passive = Frames(rawValue: 128)
        static let clausal = Frames(rawValue: 256)
        static let nounlike = Frames(rawValue: 512)
        static let request = Frames(rawValue: 1024)
        static let characterisation = Frames(rawValue: 2048)
        static let nominal = Frames(rawValue: 4096)
        static let prepositional = Frames(rawValue: 8192)
        static let voicing = Frames(rawValue: 16384)
        static let intention = Frames(rawValue: 32768)
        static let quoting = Frames(rawValue: 1 << 16)
        static let impersonal = Frames(rawValue: 1 << 17)
        static let factive = Frames(rawValue: 1 << 18)
        static let particled = Frames(rawValue: 1 << 19)

        static let letters: [Substring: Frames] = [
            "s": .speech, "t": .that, "b": .bare, "w": .wh, "o": .object, "p": .parenthetical, "f": .infinitive,
            "h": .passive, "c": .clausal, "n": .nounlike,
            "i": .intention, "r": .request, "m": .characterisation, "d": .nominal, "q": .prepositional,
            "v": .voicing, "k": .quoting, "x": .impersonal, "e": .factive, "u": .particled,
        ]
    }

    /// The forms of a verb; a form may be two of them (`claimed`).
    struct Form: OptionSet {
        let rawValue: UInt8

        static let base = Form(rawValue: 1)
        static let third = Form(rawValue: 2)
        static let past = Form(rawValue: 4)
        static let participle = Form(rawValue: 8)
        static let progressive = Form(rawValue: 16)
    }

    /// The word in its first form, as a hash; of a form that two words share, the first one in the file.
    var lemma: UInt32 = 0
    /// What may stand around it; empty for a form that is no verb.
    var frames: Frames = []
    /// Which form of the verb it is.
    var form: Form = []
    /// How the text stands to what follows the verb.
    var stance: Claim.Stance = .asserted
    /// How the text stands to what follows the noun; nil for what is none.
    var nounStance: Claim.Stance?
    /// What may stand behind the noun, with its owner before it.
    var nounFrames: Frames = []
    /// How the text stands to what follows the adjective; nil for what is none.
    var adjectiveStance: Claim.Stance?

    /// The stance of a name in a data file.
    static func stance(_ name: Substring?) -> Claim.Stance {
        Claim.Stance.allCases.first { $0.label == name.map(String.init) } ?? .asserted
    }
}
