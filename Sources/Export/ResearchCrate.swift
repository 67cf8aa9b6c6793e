import Digests
package import Results
import StageKit
import Text

/// A run as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1) with the Workflow Run profile
/// (https://w3id.org/ro/wfrun/workflow/0.5): the pipeline with the files that it names, the report, the tables as CSV, and
/// a description of how one was made from the other.
///
/// The documents are described, each with the digest of its bytes, and not copied: who makes a crate may not have the
/// right to pass them on. Dates are those of the run that made the results.
package struct ResearchCrate {
    /// A file of the crate.
    package struct Part: Sendable {
        package var path: String
        package var bytes: [UInt8]

        package init(_ path: String, _ bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// The path of the pipeline, one of `inputs`.
    package var pipeline: String
    package var title: String
    /// The release of Colophon.
    package var release: String
    /// The files that the pipeline was read from.
    package var inputs: [Part]
    /// The files of the report.
    package var outputs: [Part]
    /// When the run began and ended: ISO 8601 with an offset, as the profile wants it.
    package var began: String
    package var ended: String

    package init(
        pipeline: String, title: String, release: String, inputs: [Part], outputs: [Part], began: String, ended: String
    ) {
        self.pipeline = pipeline
        self.title = title
        self.release = release
        self.inputs = inputs
        self.outputs = outputs
        self.began = began
        self.ended = ended
    }

    private static let process = "https://w3id.org/ro/wfrun/process/0.5"
    private static let workflow = "https://w3id.org/ro/wfrun/workflow/0.5"
    private static let workflowCrate = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"

    /// Makes the files of the crate one by one and hands each to `write`.
    package func export(_ results: ResultsDatabase, write: (ExportFile) throws -> Void) throws {
        var made: [Described] = []
        for part in outputs {
            made.append(Described(part))
            try write(ExportFile(part.path, part.bytes))
        }
        for table in try results.publicTables() {
            let part = Part("tables/\(table).csv", try CommaSeparated.table(table, of: results))
            made.append(Described(part))
            try write(ExportFile(part.path, part.bytes))
        }
        for part in inputs { try write(ExportFile(part.path, part.bytes)) }
        try write(ExportFile("ro-crate-metadata.json", try metadata(results, made)))
    }

    /// What the metadata say of a file.
    private struct Described {
        let path: String
        let size: Int
        let digest: String

        init(_ part: Part) {
            path = part.path
            size = part.bytes.count
            digest = ContentDigest(of: part.bytes).description
        }

        /// The media type that the name tells (IANA).
        var mediaType: String {
            switch path.split(separator: ".").last.map(String.init) ?? "" {
            case "csv": "text/csv"
            case "html": "text/html"
            case "md": "text/markdown"
            case "svg": "image/svg+xml"
            case "yaml", "yml": "application/yaml"
            case "json": "application/json"
            default: "text/plain"
            }
        }
    }

    private func metadata(_ results: ResultsDatabase, _ made: [Described]) throws -> [UInt8] {
        var output = JSONOutput()
        let given = inputs.map(Described.init)
        try output.object { output in
            output.key("@context")
            output.array { output in
                output.string("https://w3id.org/ro/crate/1.1/context")
                output.object { $0.field("sha256", "https://w3id.org/ro/terms/workflow-run#sha256") }
            }
            output.key("@graph")
            try output.array { output in
                descriptor(&output)
                root(given, made, &output)
                workflow(given, &output)
                software(&output)
                run(given, made, &output)
                profiles(&output)
                for file in given where file.path != pipeline { self.file(file, types: ["File"], &output) }
                for file in made { self.file(file, types: ["File"], &output) }
                try documents(results, &output)
            }
        }
        output.endLine()
        return output.bytes
    }

    private func entity(_ id: String, _ types: [String], _ output: inout JSONOutput, _ body: (inout JSONOutput) -> Void)
    {
        output.object { output in
            output.field("@id", id)
            output.key("@type")
            if types.count == 1 { output.string(types[0]) } else { output.array(types) { $0.string($1) } }
            body(&output)
        }
    }

    private func reference(_ key: String, _ id: String, _ output: inout JSONOutput) {
        output.key(key)
        output.object { $0.field("@id", id) }
    }

    private func references(_ key: String, _ ids: [String], _ output: inout JSONOutput) {
        output.key(key)
        output.array(ids) { output, id in output.object { $0.field("@id", id) } }
    }

    private func descriptor(_ output: inout JSONOutput) {
        entity("ro-crate-metadata.json", ["CreativeWork"], &output) { output in
            references("conformsTo", ["https://w3id.org/ro/crate/1.1", Self.workflowCrate], &output)
            reference("about", "./", &output)
        }
    }

    private func root(_ given: [Described], _ made: [Described], _ output: inout JSONOutput) {
        entity("./", ["Dataset"], &output) { output in
            output.field("name", title)
            output.field(
                "description",
                "An analysis of texts with Colophon: the pipeline, the report and the tables that it was made of.")
            output.field("datePublished", ended)
            reference("license", "#license", &output)
            references("conformsTo", [Self.process, Self.workflow, Self.workflowCrate], &output)
            reference("mainEntity", IRI.escaped(pipeline), &output)
            references("mentions", ["#run", "#corpus"], &output)
            references("hasPart", (given + made).map { IRI.escaped($0.path) }, &output)
        }
        entity("#license", ["CreativeWork"], &output) { output in
            output.field("name", "No licence is stated")
            output.field(
                "description",
                "The rights in the documents are those of their owners. State a licence here before you publish the crate."
            )
        }
    }

    private func workflow(_ given: [Described], _ output: inout JSONOutput) {
        entity(IRI.escaped(pipeline), ["File", "SoftwareSourceCode", "ComputationalWorkflow"], &output) { output in
            output.field("name", title)
            reference("programmingLanguage", "#pipeline-language", &output)
            reference("isBasedOn", "#colophon", &output)
            if let file = given.first(where: { $0.path == pipeline }) { facts(of: file, &output) }
        }
        entity("#pipeline-language", ["ComputerLanguage"], &output) { output in
            output.field("name", "Colophon pipeline")
            output.field("description", "A pipeline of Colophon in YAML.")
            output.field("version", release)
        }
    }

    private func software(_ output: inout JSONOutput) {
        entity("#colophon", ["SoftwareApplication"], &output) { output in
            output.field("name", "Colophon")
            output.field("softwareVersion", release)
            output.field(
                "description", "Runs analyses of texts in which every figure leads to the bytes of its source.")
        }
    }

    private func run(_ given: [Described], _ made: [Described], _ output: inout JSONOutput) {
        entity("#run", ["CreateAction"], &output) { output in
            output.field("name", "colophon run \(pipeline)")
            output.field("description", "The run that made the report and the tables from the documents.")
            output.field("startTime", began)
            output.field("endTime", ended)
            output.field("actionStatus", "http://schema.org/CompletedActionStatus")
            reference("instrument", IRI.escaped(pipeline), &output)
            references(
                "object", ["#corpus"] + given.filter { $0.path != pipeline }.map { IRI.escaped($0.path) }, &output)
            references("result", made.map { IRI.escaped($0.path) }, &output)
        }
    }

    private func profiles(_ output: inout JSONOutput) {
        for (id, name, version) in [
            (Self.process, "Process Run Crate", "0.5"), (Self.workflow, "Workflow Run Crate", "0.5"),
            (Self.workflowCrate, "Workflow RO-Crate", "1.0"),
        ] {
            entity(id, ["CreativeWork"], &output) { output in
                output.field("name", name)
                output.field("version", version)
            }
        }
    }

    private func file(_ file: Described, types: [String], _ output: inout JSONOutput) {
        entity(IRI.escaped(file.path), types, &output) { output in
            output.field("name", file.path)
            facts(of: file, &output)
        }
    }

    private func facts(of file: Described, _ output: inout JSONOutput) {
        output.field("encodingFormat", file.mediaType)
        output.field("contentSize", String(file.size))
        output.field("sha256", file.digest)
    }

    /// The corpus as a collection of documents that the crate does not hold.
    private func documents(_ results: ResultsDatabase, _ output: inout JSONOutput) throws {
        var ids: [String] = []
        try results.forEachRow(of: "documents") { row in
            guard let document = row["document"].text else { return }
            let id = "#document/\(IRI.escaped(document))"
            ids.append(id)
            entity(id, ["CreativeWork"], &output) { output in
                output.field("name", row["title"].text ?? document)
                output.field("identifier", document)
                if let date = row["date"].text { output.field("datePublished", date) }
                if let author = row["author"].text { output.field("author", author) }
                if let publisher = row["publisher"].text { output.field("publisher", publisher) }
                if let language = row["language"].text { output.field("inLanguage", language) }
                if let bytes = row["bytes"].integer { output.field("size", String(bytes)) }
                if let digest = row["sha256"].text { output.field("sha256", digest) }
            }
        }
        entity("#corpus", ["Collection"], &output) { output in
            output.field("name", "The documents that were analysed")
            output.field("description", "They are not part of the crate. Each has the SHA-256 of its bytes.")
            references("hasPart", ids, &output)
        }
    }
}
