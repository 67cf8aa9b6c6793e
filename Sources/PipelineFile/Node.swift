import StageKit

/// A value of a YAML file with its place.
struct Node {
    enum Content {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    struct Scalar {
        /// As it is read: without quotes, escapes resolved.
        var text: String
        /// What the core schema makes of it: never a list, a mapping or a file.
        var value: OptionValue
    }

    struct Entry {
        var key: String
        var keyMark: Mark
        var value: Node
    }

    var content: Content
    var mark: Mark
    /// Whether the value is missing for a reason that is reported already.
    var isBroken = false
    /// How many collections are in each other, this one counted.
    let height: Int
    /// How much memory the node takes when it is copied: about one for each 32 bytes.
    let cost: Int

    init(_ scalar: Scalar, _ mark: Mark) {
        content = .scalar(scalar)
        self.mark = mark
        height = 0
        cost = 1 + scalar.text.utf8.count / 32
    }

    init(sequence nodes: [Node], _ mark: Mark) {
        content = .sequence(nodes)
        self.mark = mark
        height = 1 + (nodes.map(\.height).max() ?? 0)
        cost = nodes.reduce(1) { $0 + $1.cost }
    }

    init(mapping entries: [Entry], _ mark: Mark) {
        content = .mapping(entries)
        self.mark = mark
        height = 1 + (entries.map(\.value.height).max() ?? 0)
        cost = entries.reduce(1) { $0 + $1.value.cost + 1 + $1.key.utf8.count / 32 }
    }

    /// The value without its places.
    var value: OptionValue {
        switch content {
        case .scalar(let scalar): scalar.value
        case .sequence(let nodes): .list(nodes.map(\.value))
        case .mapping(let entries):
            .mapping(entries.map { OptionEntry($0.key, $0.value.value, line: $0.keyMark.line) })
        }
    }

    var isNull: Bool { if case .scalar(let scalar) = content { scalar.value == .null } else { false } }

    /// The text of a scalar that says something, whatever the schema makes of it: `2024` is a name as good as any.
    var text: String? {
        if case .scalar(let scalar) = content, scalar.value != .null { scalar.text } else { nil }
    }

    /// The value in words, for "takes …, not …".
    var found: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .string: "the text '\(scalar.text.shortened)'"
            default: scalar.text.shortened
            }
        }
    }
}

extension String {
    /// At most 60 code points, for a message.
    var shortened: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: 60, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }
}
