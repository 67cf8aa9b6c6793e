import Text

/// A bibliography in CSL-JSON (https://citeproc-js.readthedocs.io, schema 1.0.2), which Zotero, pandoc and citeproc read.
enum CSLJSON {
    static func bibliography(_ references: [Reference]) -> [UInt8] {
        var output = JSONOutput()
        output.array(references) { output, reference in
            output.object { output in
                member("id", reference.document, &output)
                member("type", reference.address == nil ? "document" : "webpage", &output)
                if let title = reference.title { member("title", title, &output) }
                if !reference.authors.isEmpty {
                    output.key("author")
                    output.array(reference.authors) { output, name in
                        output.object { member("literal", name, &$0) }
                    }
                }
                if let publisher = reference.publisher { member("publisher", publisher, &output) }
                if !reference.date.isEmpty {
                    output.key("issued")
                    output.object { output in
                        output.key("date-parts")
                        output.array { $0.array(reference.date) { $0.integer($1) } }
                    }
                }
                if let address = reference.address { member("URL", address, &output) }
            }
        }
        output.endLine()
        return output.bytes
    }

    private static func member(_ name: String, _ value: String, _ output: inout JSONOutput) {
        output.key(name)
        output.string(value)
    }
}
