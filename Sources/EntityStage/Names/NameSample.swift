package import StageKit
package import Text

/// A document as the trainer sees it: its stretches with the features of each atom, as the stage would have them.
package struct NameSample {
    /// A stretch, atom by atom.
    package struct Stretch {
        /// Where each atom stands in the text.
        package var spans: [ByteSpan]
        /// The features of each atom.
        package var features: [[UInt64]]
    }

    /// The feature that every atom has.
    package static let always = NameFeatures.always

    package let stretches: [Stretch]

    /// The document in `layers`, which need text, blocks, sentences, tokens and metadata.
    package init(
        _ layers: LayerSet, gazetteer: NameGazetteer, clusters: NameClusters
    ) throws(StageFailure) {
        let (reading, _, taken) = try NamesStep.read(
            StepInput(layers: layers, facts: DocumentFacts(id: ""), contract: NamesStep.contract))
        let ruled = RuleRecognizer().names(in: reading, taken: taken)
        var features = NameFeatures(reading: reading, ruled: ruled, gazetteer: gazetteer, clusters: clusters)
        let cutter = NameStretch(reading: reading, taken: taken)
        var stretches: [Stretch] = []
        for (k, sentence) in reading.sentences.enumerated() {
            for range in cutter.stretches(in: sentence) {
                features.look(up: range)
                var stretch = Stretch(spans: [], features: [])
                for atom in range {
                    var buffer: [UInt64] = []
                    features.features(at: atom, in: range, sentence: k, into: &buffer)
                    stretch.spans.append(reading.span(atom..<atom + 1))
                    stretch.features.append(buffer)
                }
                stretches.append(stretch)
            }
        }
        self.stretches = stretches
    }

    /// The names that `model` finds in the document in `layers`.
    package static func names(
        in layers: LayerSet, by model: NameModel?
    ) throws(StageFailure) -> [(span: ByteSpan, kind: Mention.Kind)] {
        let (reading, _, taken) = try NamesStep.read(
            StepInput(layers: layers, facts: DocumentFacts(id: ""), contract: NamesStep.contract))
        let recognizer: any NameRecognizer = model.map { TrainedRecognizer(model: $0) } ?? RuleRecognizer()
        let found = NamesStep.corrected(recognizer.names(in: reading, taken: taken), in: reading, taken: taken)
        return found.map { (reading.span($0.range), $0.kind) }
    }

    /// The hashes of the folded words of a name, which the gazetteer is keyed by.
    package static func words(of name: String) -> [UInt64] { Lexicon.words(Substring(name)).map { StableHash.of($0) } }

    /// The key of several words, one after the other.
    package static func key(of words: [UInt64]) -> UInt64 {
        words.count == 1 ? words[0] : words.reduce(0) { Lexicon.chain($0, $1) }
    }
}
