/// A column of a table of documents: what people read, what rows are hashed by, and what is stored of it.
///
/// A row repeats nothing that stands elsewhere in the file: words of a document are a place in its text, and texts that
/// many rows have are numbers. Views show the whole values, in plain SQL, and the digest of a table is made of these, so
/// that it says nothing of how they are stored.
struct DocumentColumn: Sendable {
    /// What stands in the table.
    enum Form: Sendable {
        /// The value itself, of this type.
        case value(String)
        /// A whole number under the name `stored`, from which `expression` makes the value of this type.
        case derived(stored: String, expression: String, type: String)
        /// The number of a text that many rows have. One that is searched for is joined to by the view.
        case shared(SharedTexts.Kind)
        /// The number of a document, whose path is the value.
        case document
        /// The number of another row of the document in the table `table`, whose column `column` is the value. The
        /// digest takes in the value, or the number.
        case row(table: String, column: String, isHashedByValue: Bool)
        /// Words somewhere in the text: how far from the row's own place they begin, and how long they are; null for none.
        case passage
        /// The words of the row's own place: nothing is stored.
        case words
        /// The same, unless a text is stored.
        case wordsOrText
        /// Words somewhere in the text, unless a text is stored.
        case passageOrText
        /// A column of the document's own row, of the same name.
        case fact
        /// The document's text, in parts.
        case wholeText
        /// What the view makes of a row by this expression: neither stored nor hashed.
        case shown(@Sendable (_ row: String) -> String)
    }

    let name: String
    let form: Form

    init(_ name: String, _ form: Form) {
        self.name = name
        self.form = form
    }

    /// A text.
    static func text(_ name: String) -> DocumentColumn { DocumentColumn(name, .value("TEXT")) }
    /// A whole number.
    static func integer(_ name: String) -> DocumentColumn { DocumentColumn(name, .value("INTEGER")) }
    /// A number.
    static func real(_ name: String) -> DocumentColumn { DocumentColumn(name, .value("REAL")) }
    /// One of a few labels, stored as its position among them.
    static func choice(_ name: String, _ labels: [String]) -> DocumentColumn {
        let cases = labels.enumerated().map { "when \($0) then '\($1)'" }.joined(separator: " ")
        let code = "\(name)_code"
        return DocumentColumn(name, .derived(stored: code, expression: "case \(code) \(cases) end", type: "TEXT"))
    }
    /// A number with three decimals.
    static func thousandths(_ name: String) -> DocumentColumn {
        let stored = "\(name)_thousandths"
        return DocumentColumn(name, .derived(stored: stored, expression: "\(stored) / 1000.0", type: "REAL"))
    }
    /// A text that many rows have.
    static func shared(_ name: String) -> DocumentColumn { DocumentColumn(name, .shared(.shown)) }
    /// The same, where rows are searched for by it.
    static func searched(_ name: String) -> DocumentColumn {
        DocumentColumn(name, .shared(.searched))
    }

    /// The five columns of a place. The second and those behind it are stored as how far they are from those before:
    /// small numbers take few bytes, and 0 takes none.
    static let place = [
        integer("start"),
        DocumentColumn("end", .derived(stored: "length", expression: "start + length", type: "INTEGER")),
        DocumentColumn("source_start", .derived(stored: "shift", expression: "start + shift", type: "INTEGER")),
        DocumentColumn(
            "source_end", .derived(stored: "spread", expression: "start + shift + length + spread", type: "INTEGER")),
        integer("line"),
    ]

    /// What is stored, each as `create table` has it.
    var stored: [String] {
        switch form {
        case .value(let type): ["\(SQL.name(name)) \(type)"]
        case .derived(let stored, _, _): ["\(stored) INTEGER"]
        case .shared: ["\(number) INTEGER"]
        case .document, .row: ["\(name) INTEGER"]
        case .passage: ["\(name)_at INTEGER", "\(name)_length INTEGER"]
        case .words, .fact, .wholeText, .shown: []
        case .wordsOrText: ["\(name) TEXT"]
        case .passageOrText: ["\(name) TEXT", "\(name)_at INTEGER", "\(name)_length INTEGER"]
        }
    }

    /// What SQLite makes of it when it is asked for, as `create table` has it; nil for what needs nothing made.
    var generated: String? {
        guard case .derived(_, let expression, let type) = form else { return nil }
        return "\(SQL.name(name)) \(type) as (\(expression))"
    }

    /// The column that holds the number of a shared text.
    var number: String { "\(name)_number" }

    /// The value in a row `row`.
    func value(in row: String) -> String {
        switch form {
        case .value, .derived: "\(row).\(SQL.name(name))"
        case .shared(let kind): "(select text from \(kind.rawValue) where k = \(row).\(number))"
        case .document: "(select document from _paths where d = \(row).\(name))"
        case .row(let table, let column, _):
            "(select \(column) from \(table) r where r.d = \(row).d and r.n = \(row).\(name))"
        case .passage: TextParts.cut(row, at: "\(row).start + \(row).\(name)_at", length: "\(row).\(name)_length")
        case .words: TextParts.words(of: row)
        case .wordsOrText: "coalesce(\(row).\(name), \(TextParts.words(of: row)))"
        case .passageOrText:
            """
            coalesce(\(row).\(name), \
            \(TextParts.cut(row, at: "\(row).start + \(row).\(name)_at", length: "\(row).\(name)_length")))
            """
        case .fact: "(select \(name) from _document_rows r where r.d = \(row).d)"
        case .wholeText: TextParts.whole(row)
        case .shown(let expression): expression(row)
        }
    }

    /// What the digest takes in of a row `row`; nil for nothing.
    func hashed(in row: String) -> String? {
        switch form {
        case .row(_, _, false): "\(row).\(name)"
        case .shown: nil
        default: value(in: row)
        }
    }

    /// Whether its value is cut out of the text, and hashed: another text at the same place is another value.
    var isCut: Bool {
        switch form {
        case .passage, .words, .wordsOrText, .passageOrText: true
        default: false
        }
    }

    /// Whether it holds the number of a shared text of this kind.
    func isShared(_ kind: SharedTexts.Kind) -> Bool { if case .shared(kind) = form { true } else { false } }
    /// Whether the view joins the texts to it, so that they can be searched for.
    var isSearched: Bool { isShared(.searched) }
}
