import StageKit

/// What a name means depends on its form and on whether it names a person, a place or something else; and, for a form
/// that its document explains (a surname, an acronym), on the form that explains it.
struct FormKey: Hashable, Comparable {
    /// What names of one form are told apart by.
    enum Family: String, CaseIterable {
        case person, place, name

        init(_ kind: Mention.Kind) {
            switch kind {
            case .person: self = .person
            case .place: self = .place
            default: self = .name
            }
        }
    }

    /// The normal form.
    var form: String
    var family: Family
    /// The form that explains this one in its document; empty where there is none.
    var target = ""

    init(_ form: String, _ family: Family, target: String = "") {
        self.form = form
        self.family = family
        self.target = target
    }

    /// The row of the fold's table.
    var foldKey: FoldKey {
        target.isEmpty ? FoldKey(form, family.rawValue) : FoldKey(form, family.rawValue, target)
    }

    /// Reads a row's key; nil for bytes that are none.
    init?(_ key: FoldKey) {
        guard let parts = try? key.parts(), parts.count == 2 || parts.count == 3,
            let family = Family(rawValue: parts[1])
        else { return nil }
        self.init(parts[0], family, target: parts.count == 3 ? parts[2] : "")
    }

    static func < (a: FormKey, b: FormKey) -> Bool { a.foldKey < b.foldKey }
}
