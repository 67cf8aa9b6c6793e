import StageKit

/// Finds persons, organizations and places with the trained model, which knows what the rules say, and the other
/// kinds by the rules alone; then makes the document agree with itself.
struct TrainedRecognizer: NameRecognizer {
    let model: NameModel

    func names(in reading: Reading, taken: [Bool]) -> [FoundName] {
        let ruled = RuleRecognizer().names(in: reading, taken: taken)
        var features = NameFeatures(
            reading: reading, ruled: ruled, gazetteer: model.gazetteer, clusters: model.clusters)
        let cutter = NameStretch(reading: reading, taken: taken)
        var tagger = NameTagger(model: model)
        var scores = NameScores(atoms: reading.atoms.count, pairs: model.pairs)
        var found: [(kind: Int, range: Range<Int>)] = []
        // the features of an atom are added up when those of the next are known: by then their rows are at hand
        var current: [UInt64] = []
        var next: [UInt64] = []
        current.reserveCapacity(128)
        next.reserveCapacity(128)
        for (k, sentence) in reading.sentences.enumerated() {
            for stretch in cutter.stretches(in: sentence) {
                features.look(up: stretch)
                for atom in stretch {
                    features.features(at: atom, in: stretch, sentence: k, into: &next)
                    model.prefetch(next)
                    if atom > stretch.lowerBound { scores[atom - 1] = model.scores(of: current) }
                    swap(&current, &next)
                }
                scores[stretch.upperBound - 1] = model.scores(of: current)
                tagger.find(in: stretch, scores: scores, into: &found)
            }
        }
        var consensus = NameConsensus(reading: reading, scores: scores, found: found)
        consensus.add(ruled)
        consensus.addForms(taken: taken)
        return consensus.agreed()
    }
}
