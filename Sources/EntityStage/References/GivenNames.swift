import Text

/// Which first names tell a man, and which a woman.
struct GivenNames: Sendable {
    /// Read when a document with a pronoun asks for it.
    static let standard = GivenNames(DataLines(Embedded.givenNames))

    private var names = FlatTable(capacity: 20_000)

    private init(_ lines: DataLines) {
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value: UInt64 = parts[0] == "man" ? 1 : 2
            for name in parts[1].parts(" ") { names.insert(StableHash.of(name.utf8), value) }
        }
    }

    /// Whether a folded first name tells a man, or a woman; nil where it is borne by both or not known.
    func isMan(_ name: UInt64) -> Bool? { names[name].map { $0 == 1 } }
}
