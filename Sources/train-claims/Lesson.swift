import ClaimStage

/// Trains the five pointers.
struct Lesson {
    private var pointers = Pointer.allCases.map { _ in Perceptron(size: PointerModel.size) }
    private var buffer = FeatureBuffer()

    /// Learns from the sentences, so often.
    mutating func train(_ sentences: [LabelledSentence], rounds: Int) {
        var order = sentences.indices.flatMap { k in sentences[k].cues.indices.map { (k, $0) } }
        var state: UInt64 = 20_190_504
        for _ in 0..<rounds {
            // Fisher and Yates, with Knuth's linear congruential generator: one order everywhere
            for k in stride(from: order.count - 1, to: 0, by: -1) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                order.swapAt(k, Int((state >> 33) % UInt64(k + 1)))
            }
            for (sentence, cue) in order { learn(sentences[sentence], sentences[sentence].cues[cue]) }
        }
    }

    /// The model's bytes.
    var bytes: [UInt8] { pointers.flatMap { $0.bytes.map { UInt8(bitPattern: $0) } } }

    private mutating func learn(_ sentence: LabelledSentence, _ cue: LabelledSentence.Cue) {
        let features = PointerFeatures(
            sentence.reading, sentence.atoms, cue: cue.index, in: 0..<sentence.reading.wordCount)
        learnKind(features, cue.kind)
        guard cue.kind != .none else { return }
        if let content = cue.content, cue.kind != .both, content.upperBound > content.lowerBound {
            choose(
                .contentStart, Array(features.contentStarts(cue.kind)), content.lowerBound
            ) { features.contentStart($0, cue.kind, into: &$1) }
            let ends = features.contentEnds(cue.kind, from: content.lowerBound).filter {
                features.mayEnd($0, cue.kind)
            }
            choose(.contentEnd, ends, content.upperBound - 1) {
                features.contentEnd($0, from: content.lowerBound, cue.kind, into: &$1)
            }
        }
        let last = cue.source.map { $0.upperBound - 1 }
        let ends = [nil] + features.sourceEnds.filter { $0 != cue.index }.map(Optional.some)
        choose(.sourceEnd, ends, last) { features.sourceEnd($0, cue.kind, content: cue.content, into: &$1) }
        if let source = cue.source {
            choose(.sourceStart, Array(features.sourceStarts(to: source.upperBound - 1)), source.lowerBound) {
                features.sourceStart($0, to: source.upperBound - 1, into: &$1)
            }
        }
    }

    private mutating func learnKind(_ features: PointerFeatures, _ kind: PointerKind) {
        features.kind(into: &buffer)
        let own = Pointer.kind.rawValue
        var sums = [Int32](repeating: 0, count: PointerModel.kinds)
        for hash in buffer.hashes {
            let row = PointerModel.row(of: hash)
            for k in sums.indices { sums[k] += pointers[own].weights[row + k] }
        }
        var best = 0
        for k in PointerKind.allCases.indices where sums[k] > sums[best] { best = k }
        if best != Int(kind.rawValue) {
            for hash in buffer.hashes {
                let row = PointerModel.row(of: hash)
                pointers[own].add(1, at: row + Int(kind.rawValue))
                pointers[own].add(-1, at: row + best)
            }
        }
        pointers[own].advance()
    }

    /// One step: the weights move when another candidate than the right one has the best score.
    private mutating func choose<Candidate: Equatable>(
        _ pointer: Pointer, _ candidates: [Candidate], _ right: Candidate,
        _ features: (Candidate, inout FeatureBuffer) -> Void
    ) {
        guard candidates.contains(right) else { return }
        let own = pointer.rawValue
        var best: (score: Int32, candidate: Candidate)?
        for candidate in candidates {
            features(candidate, &buffer)
            var score: Int32 = 0
            for hash in buffer.hashes { score += pointers[own].weights[PointerModel.slot(of: hash)] }
            if best.map({ score > $0.score }) ?? true { best = (score, candidate) }
        }
        if let best, best.candidate != right {
            features(right, &buffer)
            for hash in buffer.hashes { pointers[own].add(1, at: PointerModel.slot(of: hash)) }
            features(best.candidate, &buffer)
            for hash in buffer.hashes { pointers[own].add(-1, at: PointerModel.slot(of: hash)) }
        }
        pointers[own].advance()
    }
}
