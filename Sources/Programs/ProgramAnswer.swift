import StageKit
import Text

/// What a program says: a line of its output, read and checked.
struct ProgramAnswer {
    /// The number of the record.
    let number: Int
    private let value: JSONValue

    /// Reads the line `line` of the output.
    init(_ bytes: [UInt8], line: Int) throws(ProgramProblem) {
        value = try Self.object(bytes, line: line)
        guard case .integer(let number)? = value["n"] else {
            throw .badLine("the answer has no whole number 'n'", line: line)
        }
        self.number = number
    }

    /// What a line says of the corpus as a whole: `{"corpus":[{"topic":1,"words":"ice, weir"}]}`; nil for one that says
    /// something else.
    static func corpus(_ bytes: [UInt8], line: Int) throws(ProgramProblem) -> CustomLayer? {
        guard let rows = try object(bytes, line: line)["corpus"] else { return nil }
        guard case .array(let rows) = rows else {
            throw .badLine("'corpus' is \(rows.kind), not a list", line: line)
        }
        var annotations: [CustomLayer.Annotation] = []
        for (index, row) in rows.enumerated() {
            do throws(StageFailure) {
                annotations.append(.init(nil, try fields(of: row, "row \(index)", without: [])))
            } catch {
                throw .badLine(error.summary, line: line)
            }
        }
        return CustomLayer(annotations)
    }

    /// Checks the answer to the first line.
    static func checkHello(_ bytes: [UInt8], line: Int) throws(ProgramProblem) {
        guard let hello = try object(bytes, line: line)["hello"] else {
            throw .badLine(#"the first answer has no "hello""#, line: line)
        }
        guard case .object = hello, hello["protocol"] == .integer(ProgramMessage.version) else {
            throw .badLine(
                "the program does not speak protocol \(ProgramMessage.version)", line: line)
        }
    }

    /// The canonical bytes of the layers `names` of a document with this text, or why there are none. One layer stands
    /// under `spans`, several stand by their names under `layers`.
    func layers(_ names: [LayerName], for text: [UInt8]) -> Result<[[UInt8]], StageFailure> {
        if let error = value["error"] {
            guard case .string(let message) = error else { return .failure(.badAnswer("'error' is not a string")) }
            return .failure(StageFailure(message, code: "program-refused"))
        }
        do throws(StageFailure) {
            guard names.count > 1 else {
                guard case .array(let spans)? = value["spans"] else {
                    throw .badAnswer("the answer has neither a list 'spans' nor an 'error'")
                }
                return .success([try layer(names[0], spans, for: text)])
            }
            guard case .object(let members)? = value["layers"] else {
                throw .badAnswer("the answer has neither an object 'layers' nor an 'error'", "it writes several layers")
            }
            if let unknown = members.first(where: { member in !names.contains { $0.rawValue == member.key } }) {
                throw .badAnswer("the answer has a layer '\(unknown.key)', which the stage does not write")
            }
            var layers: [[UInt8]] = []
            for name in names {
                guard case .array(let spans)? = members.first(where: { $0.key == name.rawValue })?.value else {
                    throw .badAnswer("the answer has no list for the layer '\(name)'")
                }
                layers.append(try layer(name, spans, for: text))
            }
            return .success(layers)
        } catch {
            return .failure(error)
        }
    }

    private func layer(_ name: LayerName, _ spans: [JSONValue], for text: [UInt8]) throws(StageFailure) -> [UInt8] {
        if let type = GivenLayers.type(of: name) { return try GivenLayers.encoded(spans, as: type, text: text) }
        let offsets = CodePointOffsets(text)
        var annotations: [CustomLayer.Annotation] = []
        for (index, span) in spans.enumerated() {
            annotations.append(try Self.annotation(span, index: index, offsets: offsets))
        }
        return CustomLayer(annotations).encoded
    }

    private static func object(_ bytes: [UInt8], line: Int) throws(ProgramProblem) -> JSONValue {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw .badLine("not JSON at byte \(error.offset): \(error.summary): \(excerpt(bytes))", line: line)
        }
        guard case .object = value else {
            throw .badLine("an answer has to be an object, not \(value.kind)", line: line)
        }
        return value
    }

    private static func annotation(
        _ value: JSONValue, index: Int, offsets: CodePointOffsets
    ) throws(StageFailure) -> CustomLayer.Annotation {
        let fields = try fields(of: value, "span \(index)", without: ["start", "end"])
        return CustomLayer.Annotation(try place(value, index: index, offsets: offsets), fields)
    }

    /// The fields of an object, which messages call `name`, in order of their names.
    private static func fields(
        of value: JSONValue, _ name: String, without left: Set<String>
    ) throws(StageFailure) -> [CustomLayer.Field] {
        guard case .object(let members) = value else {
            throw .badAnswer("\(name) is \(value.kind), not an object")
        }
        var fields: [CustomLayer.Field] = []
        for member in members where !left.contains(member.key) {
            switch member.value {
            case .string(let value): fields.append(.init(member.key, .string(value)))
            case .integer(let value): fields.append(.init(member.key, .integer(value)))
            case .real(let value): fields.append(.init(member.key, .real(value)))
            case .bool(let value): fields.append(.init(member.key, .bool(value)))
            case .null: fields.append(.init(member.key, .null))
            case .array, .object:
                throw .badAnswer("field '\(member.key)' of \(name) is \(member.value.kind)")
            }
        }
        return fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func place(
        _ value: JSONValue, index: Int, offsets: CodePointOffsets
    ) throws(StageFailure) -> ByteSpan? {
        switch (value["start"], value["end"]) {
        case (nil, nil): return nil
        case (.integer(let start)?, .integer(let end)?):
            guard start <= end else { throw .badAnswer("span \(index) ends before it starts (\(start), \(end))") }
            guard let first = offsets.byte(ofCodePoint: start), let last = offsets.byte(ofCodePoint: end) else {
                throw .badAnswer(
                    "span \(index) (\(start), \(end)) is outside the text of \(offsets.count) code points")
            }
            return ByteSpan(first, last)
        default: throw .badAnswer("'start' and 'end' of span \(index) have to be whole numbers, or both missing")
        }
    }

    /// The beginning of a line for a message.
    private static func excerpt(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(60), as: UTF8.self)
        return "'" + text.unicodeScalars.map { $0.value < 0x20 ? " " : String($0) }.joined() + "'"
    }
}

extension StageFailure {
    /// A program's answer about one document is not as the protocol has it.
    fileprivate static func badAnswer(
        _ summary: String, _ hint: String = "positions count code points from 0, and the end is exclusive"
    ) -> StageFailure {
        StageFailure(summary, hint: hint, code: "bad-answer")
    }
}
