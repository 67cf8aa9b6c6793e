import Text

/// A folded word of a name. Words are compared by their hashes, which is several times as fast as comparing texts and
/// wrong with a probability below 10⁻¹⁴.
struct NameWord: Hashable, Sendable, ExpressibleByStringLiteral {
    let text: String
    /// The hash of an atom that is this word.
    let key: UInt64

    init(_ text: String, key: UInt64) {
        self.text = text
        self.key = key
    }

    init(_ text: some StringProtocol) { self.init(String(text), key: StableHash.of(text.utf8)) }

    init(stringLiteral text: String) { self.init(text) }

    /// The words of a normal form.
    static func words(of form: String) -> [NameWord] {
        form.utf8.split(separator: 0x20).map { NameWord(Substring($0)) }
    }

    static func == (a: NameWord, b: NameWord) -> Bool { a.key == b.key }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension Sequence<NameWord> {
    /// The key of the words one after the other, as ``Reading/formKey(_:)`` gives it.
    var chained: UInt64 { reduce(0) { Lexicon.chain($0, $1.key) } }
}
