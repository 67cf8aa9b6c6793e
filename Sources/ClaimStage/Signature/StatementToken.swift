import StageKit

/// What a statement is compared by, in 32 bits: the hash of a stem or of an entity, how much it tells, and for an entity
/// its kind. Sorted by hash, two lists of tokens are compared in one go.
enum StatementToken {
    /// The bits of the hash.
    static let wordMask: UInt32 = 1 << 24 - 1
    private static let weightShift: UInt32 = 24
    private static let nameBit: UInt32 = 1 << 26
    private static let kindShift: UInt32 = 27
    private static let antonymBit: UInt32 = 1 << 30
    private static let dateBit: UInt32 = 1 << 31

    /// The token of a stem.
    static func word(_ stem: UInt32) -> UInt32 {
        stem | Vocabulary.weight(stem) << weightShift | (Vocabulary.antonyms(stem).isEmpty ? 0 : antonymBit)
    }

    /// The token of an entity.
    static func name(_ entity: UInt32, _ kind: Mention.Kind) -> UInt32 {
        entity & wordMask | 3 << weightShift | nameBit | UInt32(
            kind == .modifier ? Mention.Kind.place.rawValue : min(kind.rawValue, 7)) << kindShift
    }

    /// The token of a date or a number as it stands in the text.
    static func value(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) & wordMask | 2 << weightShift }

    /// The token of a date as it stands in the text.
    static func date(_ hash: UInt64) -> UInt32 { value(hash) | dateBit }

    /// The token of a name that is only part of a title: it tells little, and nobody is meant by it.
    static func title(_ entity: UInt32) -> UInt32 { entity & wordMask | 1 << weightShift }

    /// The hash.
    static func hash(_ token: UInt32) -> UInt32 { token & wordMask }
    /// How much it tells: 1, 3 or 5 for a word by its class, 6 for an entity.
    static func weight(_ token: UInt32) -> Int { isName(token) ? 6 : max(1, 2 * Int(token >> weightShift & 3) - 1) }
    /// Whether it is an entity.
    static func isName(_ token: UInt32) -> Bool { token & nameBit != 0 }
    /// Whether it is a date.
    static func isDate(_ token: UInt32) -> Bool { token & dateBit != 0 }
    /// Whether there are words that say the contrary.
    static func hasAntonyms(_ token: UInt32) -> Bool { token & antonymBit != 0 }
    /// The bit of its kind among those of entities; 0 for a word.
    static func kindBit(_ token: UInt32) -> UInt8 {
        isName(token) ? 1 << UInt8(truncatingIfNeeded: token >> kindShift & 7) : 0
    }
}
