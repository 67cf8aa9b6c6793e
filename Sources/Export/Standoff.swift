import Results

/// Texts with standoff annotations, as the annotation tool brat reads them (https://brat.nlplab.org/standoff.html).
///
/// Each document is a pair of files, `PATH.txt` and `PATH.ann`, named by the path of the document within the project.
/// Offsets count code points of the text. Names, dates and quantities are text-bound annotations (`T`) with the id and
/// name of their entity in a note (`#`); a claim is one too, with its stance and negation as attributes (`A`) and a
/// relation (`R`) to the mention that is its source. `annotation.conf` declares all of them.
enum Standoff {
    static func export(_ results: ResultsDatabase, _ write: (ExportFile) throws -> Void) throws {
        let names = try AnnotatedDocument.entityNames(in: results)
        var types: Set<String> = []
        var stances: Set<String> = []
        try AnnotatedDocument.forEach(in: results) { document in
            var lines = AnnotationLines(document, names: names)
            for mention in document.mentions { lines.add(mention: mention) }
            for claim in document.claims { lines.add(claim: claim) }
            types.formUnion(lines.types)
            stances.formUnion(lines.stances)
            try write(ExportFile("\(document.id).txt", Array(document.text(0..<document.text.count).utf8)))
            try write(ExportFile("\(document.id).ann", Array(lines.text.utf8)))
        }
        try write(ExportFile("annotation.conf", Array(configuration(types.sorted(), stances.sorted()).utf8)))
    }

    private static func configuration(_ types: [String], _ stances: [String]) -> String {
        let values = stances.isEmpty ? "" : "\nStance Arg:Claim, Value:\(stances.joined(separator: "|"))"
        return """
            [entities]
            \((types + ["Claim"]).joined(separator: "\n"))

            [relations]
            Source Arg1:Claim, Arg2:<ENTITY>

            [events]

            [attributes]
            Negated Arg:Claim\(values)

            """
    }
}

/// The lines of one `.ann` file.
private struct AnnotationLines {
    private let document: AnnotatedDocument
    private let names: [String: String]
    private var bound: [String: Int] = [:]
    private var counts: [Character: Int] = [:]
    private(set) var types: Set<String> = []
    private(set) var stances: Set<String> = []
    private(set) var text = ""

    init(_ document: AnnotatedDocument, names: [String: String]) {
        self.document = document
        self.names = names
    }

    mutating func add(mention: Passage) {
        let type = Self.label(mention.row["type"].text ?? "mention")
        guard let number = add(mention, type: type) else { return }
        types.insert(type)
        bound[mention.id] = number
        guard let entity = mention.row["entity"].text else { return }
        let note = [entity, names[entity]].compactMap { $0 }.joined(separator: " ")
        add("#", "AnnotatorNotes T\(number)\t\(Self.oneLine(note))")
    }

    mutating func add(claim: Passage) {
        guard let number = add(claim, type: "Claim") else { return }
        if claim.row["negated"].integer == 1 { add("A", "Negated T\(number)") }
        if let stance = claim.row["stance"].text.map(Self.word) {
            stances.insert(stance)
            add("A", "Stance T\(number) \(stance)")
        }
        if let source = claim.row["source_mention"].text.flatMap({ bound[$0] }) {
            add("R", "Source Arg1:T\(number) Arg2:T\(source)")
        }
    }

    /// Adds a text-bound annotation and returns its number; nil where nothing but white space is left of it.
    private mutating func add(_ passage: Passage, type: String) -> Int? {
        let fragments = self.fragments(of: passage)
        guard !fragments.isEmpty else { return nil }
        let places = fragments.map { "\($0.lowerBound) \($0.upperBound)" }.joined(separator: ";")
        let words = fragments.map { document.text($0) }.joined(separator: " ")
        return add("T", "\(type) \(places)\t\(words)")
    }

    /// The pieces between line ends: an annotation in brat's format may not go over one.
    private func fragments(of passage: Passage) -> [Range<Int>] {
        var fragments: [Range<Int>] = []
        var start = passage.start
        let end = min(passage.end, document.text.count)
        for position in passage.start..<max(passage.start, end) where document.text[position].isLineEnd {
            if start < position { fragments.append(start..<position) }
            start = position + 1
        }
        if start < end { fragments.append(start..<end) }
        return fragments.filter { !document.text[$0].allSatisfy(\.properties.isWhitespace) }
    }

    @discardableResult
    private mutating func add(_ kind: Character, _ rest: String) -> Int {
        counts[kind, default: 0] += 1
        let number = counts[kind, default: 0]
        text += "\(kind)\(number)\t\(rest)\n"
        return number
    }

    /// A type as brat wants it: letters, digits, `_`, the first letter a capital.
    private static func label(_ type: String) -> String {
        let word = word(type)
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func word(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isLineEnd || $0 == "\t" ? " " : $0 }))
    }
}

extension Unicode.Scalar {
    /// Whether readers of text files take the code point for the end of a line (Unicode Standard, section 5.8).
    fileprivate var isLineEnd: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
