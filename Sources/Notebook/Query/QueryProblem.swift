/// Why a query was not answered.
struct QueryProblem: Error, Hashable, Sendable {
    /// Lower case, no full stop.
    var message: String
    var hint: String?
    /// The byte of the query at which the problem shows; nil for the query as a whole.
    var offset: Int?
    var id: String

    init(_ message: String, hint: String? = nil, offset: Int? = nil, id: String = "sql") {
        self.message = message
        self.hint = hint
        self.offset = offset
        self.id = id
    }
}
