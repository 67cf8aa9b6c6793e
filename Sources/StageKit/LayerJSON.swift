public import Text

/// Layers of one document as JSON, for people's eyes and for programs of their own: positions count code points of the
/// text, half open. ``LayerShape`` describes what is written.
public struct LayerJSON {
    /// Writes a value that is already read.
    public typealias Writer = (inout JSONOutput) -> Void

    private let layers: LayerSet
    private let offsets: CodePointOffsets

    /// The layers of a document with this text.
    public init(_ layers: LayerSet, text: [UInt8]) {
        self.layers = layers
        offsets = CodePointOffsets(text)
    }

    /// The built-in layers that have a form in JSON, beside `text` itself.
    public static let readable: [LayerName] = [
        Metadata.name, Blocks.name, Sentences.name, Tokens.name, Quotations.name, Names.name, References.name,
        Mentions.name, Attributions.name, Claims.name,
    ]

    /// What writes the layer `name`: a list of objects with `start`, `end` and the layer's own fields; for metadata, one
    /// object. A layer of a second use of a stage has the form of
    /// the first one's. A name that is not built in is taken for the layer of a program. Nil where the document has no such
    /// layer.
    public func writer(_ name: LayerName) throws(LayerError) -> Writer? {
        switch name.base {
        case Metadata.name: try layers.value(Metadata.self, named: name).map(metadata)
        case Blocks.name: try layers.value(Blocks.self, named: name).map { list($0.blocks, block) }
        case Sentences.name: try layers.value(Sentences.self, named: name).map { list($0.spans) { span($1, to: &$0) } }
        case Tokens.name: try layers.value(Tokens.self, named: name).map(tokens)
        case Quotations.name: try layers.value(Quotations.self, named: name).map { list($0.quotations, quotation) }
        case Names.name: try layers.value(Names.self, named: name).map { list($0.mentions, mention) }
        case Mentions.name: try layers.value(Mentions.self, named: name).map { list($0.mentions, mention) }
        case References.name: try layers.value(References.self, named: name).map { list($0.references, reference) }
        case Attributions.name: try layers.value(Attributions.self, named: name).map { list($0.claims, claim) }
        case Claims.name: try layers.value(Claims.self, named: name).map { list($0.claims, claim) }
        default: try custom(name)
        }
    }

    private func list<Item>(_ items: [Item], _ body: @escaping (inout JSONOutput, Item) -> Void) -> Writer {
        { output in output.array(items) { output, item in output.object { body(&$0, item) } } }
    }

    private func span(_ span: ByteSpan, to output: inout JSONOutput) {
        output.field("start", offsets.codePoints(before: span.start))
        output.field("end", offsets.codePoints(before: span.end))
    }

    private func object(_ key: String, _ part: ByteSpan?, to output: inout JSONOutput) {
        output.key(key)
        guard let part else { return output.null() }
        output.object { span(part, to: &$0) }
    }

    private func metadata(_ metadata: Metadata) -> Writer {
        { output in
            output.object { output in
                for entry in metadata.entries {
                    output.key(entry.key)
                    output.string(entry.value)
                }
            }
        }
    }

    private func tokens(_ tokens: Tokens) -> Writer {
        { output in
            // the longest list by far, written without a closure for each element
            output.array { output in
                for k in tokens.spans.indices {
                    output.object { output in
                        span(tokens.spans[k], to: &output)
                        output.field("kind", tokens.kinds[k].label)
                    }
                }
            }
        }
    }

    private func block(_ output: inout JSONOutput, _ block: Blocks.Block) {
        span(block.span, to: &output)
        output.field("kind", block.isKept ? block.kind.label : Blocks.Kind.furniture.label)
        guard !block.isKept else { return }
        output.field("kept", false)
        output.field("reason", block.reason)
        output.field("text", block.removedText)
    }

    private func quotation(_ output: inout JSONOutput, _ quotation: Quotations.Quotation) {
        span(quotation.span, to: &output)
        output.field("form", quotation.form.label)
        output.field("closed", quotation.closed)
    }

    private func mention(_ output: inout JSONOutput, _ mention: Mention) {
        span(mention.span, to: &output)
        output.field("type", mention.kind.label)
        output.field("entity", mention.entity)
        output.key("value")
        switch mention.value {
        case nil: output.null()
        case .date(let date)?: output.string(date.iso)
        case .quantity(let quantity)?:
            output.object {
                $0.field("number", quantity.number)
                $0.field("unit", quantity.unit)
                $0.field("lower", quantity.lower)
                $0.field("upper", quantity.upper)
                $0.field("noun", quantity.noun)
                $0.field("approximate", quantity.approximate)
                $0.field("event", quantity.event.isEmpty ? nil : quantity.event)
                $0.field("holder", quantity.holder.isEmpty ? nil : quantity.holder)
                if !quantity.iso.isEmpty { $0.field("iso", quantity.iso) }
            }
        }
    }

    private func reference(_ output: inout JSONOutput, _ reference: Reference) {
        span(reference.span, to: &output)
        output.field("kind", reference.kind.label)
        output.field("mention", reference.mention)
    }

    private func claim(_ output: inout JSONOutput, _ claim: Claim) {
        span(claim.span, to: &output)
        output.field("kind", claim.kind.label)
        output.field("voice", claim.voice.label)
        output.key("within")
        if let within = claim.within { output.integer(within) } else { output.null() }
        object("source", claim.source, to: &output)
        output.field("source_entity", claim.sourceEntity)
        output.field("source_description", claim.sourceDescription?.words)
        object("cue", claim.cue, to: &output)
        output.key("content")
        output.array(claim.content) { output, part in output.object { span(part, to: &$0) } }
        output.field("form", claim.form.label)
        output.field("stance", claim.stance.label)
        output.field("negated", claim.negated)
        output.key("statements")
        output.array(claim.statements) { output, statement in
            output.object {
                span(statement.span, to: &$0)
                $0.field("negated", statement.negated)
                $0.field("hedged", statement.hedged)
            }
        }
    }

    private func custom(_ name: LayerName) throws(LayerError) -> Writer? {
        guard let bytes = layers.encoded(name) else { return nil }
        return list(try CustomLayer(encoded: bytes).annotations) { output, annotation in
            if let place = annotation.span { span(place, to: &output) }
            for field in annotation.fields {
                output.key(field.name)
                switch field.value {
                case .string(let value): output.string(value)
                case .integer(let value): output.integer(value)
                case .real(let value): output.number(value)
                case .bool(let value): output.bool(value)
                case .null: output.null()
                }
            }
        }
    }
}
