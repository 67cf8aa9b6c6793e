import Text

/// The hashes of small words that rules ask for by name: an atom is the word where its hash is.
enum SmallWord {
    static let of = hash("of")
    static let `for` = hash("for")
    static let to = hash("to")
    static let the = hash("the")
    static let a = hash("a")
    static let an = hash("an")
    static let and = hash("and")
    static let or = hash("or")
    static let `in` = hash("in")
    static let its = hash("its")
    static let also = hash("also")
    static let `as` = hash("as")
    static let more = hash("more")
    static let current = hash("current")
    static let he = hash("he")
    static let s = hash("s")
    static let i = hash("i")

    /// The hash of a word in small letters without marks.
    static func hash(_ word: String) -> UInt64 { StableHash.of(word.utf8) }
}
