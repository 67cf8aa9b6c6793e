import StageKit
import Text

/// One document with its layers as a line of JSON: what `colophon annotate` prints. Positions are code points.
struct AnnotationRecord {
    let document: MemoryRun.Document
    /// For links: where in its document each claim of the run stands.
    let claimIndex: [String: [ClaimReference: Int]]

    func write(to output: inout JSONOutput) throws(LayerError) {
        let layers = document.layers
        let text = try layers.value(DocumentText.self)?.bytes ?? []
        let offsets = CodePointOffsets(text)
        func field(_ output: inout JSONOutput, _ span: ByteSpan) {
            output.key("start")
            output.integer(offsets.codePoints(before: span.start))
            output.key("end")
            output.integer(offsets.codePoints(before: span.end))
        }
        func span(_ output: inout JSONOutput, _ span: ByteSpan?) {
            guard let span else { return output.null() }
            output.object { field(&$0, span) }
        }

        let metadata = try layers.value(Metadata.self)
        let blocks = try layers.value(Blocks.self)
        let sentences = try layers.value(Sentences.self)
        let tokens = try layers.value(Tokens.self)
        let quotations = try layers.value(Quotations.self)
        let names = try layers.value(Names.self)
        let mentions = try layers.value(Mentions.self)?.mentions ?? names?.mentions
        let statements = try layers.value(Statements.self)
        let claims = try layers.value(Claims.self)?.claims ?? statements?.claims
        let links = try layers.value(Links.self)

        output.object { output in
            output.key("id")
            output.string(document.facts.id)
            output.key("text")
            output.string(utf8: text)
            output.key("metadata")
            output.object { output in
                for entry in metadata?.entries ?? [] {
                    output.key(entry.key)
                    output.string(entry.value)
                }
            }
            output.key("layers")
            output.object { output in
                if let blocks {
                    output.key("blocks")
                    output.array(blocks.blocks) { output, block in
                        output.object {
                            field(&$0, block.span)
                            $0.key("kind")
                            $0.string(block.isKept ? block.kind.label : Blocks.Kind.furniture.label)
                            guard !block.isKept else { return }
                            $0.key("kept")
                            $0.bool(false)
                            $0.key("reason")
                            $0.string(block.reason)
                            $0.key("text")
                            $0.string(block.removedText)
                        }
                    }
                }
                if let sentences {
                    output.key("sentences")
                    output.array(sentences.spans) { span(&$0, $1) }
                }
                if let tokens {
                    output.key("tokens")
                    output.array(tokens.spans) { span(&$0, $1) }
                }
                if let quotations {
                    output.key("quotations")
                    output.array(quotations.quotations) { output, quotation in
                        output.object {
                            field(&$0, quotation.span)
                            $0.key("form")
                            $0.string("\(quotation.form)")
                            $0.key("closed")
                            $0.bool(quotation.closed)
                        }
                    }
                }
                if let mentions {
                    output.key("mentions")
                    output.array(mentions) { output, mention in
                        output.object {
                            field(&$0, mention.span)
                            $0.key("type")
                            $0.string(mention.kind.label)
                            $0.key("entity")
                            if let entity = mention.entity { $0.string(entity) } else { $0.null() }
                            $0.key("value")
                            Self.write(mention.value, to: &$0)
                        }
                    }
                }
                if let claims {
                    output.key("claims")
                    output.array(claims) { output, claim in
                        output.object {
                            field(&$0, claim.span)
                            $0.key("source")
                            span(&$0, claim.source)
                            $0.key("source_entity")
                            if let entity = claim.sourceEntity { $0.string(entity) } else { $0.null() }
                            $0.key("cue")
                            span(&$0, claim.cue)
                            $0.key("content")
                            $0.array(claim.content) { span(&$0, $1) }
                            $0.key("form")
                            $0.string(claim.form.label)
                            $0.key("stance")
                            $0.string(claim.stance.label)
                            $0.key("negated")
                            $0.bool(claim.negated)
                        }
                    }
                }
                if let links {
                    output.key("links")
                    output.array(links.links) { output, link in
                        output.object {
                            $0.key("claim")
                            $0.integer(link.claim)
                            $0.key("to")
                            $0.object {
                                $0.key("id")
                                $0.string(link.document)
                                $0.key("claim")
                                if let index = claimIndex[link.document]?[link.other] {
                                    $0.integer(index)
                                } else {
                                    $0.null()
                                }
                            }
                            $0.key("relation")
                            $0.string(link.relation.label)
                            $0.key("score")
                            $0.number(Double(link.score) / 1000)
                            $0.key("reason")
                            $0.string(link.reason)
                        }
                    }
                }
            }
        }
        output.endLine()
    }

    private static func write(_ value: MentionValue?, to output: inout JSONOutput) {
        switch value {
        case nil: output.null()
        case .date(let date)?: output.string(date.iso)
        case .quantity(let quantity)?:
            output.object {
                $0.key("number")
                $0.number(quantity.number)
                $0.key("unit")
                $0.string(quantity.unit)
                $0.key("lower")
                if let lower = quantity.lower { $0.number(lower) } else { $0.null() }
                $0.key("upper")
                if let upper = quantity.upper { $0.number(upper) } else { $0.null() }
                $0.key("noun")
                $0.string(quantity.noun)
                $0.key("approximate")
                $0.bool(quantity.approximate)
            }
        }
    }
}
