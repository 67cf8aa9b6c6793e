public import Text

/// A layer that a stage of the user's own may give in place of a built-in stage: ``Sentences``, ``Tokens``, ``Mentions``,
/// ``Claims``.
///
/// A program writes it in JSON as its ``LayerShape`` has it, a stage in Swift as a value. Both are held to the same rules.
public protocol GivenLayer: Layer {
    /// Takes in what a program wrote: elements that have the shape of the layer.
    init(given elements: [GivenElement]) throws(StageFailure)
    /// The elements in order, with all passages of each; the first one is its place.
    var passages: [[ByteSpan]] { get }
    /// Whether an element may overlap the one before it.
    static var mayOverlap: Bool { get }
    /// What else is wrong with an element; nil for nothing.
    func problem(_ index: Int, in text: [UInt8]) -> String?
}

extension GivenLayer {
    /// No element overlaps another.
    public static var mayOverlap: Bool { false }

    /// Throws where the layer breaks a rule, with the element and its place, in code points of `text`.
    public func check(in text: [UInt8]) throws(StageFailure) {
        let offsets = CodePointOffsets(text)
        let element = LayerShape.of(Self.name)?.element ?? "element"
        var last: ByteSpan?
        func place(_ span: ByteSpan) -> String {
            "(\(offsets.codePoints(before: span.start)), \(offsets.codePoints(before: span.end)))"
        }
        for (index, passages) in passages.enumerated() {
            for span in passages {
                guard span.start >= 0, span.start <= span.end, span.end <= text.count else {
                    throw .badLayer(
                        "\(element) \(index) (bytes \(span.start) to \(span.end)) is outside the text of \(text.count) bytes"
                    )
                }
                for offset in [span.start, span.end]
                where offset < text.count && UTF8Decoding.isContinuation(text[offset]) {
                    throw .badLayer("\(element) \(index) has an edge inside a character, at byte \(offset)")
                }
                guard !span.isEmpty else { throw .badLayer("\(element) \(index) \(place(span)) is empty") }
            }
            guard let span = passages.first else { continue }
            if let last, Self.mayOverlap ? span.start < last.start : span.start < last.end {
                let how = span.start < last.start ? "begins before" : "overlaps"
                throw .badLayer(
                    "\(element) \(index) \(place(span)) \(how) \(element) \(index - 1) \(place(last))",
                    hint: "they have to come in order of the text")
            }
            last = span
            if let problem = problem(index, in: text) {
                throw .badLayer("\(element) \(index) \(place(span)) \(problem)")
            }
        }
    }
}

/// An element of a layer as a program wrote it; it has the shape of the layer.
public struct GivenElement {
    private let value: JSONValue
    private let name: String
    private let offsets: CodePointOffsets
    private let text: [UInt8]

    init(_ value: JSONValue, _ name: String, _ offsets: CodePointOffsets, _ text: [UInt8]) {
        self.value = value
        self.name = name
        self.offsets = offsets
        self.text = text
    }

    /// Its place.
    public func place() throws(StageFailure) -> ByteSpan { try span(value, "") }

    /// Its place without white space at the edges.
    public func trimmedPlace() throws(StageFailure) -> ByteSpan {
        var place = try place()
        while place.start < place.end, text[place.start].isBlank { place.start += 1 }
        while place.start < place.end, text[place.end - 1].isBlank { place.end -= 1 }
        return place
    }

    /// The passage under `key`; nil where there is none.
    public func passage(_ key: String) throws(StageFailure) -> ByteSpan? {
        guard let part = value[key], part != .null else { return nil }
        return try span(part, " in '\(key)'")
    }

    /// The elements of the list under `key`; none where there is no list.
    public func list(_ key: String) -> [GivenElement] {
        guard case .array(let values)? = value[key] else { return [] }
        return values.enumerated().map { GivenElement($1, "'\(key)[\($0)]' of \(name)", offsets, text) }
    }

    /// The word of `all` that stands under `key`; nil where none does.
    public func choice<Choice>(_ key: String, _ all: [Choice], _ label: (Choice) -> String) -> Choice? {
        guard case .string(let word)? = value[key] else { return nil }
        return all.first { label($0) == word }
    }

    /// Whether `true` stands under `key`.
    public func isTrue(_ key: String) -> Bool { value[key] == .bool(true) }

    private func span(_ value: JSONValue, _ part: String) throws(StageFailure) -> ByteSpan {
        guard case .integer(let start)? = value["start"], case .integer(let end)? = value["end"] else {
            throw .badLayer("\(name) has no 'start' and 'end'\(part)")
        }
        guard start <= end else { throw .badLayer("\(name) ends before it starts (\(start), \(end))\(part)") }
        guard let first = offsets.byte(ofCodePoint: start), let last = offsets.byte(ofCodePoint: end) else {
            throw .badLayer(
                "\(name) (\(start), \(end)) is outside the text of \(offsets.count) code points\(part)")
        }
        return ByteSpan(first, last)
    }
}

/// The layers that stages of the user's own may give.
public enum GivenLayers {
    /// Their types.
    public static let all: [any GivenLayer.Type] = [Sentences.self, Tokens.self, Mentions.self, Claims.self]

    /// The type of a layer; nil for one that can't be given.
    public static func type(of layer: LayerName) -> (any GivenLayer.Type)? { all.first { $0.name == layer.base } }

    /// The canonical bytes of the layer that a program wrote about a document with this text.
    public static func encoded(
        _ elements: [JSONValue], as type: any GivenLayer.Type, text: [UInt8]
    ) throws(StageFailure) -> [UInt8] {
        guard let shape = LayerShape.of(type.name) else { throw .badLayer("there is no layer '\(type.name)'") }
        let offsets = CodePointOffsets(text)
        var given: [GivenElement] = []
        for (index, element) in elements.enumerated() {
            if let problem = shape.problem(element) { throw .badLayer("\(shape.element) \(index) \(problem)") }
            given.append(GivenElement(element, "\(shape.element) \(index)", offsets, text))
        }
        let layer = try type.init(given: given)
        try layer.check(in: text)
        return layer.encoded
    }
}

extension UInt8 {
    /// Whether it is ASCII white space.
    var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension StageFailure {
    /// What a stage of the user's own gave is not the layer that it says it is.
    static func badLayer(_ summary: String, hint: String? = nil) -> StageFailure {
        StageFailure(
            summary, hint: hint ?? "positions count code points from 0, and the end is exclusive: see docs/layers.md",
            code: "bad-layer")
    }
}
