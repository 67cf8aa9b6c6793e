import StageKit
import Text

/// The names that a program of the user's found, in a layer of its own: passages, each with a `type`.
struct GivenNamesLayer {
    private let names: [(span: ByteSpan, kind: Mention.Kind)]

    /// Reads the layer `name`.
    init(_ bytes: [UInt8], _ name: LayerName) throws(StageFailure) {
        let layer: CustomLayer
        do throws(LayerError) {
            layer = try CustomLayer(encoded: bytes)
        } catch {
            throw StageFailure("layer '\(name)' can't be read: \(error.message)", code: "damaged-layer")
        }
        var names: [(span: ByteSpan, kind: Mention.Kind)] = []
        for (index, annotation) in layer.annotations.enumerated() {
            guard let span = annotation.span, !span.isEmpty else { continue }
            let type = annotation.fields.first { $0.name == "type" }?.value
            guard case .string(let label)? = type,
                let kind = Mention.Kind.allCases.first(where: { $0.isName && $0.label == label })
            else {
                let kinds = Mention.Kind.allCases.filter(\.isName).map(\.label).joined(separator: ", ")
                throw StageFailure(
                    "name \(index) of the layer '\(name)' has no type that there is",
                    hint: "'type' is one of \(kinds)", code: "unknown-type")
            }
            names.append((span, kind))
        }
        self.names = names.sorted { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) }
    }

    /// The names as runs of atoms. Of two that overlap, the first one counts; what is part of a date or a quantity is none.
    func names(in reading: Reading, taken: [Bool]) -> [FoundName] {
        var found: [FoundName] = []
        var next = 0
        for (span, kind) in names {
            while next < reading.atoms.count, Int(reading.atoms[next].start) < span.start { next += 1 }
            var end = next
            while end < reading.atoms.count, Int(reading.atoms[end].end) <= span.end { end += 1 }
            guard next < end, !taken[next..<end].contains(true),
                reading.atoms[next].sentence == reading.atoms[end - 1].sentence
            else { continue }
            found.append(FoundName(range: next..<end, kind: kind, isSure: true))
            next = end
        }
        return found
    }
}
