import StageKit

/// Decides for a word of the cue list whether somebody's words are given there, which words, and whose.
package struct Pointers {
    /// What was decided for a cue.
    package struct Attribution {
        /// The build of the content.
        package var kind: PointerKind
        /// The words of the content; for content on both sides, nil.
        package var content: Range<Int>?
        /// The words of the source; nil for none.
        package var source: Range<Int>?
        /// The cue with its auxiliaries and adverbs.
        package var cue: Range<Int>
    }

    private let reading: Reading
    private let atoms: Atoms
    private let model: PointerModel

    /// Pointers over `reading`.
    package init(_ reading: Reading, _ atoms: Atoms, model: PointerModel) {
        self.reading = reading
        self.atoms = atoms
        self.model = model
    }

    /// What the cue at `index` attributes among the words in `range`; nil when it attributes nothing, or something of a
    /// kind that is not wanted. The kind is decided first, and costs a small part of the rest.
    package func attribution(
        of index: Int, in range: Range<Int>, _ buffer: inout FeatureBuffer,
        where isWanted: (PointerKind) -> Bool = { _ in true }
    ) -> Attribution? {
        let features = PointerFeatures(reading, atoms, cue: index, in: range)
        features.kind(into: &buffer)
        let kind = model.kind(buffer)
        guard kind != .none, isWanted(kind) else { return nil }
        var content: Range<Int>?
        if kind != .both {
            guard
                let start = best(
                    .contentStart, features.contentStarts(kind), { _ in true }, &buffer,
                    {
                        features.contentStart($0, kind, into: &$1)
                    })
            else { return nil }
            guard
                let end = best(
                    .contentEnd, features.contentEnds(kind, from: start), { features.mayEnd($0, kind) }, &buffer,
                    {
                        features.contentEnd($0, from: start, kind, into: &$1)
                    })
            else { return nil }
            content = start..<end + 1
        }
        let source = self.source(features, kind, content, &buffer)
        return Attribution(kind: kind, content: content, source: source, cue: features.groupStart..<index + 1)
    }

    /// What kind of content the cue at `index` has among the words in `range`.
    package func kind(of index: Int, in range: Range<Int>, _ buffer: inout FeatureBuffer) -> PointerKind {
        PointerFeatures(reading, atoms, cue: index, in: range).kind(into: &buffer)
        return model.kind(buffer)
    }

    private func source(
        _ features: PointerFeatures, _ kind: PointerKind, _ content: Range<Int>?, _ buffer: inout FeatureBuffer
    ) -> Range<Int>? {
        features.sourceEnd(nil, kind, content: content, into: &buffer)
        let none = model.score(.sourceEnd, buffer)
        let last = scored(
            .sourceEnd, features.sourceEnds, { $0 != features.cue }, &buffer,
            { features.sourceEnd($0, kind, content: content, into: &$1) })
        guard let last, last.score > none else { return nil }
        let first = best(
            .sourceStart, features.sourceStarts(to: last.index), { _ in true }, &buffer,
            { features.sourceStart($0, to: last.index, into: &$1) })
        return first.map { $0..<last.index + 1 }
    }

    private func best(
        _ pointer: Pointer, _ candidates: Range<Int>, _ isCandidate: (Int) -> Bool, _ buffer: inout FeatureBuffer,
        _ features: (Int, inout FeatureBuffer) -> Void
    ) -> Int? {
        scored(pointer, candidates, isCandidate, &buffer, features)?.index
    }

    /// The candidate with the highest score, the first one among equals.
    @inline(__always)
    private func scored(
        _ pointer: Pointer, _ candidates: Range<Int>, _ isCandidate: (Int) -> Bool, _ buffer: inout FeatureBuffer,
        _ features: (Int, inout FeatureBuffer) -> Void
    ) -> (index: Int, score: Int32)? {
        var best: (index: Int, score: Int32)?
        for index in candidates where isCandidate(index) {
            features(index, &buffer)
            let score = model.score(pointer, buffer)
            if best.map({ score > $0.score }) ?? true { best = (index, score) }
        }
        return best
    }
}
