import Project
import Results
import Text

extension LockVerification {
    /// That all is the same, or the first difference, then what it may follow from and which tables differ.
    var text: String { lines.map { $0.printable() }.joined(separator: "\n") }

    private var lines: [String] {
        let inputs = difference.causes.map { "  \($0.words)" }
        let what = "recomputed from \(Wording.count(documents, "document"))"
        guard !isSame else {
            let same = "\(path): same: every table and the report with its charts and pages, \(what)"
            return [same] + (inputs.isEmpty ? [] : ["made from other inputs than the lock names:"] + inputs)
        }
        var lines = ["\(path): different, \(what)"]
        if let first { lines.append("first difference: \(first.words)") }
        if !inputs.isEmpty { lines += ["made from other inputs than the lock names:"] + inputs }
        if !changedTables.isEmpty { lines.append("tables with other rows: \(changedTables.joined(separator: ", "))") }
        let files = difference.changes.filter { $0.kind == .report || $0.kind == .output }.map(\.words)
        return lines + files.prefix(Self.shown)
            + (files.count > Self.shown ? ["and \(files.count - Self.shown) more"] : [])
    }

    /// Files of the report that are named; the rest is counted.
    private static let shown = 20

    var json: [UInt8] {
        JSONOutput.line { output in
            output.field("same", isSame)
            output.field("documents", documents)
            output.field("inputs", difference.causes.map(\.words))
            output.field("tables", changedTables)
            output.key("first")
            guard let first else { return output.null() }
            output.object {
                $0.field("table", first.table)
                $0.key("layer")
                if let layer = first.layer { $0.string(layer) } else { $0.null() }
                $0.key("document")
                if let document = first.document { $0.string(document) } else { $0.null() }
                $0.key("line")
                if let line = first.line { $0.integer(line) } else { $0.null() }
                $0.key("passage")
                if let passage = first.passage { $0.string(passage) } else { $0.null() }
                $0.field("change", first.kind.rawValue)
                $0.field("fields", first.fields.map(\.words))
            }
        }
    }
}

extension FirstDifference {
    /// `a.txt, line 3, layer 'claims', table 'claims', "The strike was lawful": stance 'asserted' → 'hedged'`.
    fileprivate var words: String {
        let quoted = passage.map { text in
            let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return "\"\(line.count > 80 ? line.prefix(79) + "…" : line)\""
        }
        let place = [
            document, line.map { "line \($0)" }, layer.map { "layer '\($0)'" }, "table '\(table)'", quoted,
        ].compactMap { $0 }.joined(separator: ", ")
        let values = fields.map(\.words).joined(separator: ", ")
        return "\(place): " + (kind == .different ? values : "a row is \(kind == .new ? "new" : "missing"): \(values)")
    }
}
