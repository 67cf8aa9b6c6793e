import Text

/// How a layer looks in JSON: what programs are sent, what they may answer, and what `colophon annotate` prints.
///
/// A layer is a list of objects with `start` and `end`, code points of the text from 0, the end exclusive. Stages in Swift
/// have the same layers as types (``Sentences``, ``Tokens``, ``Mentions``, ``Claims``); ``LayerJSON`` is between the two.
public struct LayerShape: Sendable {
    /// The version of all shapes: raised when a field is removed or changes its meaning. New fields don't raise it.
    public static let version = 1

    /// What a value is.
    public indirect enum Content: Sendable {
        case string, integer, number, bool
        /// One of these words.
        case choice([String])
        case object([Field])
        case list(Content)
        /// One of several.
        case either([Content])
    }

    /// What a stage that gives the layer in place of a built-in stage says in a field.
    public enum Giving: Hashable, Sendable {
        case required, optional
        /// It is found by later stages: only null may be given.
        case later
    }

    /// A named value of an object.
    public struct Field: Sendable {
        /// The key.
        public let name: String
        /// The value.
        public let content: Content
        /// Whether it may be null.
        public let isNullable: Bool
        /// Whether it is always written.
        public let isAlways: Bool
        /// What a stage that gives the layer says of it.
        public let giving: Giving
        /// What it says: a phrase without a full stop.
        public let summary: String

        init(
            _ name: String, _ content: Content, _ summary: String, nullable: Bool = false, always: Bool = true,
            giving: Giving = .later
        ) {
            self.name = name
            self.content = content
            isNullable = nullable
            isAlways = always
            self.giving = giving
            self.summary = summary
        }
    }

    /// The layer.
    public let layer: LayerName
    /// One element of it, for messages: `sentence`.
    public let element: String
    /// What the layer has: a sentence.
    public let summary: String
    /// The fields of an element.
    public let fields: [Field]
    /// Whether a stage of the user's own may give it in place of a built-in one.
    public let isGiven: Bool

    init(_ layer: LayerName, _ element: String, _ summary: String, given: Bool = false, _ fields: [Field]) {
        self.layer = layer
        self.element = element
        self.summary = summary
        self.fields = fields
        isGiven = given
    }

    /// The shape of a layer; nil for layers of programs, which have any fields. A layer of a second use of a stage has the
    /// shape of the first one's.
    public static func of(_ layer: LayerName) -> LayerShape? { all.first { $0.layer == layer.base } }
}

extension LayerShape.Content {
    /// What is wrong with a value that a stage gives, with the path of the field where it is in one; nil for nothing.
    func problem(_ value: JSONValue) -> (field: String, summary: String)? {
        switch (self, value) {
        case (.string, .string), (.integer, .integer), (.number, .integer), (.number, .real), (.bool, .bool): return nil
        case (.choice(let words), .string(let word)):
            return words.contains(word) ? nil : ("", "has to be one of \(words.joined(separator: ", ")), not '\(word)'")
        case (.object(let fields), .object(let members)):
            return LayerShape.problem(members, of: fields)
        case (.list(let content), .array(let values)):
            for (k, value) in values.enumerated() {
                if let problem = content.problem(value) { return ("[\(k)]\(problem.field)", problem.summary) }
            }
            return nil
        case (.either(let all), _):
            return all.contains { $0.problem(value) == nil } ? nil : ("", "is \(value.kind)")
        default: return ("", "has to be \(name), not \(value.kind)")
        }
    }

    /// What it is, in words.
    var name: String {
        switch self {
        case .string: "a string"
        case .integer: "a whole number"
        case .number: "a number"
        case .bool: "true or false"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .object(let fields): "an object with \(fields.map { "'\($0.name)'" }.joined(separator: ", "))"
        case .list(.object): "a list of objects"
        case .list(let content): "a list, of which each is \(content.name)"
        case .either(let all): all.map(\.name).joined(separator: " or ")
        }
    }
}

extension LayerShape {
    /// What is wrong with an element that a stage gives: `field 'kind' has to be one of …`; nil for nothing.
    func problem(_ element: JSONValue) -> String? {
        guard case .object(let members) = element else { return "is \(element.kind), not an object" }
        return Self.problem(members, of: fields).map {
            $0.field.isEmpty ? $0.summary : "has a field '\($0.field)' that \($0.summary)"
        }
    }

    fileprivate static func problem(
        _ members: [JSONValue.Member], of fields: [Field]
    ) -> (field: String, summary: String)? {
        for member in members {
            guard let field = fields.first(where: { $0.name == member.key }) else {
                let known = fields.filter { $0.giving != .later }.map(\.name)
                return (member.key, "is not known: there are \(known.joined(separator: ", "))")
            }
            if member.value == .null {
                if field.isNullable { continue }
                return (field.name, "is null")
            }
            if field.giving == .later { return (field.name, "is found by later stages: leave it out") }
            if let problem = field.content.problem(member.value) {
                return (field.name + problem.field, problem.summary)
            }
        }
        for field in fields {
            guard field.giving == .required, !members.contains(where: { $0.key == field.name }) else { continue }
            return ("", "has no '\(field.name)'")
        }
        return nil
    }
}
