import Project
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
        let json = LayerJSON(layers, text: text)
        let metadata = try json.writer(Metadata.name)
        let parts: [(key: String, write: LayerJSON.Writer?)] = [
            ("blocks", try json.writer(Blocks.name)), ("sentences", try json.writer(Sentences.name)),
            ("tokens", try json.writer(Tokens.name)), ("quotations", try json.writer(Quotations.name)),
            ("mentions", try json.writer(layers.contains(Mentions.name) ? Mentions.name : Names.name)),
            ("references", try json.writer(References.name)),
            ("claims", try json.writer(layers.contains(Claims.name) ? Claims.name : Attributions.name)),
            ("links", try layers.value(Links.self).map(links)),
        ]

        output.object { output in
            output.field("version", JSONOutput.version)
            output.field("id", document.facts.id)
            output.key("text")
            output.string(utf8: text)
            output.key("metadata")
            if let metadata { metadata(&output) } else { output.object { _ in } }
            output.key("layers")
            output.object { output in
                for part in parts {
                    guard let write = part.write else { continue }
                    output.key(part.key)
                    write(&output)
                }
            }
        }
        output.endLine()
    }

    private func links(_ links: Links) -> LayerJSON.Writer {
        { output in
            output.array(links.links) { output, link in
                output.object {
                    $0.key("claim")
                    $0.integer(link.claim)
                    $0.key("statement")
                    $0.integer(link.statement)
                    $0.key("to")
                    $0.object {
                        $0.key("id")
                        $0.string(link.document)
                        $0.key("claim")
                        if let index = claimIndex[link.document]?[link.other] { $0.integer(index) } else { $0.null() }
                        $0.key("statement")
                        $0.integer(link.otherStatement)
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
