import Text

/// A bibliography in CSL-JSON (https://citeproc-js.readthedocs.io, schema 1.0.2), which Zotero, pandoc and citeproc read.
enum CSLJSON {
    static func bibliography(_ references: [Reference]) -> [UInt8] {
        var output = JSONOutput()
        output.array(references) { output, reference in
            output.object { output in
                output.field("id", reference.document)
                output.field("type", reference.address == nil ? "document" : "webpage")
                if let title = reference.title { output.field("title", title) }
                if !reference.authors.isEmpty {
                    output.key("author")
                    output.array(reference.authors) { output, name in
                        output.object { $0.field("literal", name) }
                    }
                }
                if let publisher = reference.publisher { output.field("publisher", publisher) }
                if !reference.date.isEmpty {
                    output.key("issued")
                    output.object { output in
                        output.key("date-parts")
                        output.array { $0.array(reference.date) { $0.integer($1) } }
                    }
                }
                if let address = reference.address { output.field("URL", address) }
            }
        }
        output.endLine()
        return output.bytes
    }
}
