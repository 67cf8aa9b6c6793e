public import Text

/// A passage that names or measures something.
public struct Mention: Hashable, Sendable {
    /// What is mentioned.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case person, organization, place, group, event, work
        case date, time, duration, set
        case number, ordinal, percent, money, quantity
        /// An office or a body by which the text means somebody or something that it names: "the Foreign Secretary".
        case role
        /// An adjective of a nation, a people or a party before what it describes: "Turkish" in "Turkish officials". Its
        /// entity is the country or the group that it belongs to, where the corpus names that. A name within a longer name
        /// too: "Texas" in "University of Texas".
        case modifier

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
        /// Whether it names somebody or something, so that it has an entity.
        public var isName: Bool { rawValue <= Kind.work.rawValue }
    }

    /// Where it stands.
    public var span: ByteSpan
    /// What is mentioned.
    public var kind: Kind
    /// What it amounts to; nil for names, and for dates that can't be resolved.
    public var value: MentionValue?
    /// For a name, a role or a modifier in the layer `mentions`: the id of its entity.
    public var entity: String?

    /// A mention.
    public init(_ span: ByteSpan, _ kind: Kind, value: MentionValue? = nil, entity: String? = nil) {
        self.span = span
        self.kind = kind
        self.value = value
        self.entity = entity
    }
}

/// What a date or a quantity amounts to.
public enum MentionValue: Hashable, Sendable {
    case date(DateValue)
    case quantity(QuantityValue)
}

/// A date, time, duration or set in ISO 8601.
public struct DateValue: Hashable, Sendable {
    /// ISO 8601: `2025-12-29`, `2015/2017`, `P3D`, `2019-05`, `XXXX-12-29` where the year is not known.
    public var iso: String
    /// The first day it may mean, `YYYY-MM-DD`; empty when unknown.
    public var lower: String
    /// The last day it may mean, `YYYY-MM-DD`; empty when unknown.
    public var upper: String
    /// The date from which a relative one was reckoned; empty for one that needs none.
    public var anchor: String

    /// A date.
    public init(_ iso: String, lower: String = "", upper: String = "", anchor: String = "") {
        self.iso = iso
        self.lower = lower
        self.upper = upper
        self.anchor = anchor
    }
}

/// A number with what it counts or measures.
public struct QuantityValue: Hashable, Sendable {
    /// The number; for a range, its lower bound; for a bound, the bound.
    public var number: Double
    /// The least it may be; nil when there is no bound below.
    public var lower: Double?
    /// The most it may be; nil when there is no bound above.
    public var upper: Double?
    /// The unit (`km`, `USD`, `%`); empty when it has none.
    public var unit: String
    /// The noun that is counted (`Turkish citizens`), as it stands in the text; empty when there is none.
    public var noun: String
    /// Whether the text says that it is not exact (`nearly`, `about`).
    public var approximate: Bool
    /// What is said of it, as it stands in the text: `were injured`, `tested positive`, `margin of error`; empty where the
    /// sentence does not tell.
    public var event: String
    /// Whose figure it is, as it stands in the text: who gives it (`the ministry`) or else where it was counted (`in
    /// Texas`); empty where the sentence does not tell.
    public var holder: String
    /// For a duration, the same in ISO 8601: `P3D`; else empty.
    public var iso: String

    /// A number; without bounds, both are the number itself.
    public init(
        _ number: Double, lower: Double?, upper: Double?, unit: String = "", noun: String = "",
        approximate: Bool = false, event: String = "", holder: String = "", iso: String = ""
    ) {
        self.number = number
        self.lower = lower
        self.upper = upper
        self.unit = unit
        self.noun = noun
        self.approximate = approximate
        self.event = event
        self.holder = holder
        self.iso = iso
    }
}

/// Mentions as one document gives them, before it is known who is who.
public struct Names: Layer {
    /// `names`
    public static let name: LayerName = "names"
    /// By start, the longer first; none overlaps another, but that a modifier may stand within a name.
    public var mentions: [Mention]

    /// These mentions, by start.
    public init(_ mentions: [Mention]) { self.mentions = mentions }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(mentions: mentions) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { mentions = try reader.mentions() }
}

/// Mentions with their entities.
public struct Mentions: Layer {
    /// `mentions`
    public static let name: LayerName = "mentions"
    /// By start, the longer first; none overlaps another, but that a modifier may stand within a name. As many as in ``Names``, in the same order.
    public var mentions: [Mention]

    /// These mentions, by start.
    public init(_ mentions: [Mention]) { self.mentions = mentions }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(mentions: mentions) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { mentions = try reader.mentions() }
}

/// The decision of `tag-entities` on one form of a name.
public struct EntityDecision: Hashable, Sendable {
    /// The id of the entity: `group:islamic-state`.
    public var entity: String
    /// The name that reports show.
    public var name: String
    /// What it is.
    public var kind: Mention.Kind
    /// Why this form means this entity, in words: `defined in brackets: SDF`.
    public var reason: String
    /// The country that it is, whose people it is, or whose state it is a body of, by the name under which reports know
    /// that country; empty for all else. Entities with the same country are related, and are not the same.
    public var country: String

    /// The decision that a form means `entity`.
    public init(entity: String, name: String, kind: Mention.Kind, reason: String, country: String = "") {
        self.entity = entity
        self.name = name
        self.kind = kind
        self.reason = reason
        self.country = country
    }

    /// The canonical bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(entity)
        writer.write(name)
        writer.write(byte: kind.rawValue)
        writer.write(reason)
        writer.write(country)
        return writer.bytes
    }

    /// Reads canonical bytes.
    public init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        entity = try reader.string()
        name = try reader.string()
        guard let kind = Mention.Kind(rawValue: try reader.byte()) else { throw LayerError("no such kind of mention") }
        self.kind = kind
        reason = try reader.string()
        country = try reader.string()
        try reader.finish()
    }
}

extension ByteWriter {
    mutating func write(mentions: [Mention]) {
        var previous = 0
        write(list: mentions) { writer, mention in
            previous = writer.write(mention.span, after: previous)
            writer.write(byte: mention.kind.rawValue)
            writer.write(mention.entity ?? "")
            switch mention.value {
            case nil: writer.write(byte: 0)
            case .date(let date)?:
                writer.write(byte: 1)
                for part in [date.iso, date.lower, date.upper, date.anchor] { writer.write(part) }
            case .quantity(let quantity)?:
                writer.write(byte: 2)
                writer.write(quantity.number)
                writer.write(optional: quantity.lower) { $0.write($1) }
                writer.write(optional: quantity.upper) { $0.write($1) }
                writer.write(quantity.unit)
                writer.write(quantity.noun)
                writer.write(quantity.approximate)
                for part in [quantity.event, quantity.holder, quantity.iso] { writer.write(part) }
            }
        }
    }
}

extension ByteReader {
    mutating func mentions() throws(LayerError) -> [Mention] {
        var previous = 0
        return try list { reader throws(LayerError) in
            let span = try reader.span(after: &previous)
            guard let kind = Mention.Kind(rawValue: try reader.byte()) else {
                throw LayerError("no such kind of mention")
            }
            let entity = try reader.string()
            return Mention(span, kind, value: try reader.mentionValue(), entity: entity.isEmpty ? nil : entity)
        }
    }

    private mutating func mentionValue() throws(LayerError) -> MentionValue? {
        switch try byte() {
        case 0: return nil
        case 1:
            return .date(
                DateValue(try string(), lower: try string(), upper: try string(), anchor: try string()))
        case 2:
            return .quantity(
                QuantityValue(
                    try double(), lower: try optional { reader throws(LayerError) in try reader.double() },
                    upper: try optional { reader throws(LayerError) in try reader.double() }, unit: try string(),
                    noun: try string(), approximate: try bool(), event: try string(), holder: try string(),
                    iso: try string()))
        default: throw LayerError("no such value of a mention")
        }
    }
}
