import Corpus
import Model
import Notebook
import StageKit

extension CorpusFacts {
    /// What the walk over the corpus tells of it, with what documents say of themselves, by id; nil where that was not asked.
    ///
    /// What a text says of itself below its head, such as its author, is found only by a run: of the columns that every corpus
    /// has, all values are known only where the metadata file gives each document one.
    ///
    /// What the metadata file says may be taken for all there is: then everything is told that may be wrong.
    init(_ corpus: CorpusReading, heads: [String: Metadata]?, isMetadataFileAll: Bool = false) {
        let entries = corpus.tree.entries
        var keys: Set<String> = []
        var values: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for entry in entries {
            var own: [String: String] = [:]
            for fact in heads?[entry.id]?.entries ?? [] where own[fact.key] == nil { own[fact.key] = fact.value }
            for field in entry.row where !field.value.isEmpty {
                own[field.key] = field.value
                counts[field.key, default: 0] += 1
            }
            keys.formUnion(own.keys)
            for (key, value) in own { values[key, default: []].insert(value) }
        }
        let standard: Set<String> = ["title", "date", "publisher", "author", "language"]
        let isWhole = isMetadataFileAll || heads != nil && entries.allSatisfy { heads?[$0.id] != nil }
        self.init(
            documents: entries.map(\.id), keys: isWhole ? keys : nil,
            values: values.filter { key, _ in
                // days are written anew by the run
                key != "date" && (standard.contains(key) ? counts[key] == entries.count : isWhole)
            })
    }
}
