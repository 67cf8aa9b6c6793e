/// A column that a query gives, before there are rows.
struct QueryColumn: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case unknown, text, number, evidence }

    let name: String
    /// What its values are, where they are not null.
    let kind: Kind
    /// Whether it is not known what its values are, and they may be the evidence of other columns.
    let mayBeEvidence: Bool

    /// `readsEvidence` says whether there is evidence anywhere in the query.
    init(_ name: String, _ kind: Kind?, readsEvidence: Bool = false) {
        self.name = name
        let isEvidence = name == "evidence" || name.hasSuffix("_evidence")
        self.kind = isEvidence ? .evidence : kind ?? .unknown
        mayBeEvidence = self.kind == .unknown && readsEvidence
    }

    /// What a column of a table holds by its declaration; nil for one that keeps each value's own type.
    static func kind(declared type: String?) -> Kind? {
        switch type?.uppercased() {
        case "TEXT"?: .text
        case "INTEGER"?, "REAL"?: .number
        default: nil
        }
    }
}
