import StageKit

/// What a name means depends on its form and on whether it names a person, a place or something else; for a form that
/// its document explains (a surname, an acronym), on the form that explains it; and for a surname behind a title, on
/// the title.
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

        /// By number: a case with a text as its raw value is hashed by that text unless told otherwise.
        func hash(into hasher: inout Hasher) { hasher.combine(self == .person ? 0 : self == .place ? 1 : 2) }
    }

    /// The normal form.
    var form: String
    var family: Family
    /// The form that explains this one in its document; empty where there is none.
    var target = ""
    /// The title that tells whom a surname means: "captain"; empty where none does.
    var title = ""

    init(_ form: String, _ family: Family, target: String = "", title: String = "") {
        self.form = form
        self.family = family
        self.target = target
        self.title = title
    }

    /// Whether neither its document nor a title tells more than the form itself.
    var isPlain: Bool { target.isEmpty && title.isEmpty }

    /// The row of the fold's table.
    var foldKey: FoldKey {
        // as `FoldKey(parts:)` writes a list of these, without making the list
        var writer = ByteWriter()
        writer.reserve(form.utf8.count + target.utf8.count + title.utf8.count + 16)
        writer.write(form)
        writer.write(family.rawValue)
        if !isPlain { writer.write(target) }
        if !title.isEmpty { writer.write(title) }
        return FoldKey(writer.bytes)
    }

    /// Reads a row's key; nil for bytes that are none.
    init?(_ key: FoldKey) {
        var reader = ByteReader(key.bytes)
        guard let key = try? Self.read(&reader), reader.isAtEnd else { return nil }
        self = key
    }

    private static func read(_ reader: inout ByteReader) throws(LayerError) -> FormKey? {
        let form = try reader.string()
        guard let family = Family(rawValue: try reader.string()) else { return nil }
        return FormKey(
            form, family, target: reader.isAtEnd ? "" : try reader.string(),
            title: reader.isAtEnd ? "" : try reader.string())
    }

    static func < (a: FormKey, b: FormKey) -> Bool { a.foldKey < b.foldKey }
}
