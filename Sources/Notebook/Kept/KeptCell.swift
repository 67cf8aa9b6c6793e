import Digests
import StageKit

/// What a cell gave: its text, and what it did beside that.
///
/// Where what it read has not moved, the next report takes all of it over. What a cell does depends on
/// the cells before it only by the names that are taken already, so it is done again, and the names have to be the same.
struct KeptCell: Sendable, Equatable {
    /// A figure's evidence, with the link that it got.
    struct Link: Sendable, Equatable {
        var evidence: EvidenceSet
        var label: String
        /// What stands for the label in names; nil for the label itself.
        var name: String?
        /// The cell's name, and the title of its page.
        var cell: String
        var title: String
        var target: String
    }

    /// A picture, by its path.
    struct Chart: Sendable, Equatable {
        var path: String
        var svg: String
    }

    /// A check that did not hold.
    struct Failure: Sendable, Equatable {
        var message: String
        var rows: Int
    }

    /// A name in a field of the cell that no row has.
    struct MissingName: Sendable, Equatable {
        var field: String
        var name: String
        var hint: String?
    }

    /// What it read.
    var reads = KeptReads()
    /// The name that it took; nil where it needs none.
    var name: String?
    /// The number of the figure in the text that it is; nil for any other cell.
    var figure: Int?
    var links: [Link] = []
    var charts: [Chart] = []
    var failures: [Failure] = []
    var missingNames: [MissingName] = []
    var text = CellText("")

    /// What a cell gave that did nothing yet.
    init() {}

    /// Writes what is to be kept until the next report.
    func encode(into writer: inout ByteWriter) {
        reads.encode(into: &writer)
        writer.write(optional: name) { $0.write($1) }
        writer.write(optional: figure) { $0.write($1) }
        writer.write(list: links) { writer, link in
            writer.write(link.evidence.count)
            writer.write(link.evidence.list)
            writer.write(link.label)
            writer.write(optional: link.name) { $0.write($1) }
            writer.write(link.cell)
            writer.write(link.title)
            writer.write(link.target)
        }
        writer.write(list: charts) { writer, chart in
            writer.write(chart.path)
            writer.write(chart.svg)
        }
        writer.write(list: failures) { writer, failure in
            writer.write(failure.message)
            writer.write(failure.rows)
        }
        writer.write(list: missingNames) { writer, missing in
            writer.write(missing.field)
            writer.write(missing.name)
            writer.write(optional: missing.hint) { $0.write($1) }
        }
        writer.write(text.markdown)
        writer.write(text.html)
    }

    /// Reads what the last report left.
    init(decoding reader: inout ByteReader) throws(LayerError) {
        reads = try KeptReads(decoding: &reader)
        name = try reader.optional { reader throws(LayerError) in try reader.string() }
        figure = try reader.optional { reader throws(LayerError) in try reader.integer() }
        links = try reader.list { reader throws(LayerError) in
            let count = try reader.integer()
            return Link(
                evidence: try EvidenceSet(list: try reader.blob(), count: count), label: try reader.string(),
                name: try reader.optional { reader throws(LayerError) in try reader.string() },
                cell: try reader.string(), title: try reader.string(), target: try reader.string())
        }
        charts = try reader.list { reader throws(LayerError) in
            Chart(path: try reader.string(), svg: try reader.string())
        }
        failures = try reader.list { reader throws(LayerError) in
            Failure(message: try reader.string(), rows: try reader.integer())
        }
        missingNames = try reader.list { reader throws(LayerError) in
            MissingName(
                field: try reader.string(), name: try reader.string(),
                hint: try reader.optional { reader throws(LayerError) in try reader.string() })
        }
        text = CellText(markdown: try reader.string(), html: try reader.string())
    }
}

extension Cell {
    /// The digest of all that a cell says, and of the code that renders it; where it stands is no part of that.
    func digest(projectFolder: String?, parameters: Parameters, queries: NamedQueries, number: String?) -> ContentDigest
    {
        var key = KeyFields()
        key.add("report", BuiltInReport.fingerprint)
        if let projectFolder { key.add("project", projectFolder) }
        for field in parameters.keyFields { key.add("parameter \(field.name)", field.value) }
        if let sql { key.add("query", (try? queries.expanded(sql.text).text) ?? sql.text) }
        if let number { key.add("number", number) }
        key.add("kind", kind.rawValue)
        key.add("argument", argument)
        for field in fields.sorted(by: { $0.key < $1.key }) { key.add("field \(field.key)", field.value.text) }
        // labels of footnotes are others where a file is included
        for (name, parts) in prose.sorted(by: { $0.key < $1.key }) {
            for case .markdown(let text) in parts { key.add("prose \(name)", text) }
        }
        return ContentDigest(of: key.encoded)
    }
}
