/// The forms that have been joined so far, and those that are to stay apart.
struct FormComponents {
    private var parent: [Int]
    private var members: [[Int]]
    private let rows: [FormRow]
    private let apart: [(form: String, from: String)]

    init(rows: [FormRow], apart: [(form: String, from: String)]) {
        self.rows = rows
        let forms = Set(rows.map(\.key.form))
        self.apart = apart.filter { forms.contains($0.form) && forms.contains($0.from) }
        parent = Array(rows.indices)
        members = rows.indices.map { [$0] }
    }

    /// The row that stands for the component of a row: the first of its members.
    func root(of row: Int) -> Int {
        var row = row
        while parent[row] != row { row = parent[row] }
        return row
    }

    /// Joins two components; false where a decision keeps them apart.
    mutating func join(_ a: Int, _ b: Int) -> Bool {
        let (low, high) = (min(root(of: a), root(of: b)), max(root(of: a), root(of: b)))
        guard low != high else { return true }
        if !apart.isEmpty {
            let left = Set(members[low].map { rows[$0].key.form })
            let right = Set(members[high].map { rows[$0].key.form })
            for pair in apart
            where left.contains(pair.form) && right.contains(pair.from)
                || right.contains(pair.form) && left.contains(pair.from)
            {
                return false
            }
        }
        parent[high] = low
        members[low] += members[high]
        members[high] = []
        return true
    }

    /// The components, each with its rows in order, by their first rows.
    var all: [[Int]] { parent.indices.filter { parent[$0] == $0 }.map { members[$0].sorted() } }
}
