import Model

/// The numbers of the tables and charts that have a label, in the order of the notebook.
struct FigureNumbers: Sendable {
    private var names: [String: String] = [:]
    /// What is wrong with labels and with references to them, each problem with its cell.
    private(set) var problems: [(problem: QueryProblem, cell: Cell)] = []
    private var counts: [CellKind: Int] = [:]
    private var references: [Cell] = []

    /// The numbers of the cells among `parts`.
    init(_ parts: [Notebook.Part]) {
        take(parts, isRepeated: false)
        for cell in references {
            let label = cell.fields["name"]?.text.trimmed ?? ""
            guard names[label] == nil else { continue }
            let known = names.keys.sorted()
            problems.append(
                (
                    QueryProblem(
                        "no table or chart has the label '\(label)'",
                        hint: NearName.hint(label, among: known)
                            ?? (known.isEmpty
                                ? "A table or a chart gets one by 'label:'."
                                : "There are \(known.map { "'\($0)'" }.joined(separator: ", "))."),
                        id: "unknown-label"),
                    cell
                ))
        }
        references = []
    }

    private mutating func take(_ parts: [Notebook.Part], isRepeated: Bool) {
        for part in parts {
            switch part {
            case .markdown, .frontMatter: break
            case .value(let cell), .cell(let cell):
                references += cell.parts.filter { $0.kind == .ref }
                if let label = cell.fields["label"]?.text.trimmed { take(label, of: cell, isRepeated: isRepeated) }
            case .section(let section):
                take(section.parts, isRepeated: isRepeated || section.cell.fields["each"] != nil)
            }
        }
    }

    private mutating func take(_ label: String, of cell: Cell, isRepeated: Bool) {
        func report(_ message: String, hint: String? = nil) {
            problems.append((QueryProblem(message, hint: hint, id: "label"), cell))
        }
        if label.isEmpty || MarkdownText.slug(label, longest: 80) != label {
            return report(
                "'\(label)' is no label", hint: "A label has small letters of ASCII, digits and single hyphens.")
        }
        if isRepeated { report("a cell that is repeated can't have a label: it would have many numbers") }
        if cell.fields["caption"] == nil {
            report("a cell with a label needs a caption, before which its number stands")
        }
        if names[label] != nil { return report("two cells have the label '\(label)'") }
        counts[cell.kind, default: 0] += 1
        names[label] = "\(cell.kind == .table ? "Table" : "Figure") \(counts[cell.kind] ?? 0)"
    }

    /// `Table 2`, `Figure 1`; nil for a label that no cell has.
    func name(_ label: String) -> String? { names[label] }

    /// The place in the report to which a reference to `label` leads.
    static func anchor(_ label: String) -> String { "ref-\(label)" }
}
