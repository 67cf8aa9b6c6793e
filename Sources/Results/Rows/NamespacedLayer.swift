import StageKit
import Text

/// What the layers of a second use of a stage say, in the form of layers that users' own stages write: each gets a table
/// of its own, where that of the first use stands in tables with columns of their own.
enum NamespacedLayer {
    /// The layers that have such a form, by the names that their stages have for them.
    static let shown: Set<LayerName> = [Sentences.name, Quotations.name, Mentions.name, Claims.name]

    /// The layer `name` of a document; nil where the document does not have it, or where it has no such form.
    static func annotations(
        _ name: LayerName, of layers: LayerSet, _ positions: Positions
    ) throws(LayerError) -> CustomLayer? {
        func words(_ span: ByteSpan?) -> CustomLayer.Value {
            span.map { .string(String(decoding: positions.words($0), as: UTF8.self)) } ?? .null
        }
        func text(_ value: String?) -> CustomLayer.Value { value.map { .string($0) } ?? .null }
        switch name.base {
        case Sentences.name:
            return try layers.value(Sentences.self, named: name).map { layer in
                CustomLayer(layer.spans.map { .init($0, []) })
            }
        case Quotations.name:
            return try layers.value(Quotations.self, named: name).map { layer in
                CustomLayer(
                    layer.quotations.map {
                        .init(
                            $0.span,
                            [
                                .init("closed", .bool($0.closed)), .init("depth", .integer($0.depth)),
                                .init("form", .string($0.form.label)),
                            ])
                    })
            }
        case Mentions.name:
            return try layers.value(Mentions.self, named: name).map { layer in
                CustomLayer(
                    layer.mentions.map {
                        .init(
                            $0.span,
                            [.init("entity", text($0.entity)), .init("type", .string($0.kind.label))] + values($0))
                    })
            }
        case Claims.name:
            return try layers.value(Claims.self, named: name).map { layer in
                CustomLayer(
                    layer.claims.map {
                        .init(
                            $0.span,
                            [
                                .init("cue", words($0.cue)), .init("form", .string($0.form.label)),
                                .init("negated", .bool($0.negated)), .init("source", words($0.source)),
                                .init("source_entity", text($0.sourceEntity)),
                                .init("stance", .string($0.stance.label)),
                            ])
                    })
            }
        default: return nil
        }
    }

    /// What a mention of a date or a quantity says.
    private static func values(_ mention: Mention) -> [CustomLayer.Field] {
        switch mention.value {
        case .date(let date)?: [.init("value", .string(date.iso))]
        case .quantity(let quantity)?:
            [
                .init("noun", .string(quantity.noun)), .init("number", .real(quantity.number)),
                .init("unit", .string(quantity.unit)),
            ]
        case nil: []
        }
    }
}
