import StageKit

/// Whether each person of a document is a man or a woman, by titles, first names and the document's own pronouns.
struct PersonSexes {
    /// By the form that stands for the person: above zero for a man, below for a woman.
    private var votes: [Int: Int] = [:]

    /// Reads titles and first names.
    init(_ forms: DocumentForms) {
        let cues = PersonCues(reading: forms.reading)
        for (k, name) in forms.names.enumerated() where name.kind == .person && !forms.dropped.contains(k) {
            let root = forms.root(of: forms.formOfName[k])
            if let isMan = cues.title(before: name.range).flatMap(PersonWords.standard.isMan) {
                votes[root, default: 0] += isMan ? Self.title : -Self.title
            } else if let isMan = Self.honorific(before: name.range, forms.reading) {
                votes[root, default: 0] += isMan ? Self.title : -Self.title
            }
        }
        for (k, form) in forms.forms.enumerated() where form.family == .person {
            let core = PersonName.core(form.words)
            guard core.count > 1, let first = core.first, let isMan = GivenNames.standard.isMan(first.key) else {
                continue
            }
            votes[forms.root(of: k), default: 0] += isMan ? Self.firstName : -Self.firstName
        }
    }

    private static let title = 100
    private static let firstName = 3

    /// "Mr", "Mrs." right before the name.
    private static func honorific(before name: Range<Int>, _ reading: Reading) -> Bool? {
        var k = name.lowerBound - 1
        if k > 0, reading.atoms[k].isMark(".") { k -= 1 }
        guard k >= 0, reading.atoms[k].isWord, reading.atoms[k].sentence == reading.atoms[name.lowerBound].sentence
        else { return nil }
        return PersonWords.standard.isMan(reading.form(k..<k + 1))
    }

    /// Whether the person is a man, or a woman; nil where nothing tells.
    func isMan(_ root: Int) -> Bool? {
        guard let vote = votes[root], vote != 0 else { return nil }
        return vote > 0
    }

    /// Notes that a pronoun that can mean nobody else says so.
    mutating func note(_ root: Int, isMan: Bool) { votes[root, default: 0] += isMan ? 1 : -1 }
}
