import StageKit

/// Four steps, one of each shape: words, in how many documents each stands, which are one, and what each document's
/// words are then called.
enum ToyStage: Stage {
    static let description = StageDescription(name: "toy", summary: "Groups words that share their first letter.")
    static let steps: [StepType] = [
        .join(NameWords.self), .finish(GroupWords.self), .fold(CountWords.self), .map(CutWords.self),
    ]
    static let fingerprint = "toy"
}

/// The words of a document.
struct Words: Layer {
    static let name: LayerName = "words"
    var words: [String]

    init(_ words: [String]) { self.words = words }
    func encode(into writer: inout ByteWriter) { writer.write(list: words) { $0.write($1) } }
    init(decoding reader: inout ByteReader) throws(LayerError) {
        words = try reader.list { reader throws(LayerError) in try reader.string() }
    }
}

/// What the words of a document are called.
struct CalledWords: Layer {
    static let name: LayerName = "called"
    var words: [String]

    init(_ words: [String]) { self.words = words }
    func encode(into writer: inout ByteWriter) { writer.write(list: words) { $0.write($1) } }
    init(decoding reader: inout ByteReader) throws(LayerError) {
        words = try reader.list { reader throws(LayerError) in try reader.string() }
    }
}

struct CutWords: MapStep {
    static let contract = StepContract("cut", reads: [SourceBytes.name], writes: [Words.name])
    init(options: OptionReader) {}
    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let bytes = try input.layer(SourceBytes.self).bytes
        guard !bytes.contains(0) else { throw StageFailure("holds a NUL byte", code: "binary-file") }
        return StepOutput(Words(bytes.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }))
    }
}

struct CountWords: FoldStep {
    static let contract = StepContract("count", reads: [Words.name])
    init(options: OptionReader) {}
    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        Summary(Set(try input.layer(Words.self).words).map { SummaryEntry(FoldKey($0)) })
    }
}

/// Words are connected when one is the other with a letter more at its end; the group is called by its first word.
struct GroupWords: FinishStep {
    static let contract = StepContract("group", after: "count")
    init(options: OptionReader) {}
    func neighbours(of row: FoldRow) -> [FoldKey] {
        guard let word = (try? row.key.parts())?.first else { return [] }
        return [FoldKey(String(word.dropLast()))] + "abc".map { FoldKey(word + String($0)) }
    }
    func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] {
        guard let first = rows.first, rows.count > 1 else { return [] }
        return rows.map { Decision($0.key, first.key.bytes) }
    }
}

struct NameWords: JoinStep {
    static let contract = StepContract(
        "name", reads: [Words.name], writes: [CalledWords.name], facts: [.id], after: "group")
    init(options: OptionReader) {}
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] {
        try input.layer(Words.self).words.map { FoldKey($0) }
    }
    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        let words = try input.layer(Words.self).words.map { word in
            decisions[FoldKey(word)].flatMap { try? FoldKey($0).parts().first } ?? "\(word)?"
        }
        return StepOutput(CalledWords([input.facts.id + input.facts.folder] + words))
    }
}
