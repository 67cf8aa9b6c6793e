import StageKit

/// One element of a form's row: what documents say of the form.
enum Evidence: Hashable {
    /// Why two forms belong together, in the order in which the better reason comes first.
    enum Reason: UInt8 {
        case bracket, knownAs, or, initials, equation, transposed, listed, title, surname, partOfName, shorter, turned
        case country, plural
    }

    /// How the other form of a link stands to this one. Each role has its counterpart in the other's row.
    enum Role: UInt8 {
        /// Both mean the same wherever they stand.
        case same
        /// The other explains this one in the document that this row stands for; and the other way round.
        case explainedBy, explains
        /// The other is what this form may be short for, where nothing else is; and the other way round.
        case shortFor, longFor
        /// The two are decided together, and may be two.
        case beside

        var counterpart: Role {
            switch self {
            case .same: .same
            case .explainedBy: .explains
            case .explains: .explainedBy
            case .shortFor: .longFor
            case .longFor: .shortFor
            case .beside: .beside
            }
        }
    }

    /// A vote for a kind, told by the text or guessed.
    case kind(Mention.Kind, isSure: Bool)
    /// The form as it is written.
    case surface(String)
    /// A link to another form.
    case link(Role, Reason, FormKey)

    /// The bytes of the element.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .kind(let kind, let isSure):
            writer.write(byte: 0)
            writer.write(byte: kind.rawValue)
            writer.write(isSure)
        case .surface(let text):
            writer.write(byte: 1)
            writer.write(text)
        case .link(let role, let reason, let key): return Self.link(role, reason, key.foldKey)
        }
        return writer.bytes
    }

    /// The bytes of a link to the form whose row this is.
    static func link(_ role: Role, _ reason: Reason, _ key: FoldKey) -> [UInt8] {
        var writer = ByteWriter()
        writer.reserve(8 + key.bytes.count)
        writer.write(byte: 2)
        writer.write(byte: role.rawValue)
        writer.write(byte: reason.rawValue)
        writer.write(key.bytes)
        return writer.bytes
    }

    /// Reads an element; nil for bytes that are none.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let evidence = try? Self.read(&reader) else { return nil }
        self = evidence
    }

    /// The row that an element links to; nil for one that links to none. The other form is not read: of all that is
    /// asked of a table this is asked most often.
    static func linked(_ bytes: [UInt8]) -> FoldKey? {
        guard bytes.first == 2 else { return nil }
        var reader = ByteReader(bytes)
        guard let link = try? readLink(&reader) else { return nil }
        return link.key
    }

    private static func readLink(
        _ reader: inout ByteReader
    ) throws(LayerError) -> (role: Role, reason: Reason, key: FoldKey)? {
        _ = try reader.byte()
        guard let role = Role(rawValue: try reader.byte()), let reason = Reason(rawValue: try reader.byte()) else {
            return nil
        }
        return (role, reason, FoldKey(try reader.blob()))
    }

    private static func read(_ reader: inout ByteReader) throws(LayerError) -> Evidence? {
        switch try reader.byte() {
        case 0:
            guard let kind = Mention.Kind(rawValue: try reader.byte()) else { return nil }
            return .kind(kind, isSure: try reader.bool())
        case 1: return .surface(try reader.string())
        case 2:
            guard let role = Role(rawValue: try reader.byte()), let reason = Reason(rawValue: try reader.byte()),
                let key = FormKey(FoldKey(try reader.blob()))
            else { return nil }
            return .link(role, reason, key)
        default: return nil
        }
    }
}
