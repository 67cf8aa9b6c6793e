/// Names of persons by their last and their first words, without titles.
struct PersonIndex {
    /// Whether "Bill" is "William": in one text he is, in a corpus there are many.
    private let nicknames: Bool
    private var words: [Int: [NameWord]] = [:]
    private var byLast: [NameWord: [Int]] = [:]
    private var byFirst: [NameWord: [Int]] = [:]

    /// How many names a word may have before it tells nobody apart: then all of them are given, which leaves doubt.
    private static let most = 64

    init(nicknames: Bool) { self.nicknames = nicknames }

    /// Adds a name of two or more words; a shorter one is longer than none.
    mutating func add(_ id: Int, _ words: [NameWord]) {
        guard words.count >= 2, let first = words.first, let last = words.last else { return }
        self.words[id] = words
        byLast[last, default: []].append(id)
        byFirst[first, default: []].append(id)
    }

    /// The names that this one may be short for, in the order in which they were added; by surname where one has it.
    func longer(than short: [NameWord]) -> [Int] {
        guard let last = short.last, let first = short.first else { return [] }
        var candidates = byLast[last] ?? []
        if short.count == 1 { candidates += byFirst[last] ?? [] }
        // the family name may come first elsewhere
        if short.count > 1 { candidates += byLast[first] ?? [] }
        if short.count > 1 { candidates += byFirst[last] ?? [] }
        guard candidates.count <= Self.most else { return candidates }
        return candidates.filter { id in
            words[id].map { PersonName.isShort(short, for: $0, nicknames: nicknames) } ?? false
        }
    }
}
