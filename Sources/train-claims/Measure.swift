import ClaimStage

/// How well a model does on labelled sentences.
struct Measure {
    private var counts: [(name: String, right: Int, all: Int)] = [
        ("kind", 0, 0), ("attribution found", 0, 0), ("attribution right", 0, 0), ("content begins right", 0, 0),
        ("content right", 0, 0), ("source ends right", 0, 0), ("source right", 0, 0),
    ]

    init(_ sentences: [LabelledSentence], _ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, bytes.count == PointerModel.byteCount else { return }
            let model = PointerModel(base)
            var buffer = FeatureBuffer()
            for sentence in sentences {
                let pointers = Pointers(sentence.reading, sentence.atoms, model: model)
                for cue in sentence.cues {
                    let range = 0..<sentence.reading.wordCount
                    let found = pointers.attribution(of: cue.index, in: range, &buffer)
                    count(0, (found?.kind ?? PointerKind.none) == cue.kind)
                    if cue.kind != .none { count(1, found != nil) }
                    guard let found else { continue }
                    count(2, cue.kind != .none)
                    guard cue.kind == found.kind else { continue }
                    if cue.kind != .both {
                        count(3, found.content?.lowerBound == cue.content?.lowerBound)
                        count(4, found.content == cue.content)
                    }
                    count(5, found.source?.upperBound == cue.source?.upperBound)
                    count(6, found.source == cue.source)
                }
            }
        }
    }

    private mutating func count(_ k: Int, _ isRight: Bool) {
        counts[k].all += 1
        counts[k].right += isRight ? 1 : 0
    }

    /// One line a figure.
    var report: String {
        counts.map { "\($0.name): \($0.right) of \($0.all), \(1000 * $0.right / max(1, $0.all)) in a thousand" }
            .joined(separator: "\n")
    }
}
