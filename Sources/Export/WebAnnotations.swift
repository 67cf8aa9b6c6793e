import Model
import Results
import Text

/// Names and claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one JSON-LD document with an
/// annotation collection.
///
/// An annotation's target is the original file, named by its path within the project. Three selectors lead to the
/// passage: a text position (code points of the text that was analysed), a text quote with its surroundings, and, where
/// the way back is known, a data position (bytes of the file).
enum WebAnnotations {
    /// How many code points before and after a quote are given.
    private static let surroundings = 32

    static func document(of results: ResultsDatabase) throws -> [UInt8] {
        let names = try AnnotatedDocument.entityNames(in: results)
        var items = JSONOutput()
        var total = 0
        try items.array { items in
            try AnnotatedDocument.forEach(in: results) { document in
                for mention in document.mentions { annotation(mention, kind: "mention", document, names, &items) }
                for claim in document.claims { annotation(claim, kind: "claim", document, names, &items) }
                total += document.mentions.count + document.claims.count
            }
        }
        var output = JSONOutput()
        output.object { output in
            output.field("@context", "http://www.w3.org/ns/anno.jsonld")
            output.field("id", "urn:x-colophon:annotations")
            output.field("type", "AnnotationCollection")
            output.field("total", total)
            output.key("first")
            output.object { output in
                output.field("id", "urn:x-colophon:annotations:1")
                output.field("type", "AnnotationPage")
                output.field("startIndex", 0)
                output.key("items")
                output.embed(items)
            }
        }
        output.endLine()
        return output.bytes
    }

    private static func annotation(
        _ passage: Passage, kind: String, _ document: AnnotatedDocument, _ names: [String: String],
        _ output: inout JSONOutput
    ) {
        output.object { output in
            output.field("id", "urn:x-colophon:\(kind):\(IRI.escaped(passage.id))")
            output.field("type", "Annotation")
            output.field("motivation", kind == "mention" ? "identifying" : "describing")
            output.key("body")
            output.array { output in
                if kind == "mention" {
                    body(passage.row["type"].text, purpose: "classifying", &output)
                    body(passage.row["entity"].text.flatMap { names[$0] }, purpose: "identifying", &output)
                } else {
                    body(passage.row["source"].text.map { "source: \($0)" }, purpose: "describing", &output)
                    body(passage.row["stance"].text, purpose: "classifying", &output)
                }
            }
            output.key("target")
            output.object { output in
                output.field("source", IRI.address(of: document.id))
                output.key("selector")
                output.array { output in
                    position("TextPositionSelector", passage.start..<passage.end, &output)
                    output.object { output in
                        output.field("type", "TextQuoteSelector")
                        output.field("exact", document.text(passage.start..<passage.end))
                        let before = max(0, passage.start - surroundings)..<passage.start
                        output.field("prefix", document.text(before))
                        output.field("suffix", document.text(passage.end..<passage.end + surroundings))
                    }
                    if let source = passage.source { position("DataPositionSelector", source, &output) }
                }
            }
        }
    }

    private static func body(_ value: String?, purpose: String, _ output: inout JSONOutput) {
        guard let value else { return }
        output.object { output in
            output.field("type", "TextualBody")
            output.field("purpose", purpose)
            output.field("value", value)
        }
    }

    private static func position(_ type: String, _ range: Range<Int>, _ output: inout JSONOutput) {
        output.object { output in
            output.field("type", type)
            output.field("start", range.lowerBound)
            output.field("end", range.upperBound)
        }
    }
}

/// Paths and ids as parts of an address.
enum IRI {
    /// The address of a document within the project: the path of its file, and behind it the name of the document where the
    /// file has several.
    static func address(of document: String) -> String {
        let (path, part) = SourceFormat.parts(of: document)
        return part.isEmpty ? escaped(path) : "\(escaped(path))#\(escaped(part))"
    }

    /// `text` with every byte that a path of an address does not hold (RFC 3986, `pchar` and `/`) as `%XX`.
    static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~/!$&'()*+,;=@".contains(character) {
                result.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
