import StageKit

/// The row of a form in the table, read.
struct FormRow {
    let key: FormKey
    let words: [NameWord]
    /// The words of a person's name without titles; all words of other names.
    let core: [NameWord]
    /// Votes told and guessed, by kind.
    private(set) var sure: [Mention.Kind: Int] = [:]
    private(set) var guessed: [Mention.Kind: Int] = [:]
    /// The spelling that most mentions have; empty for a form that only links name.
    private(set) var surface = ""
    /// How often the form is mentioned.
    private(set) var count = 0
    private(set) var links: [(role: Evidence.Role, reason: Evidence.Reason, key: FormKey)] = []

    init?(_ row: FoldRow) {
        guard let key = FormKey(row.key) else { return nil }
        self.key = key
        words = NameWord.words(of: key.form)
        core = key.family == .person ? PersonName.core(words) : words
        var most = 0
        for element in row.elements {
            switch Evidence(element.bytes) {
            case .kind(let kind, isSure: true)?: sure[kind, default: 0] += element.count
            case .kind(let kind, isSure: false)?: guessed[kind, default: 0] += element.count
            case .surface(let text)?:
                count += element.count
                if element.count > most {
                    most = element.count
                    surface = text
                }
            case .link(let role, let reason, let key)?: links.append((role, reason, key))
            case nil: break
            }
        }
    }

    /// Whether some document has the form.
    var isMentioned: Bool { !surface.isEmpty }
    /// How to name the form in a reason.
    var shown: String { surface.isEmpty ? key.form : surface }
}
