package import StageKit

extension ResultsWriter {
    /// Puts what a program says of the corpus, in the order of its rows, in the place of what it said before.
    package func put(_ rows: [CustomLayer.Annotation], ofCorpus layer: LayerName) throws(ResultsError) {
        try inDatabase { _, open in
            for table in open.custom where table.layer == layer {
                try table.clear()
                sums[table.name] = try table.write(rows)
            }
        }
    }
}
