import Model

/// The parts of a pipeline, put together from the file and those that it includes.
///
/// What an included file says stands before what the including file says: its parameters and stages come first. A
/// value that both give is the including file's; of two included files, the later one's. The keys of `corpus` and
/// `parameters` are merged one by one, `stages` are joined. A file that is included twice counts once.
struct Sections {
    /// `title`, `notebook`, `decisions`, `variants`.
    var values: [String: Node.Entry] = [:]
    /// The keys of `corpus`.
    var corpus: [String: Node.Entry] = [:]
    /// Where `corpus` is written last.
    var corpusMark: Mark?
    /// Where `stages` is written last.
    var stagesMark: Mark?
    /// Whether a section is missing for a reason that is reported already.
    var isBroken = false
    var parameters: [Node.Entry] = []
    var stages: [Node] = []
}

/// Reads a pipeline's file and what it includes.
struct SectionsReader {
    private static let deepestInclude = 8

    private let reader: PipelineReader
    private var seen: Set<String> = []
    private var parameterIndex: [String: Int] = [:]
    private(set) var sections = Sections()
    /// Where the pipeline itself begins.
    private(set) var root: Mark?

    init(_ reader: PipelineReader) { self.reader = reader }

    /// Reads the file at `path`, as messages show it.
    mutating func read(_ path: String) { read(path, chain: [], mark: nil) }

    private mutating func read(_ path: String, chain: [String], mark: Mark?) {
        let relative = reader.relative(path)
        let what = mark == nil ? "a pipeline" : "an included file"
        guard let node = reader.tree(path, path: relative, limit: PipelineReader.largestPipeline, mark: mark),
            let entries = reader.entries(node, what, hint: "It begins with keys such as 'stages:'.")
        else {
            sections.isBroken = true
            return
        }
        if mark == nil { root = node.mark }
        let known = reader.known(entries, Keys.pipeline, of: "a pipeline")
        if let entry = known["include"] { include(entry.value, from: path, chain: chain + [Pipeline.join(".", path)]) }
        for name in ["title", "notebook", "decisions", "variants"] { known[name].map { sections.values[name] = $0 } }
        if let corpus = known["corpus"], let entries = section(reader.entries(corpus.value, "'corpus'")) {
            sections.corpusMark = corpus.keyMark
            sections.corpus.merge(reader.known(entries, Keys.corpus, of: "'corpus'")) { $1 }
        }
        if let parameters = known["parameters"],
            let entries = section(reader.entries(parameters.value, "'parameters'"))
        {
            for entry in entries { add(parameter: entry) }
        }
        let hint = "Each stage begins with '- uses:'."
        if let stages = known["stages"], let nodes = section(reader.list(stages.value, "'stages'", hint: hint)) {
            sections.stagesMark = stages.keyMark
            sections.stages += nodes
        }
    }

    private mutating func section<Content>(_ content: Content?) -> Content? {
        sections.isBroken = sections.isBroken || content == nil
        return content
    }

    private mutating func add(parameter entry: Node.Entry) {
        guard reader.isName(entry.key, "a parameter", entry.keyMark) else { return }
        if let k = parameterIndex[entry.key] {
            sections.parameters[k] = entry
        } else {
            parameterIndex[entry.key] = sections.parameters.count
            sections.parameters.append(entry)
        }
    }

    private mutating func include(_ node: Node, from path: String, chain: [String]) {
        let files = reader.texts(node, "'include'", entry: "an included file")
        // what such a file says is missing then
        if files.isEmpty { sections.isBroken = true }
        for (text, mark) in files {
            guard reader.isRelative(text, mark) else {
                sections.isBroken = true
                continue
            }
            let included = Pipeline.join(Pipeline.folder(of: path), text)
            if chain.contains(included) {
                refuse("file '\(included)' includes itself", Self.round(chain, included), "include-cycle", mark)
            } else if chain.count > Self.deepestInclude {
                refuse("files are included more than \(Self.deepestInclude) deep", nil, "include-depth", mark)
            } else if seen.insert(included).inserted {
                read(included, chain: chain, mark: mark)
            }
        }
    }

    private mutating func refuse(_ message: String, _ hint: String?, _ id: String, _ mark: Mark) {
        reader.problems.report(message, hint: hint, id: id, at: mark)
        sections.isBroken = true
    }

    /// The way from a file back to it, when there are others on it.
    private static func round(_ chain: [String], _ path: String) -> String? {
        let way = chain.drop { $0 != path } + [path]
        return way.count > 2 ? "The way is \(way.map { "'\($0)'" }.joined(separator: " to "))." : nil
    }

}
