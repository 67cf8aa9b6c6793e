package import Results

/// Turns a results database into the files of a format: the same bytes for the same results.
package struct Exporter {
    private let results: ResultsDatabase
    /// The only tables to export, for formats of tables; empty for all.
    private let tables: [String]

    /// An exporter of `results`; formats of tables export `tables` alone, or all if there are none.
    package init(_ results: ResultsDatabase, tables: [String] = []) {
        self.results = results
        self.tables = tables
    }

    /// Makes the files of `format` one by one and hands each to `write`.
    package func export(to format: ExportFormat, write: (ExportFile) throws -> Void) throws {
        switch format {
        case .csv: try eachTable { try write(ExportFile("\($0).csv", CommaSeparated.table($0, of: results))) }
        case .jsonl: try eachTable { try write(ExportFile("\($0).jsonl", JSONLines.table($0, of: results))) }
        case .brat: try Standoff.export(results, write)
        case .webAnnotations: try write(ExportFile("annotations.jsonld", WebAnnotations.document(of: results)))
        case .bibtex: try write(ExportFile("documents.bib", BibTeX.bibliography(try Reference.all(in: results))))
        case .cslJSON: try write(ExportFile("documents.json", CSLJSON.bibliography(try Reference.all(in: results))))
        }
    }

    private func eachTable(_ body: (String) throws -> Void) throws {
        for name in tables.isEmpty ? try results.publicTables() : tables { try body(name) }
    }
}
