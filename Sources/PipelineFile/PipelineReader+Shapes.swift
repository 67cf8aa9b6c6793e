import Model
import StageKit

/// Taking a node for what it should be: nil, with the reason reported, when it is not.
extension PipelineReader {
    func entries(_ node: Node, _ what: String, hint: String? = nil) -> [Node.Entry]? {
        if case .mapping(let entries) = node.content { return entries }
        return refuse(node, what, "a mapping", hint: hint)
    }

    func list(_ node: Node, _ what: String, hint: String? = nil) -> [Node]? {
        if case .sequence(let nodes) = node.content { return nodes }
        return refuse(node, what, "a list", hint: hint)
    }

    func text(_ node: Node, _ what: String) -> String? {
        if let text = node.text, !text.isEmpty, !node.isBroken { return text }
        return refuse(node, what, "a text")
    }

    func bool(_ node: Node, _ what: String) -> Bool? {
        if case .bool(let value) = node.value { return value }
        return refuse(node, what, "true or false")
    }

    private func refuse<Value>(_ node: Node, _ what: String, _ expected: String, hint: String? = nil) -> Value? {
        if node.isBroken { return nil }
        let isEmpty = node.isNull || node.text == ""
        problems.report(
            isEmpty ? "\(what) is \(expected), but has no value" : "\(what) is \(expected), not \(node.found)",
            hint: hint,
            id: "wrong-type", at: node.mark)
        return nil
    }

    /// One text or a list of texts.
    func texts(_ node: Node, _ what: String, entry: String) -> [(text: String, mark: Mark)] {
        if let text = node.text, !text.isEmpty, !node.isBroken { return [(text, node.mark)] }
        guard case .sequence(let nodes) = node.content else { return refuse(node, what, "a text or a list") ?? [] }
        return nodes.compactMap { node in text(node, entry).map { ($0, node.mark) } }
    }

    /// A path relative to the project. An absolute one would mean nothing to whoever the pipeline is shared with.
    func path(_ node: Node, _ what: String) -> String? {
        guard let text = text(node, what) else { return nil }
        return isRelative(text, node.mark) ? Pipeline.join(".", text) : nil
    }

    func isRelative(_ path: String, _ mark: Mark) -> Bool {
        let isHome = path.utf8.starts(with: "~/".utf8)
        if path.utf8.first != UInt8(ascii: "/"), !isHome, !path.utf8.contains(0) { return true }
        problems.report(
            "'\(path.shortened)' is not a path within the project",
            hint: "Paths are relative to the project, so that others can run the pipeline.", id: "absolute-path",
            at: mark)
        return false
    }

    /// Whether `name` can be an id, a layer or a parameter.
    func isName(_ name: String, _ what: String, _ mark: Mark) -> Bool {
        let bytes = Array(name.utf8)
        let isValid = bytes.allSatisfy(Self.isNameByte) && bytes.first.map(Self.isLetter) ?? false
        if isValid, bytes.count <= 64 { return true }
        problems.report(
            "'\(name.shortened)' can't be the name of \(what)",
            hint: "A name has letters, digits, '-' and '_', begins with a letter and has at most 64 characters.",
            id: "bad-name", at: mark)
        return false
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-_".utf8.contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

    /// Reports keys that are not among `known` and gives the others by name.
    func known(_ entries: [Node.Entry], _ known: [Keys.Key], of what: String) -> [String: Node.Entry] {
        var result: [String: Node.Entry] = [:]
        for entry in entries {
            if known.contains(where: { $0.name == entry.key }) {
                result[entry.key] = entry
            } else {
                problems.report(
                    "\(what) has no key '\(entry.key.shortened)'", hint: hint(entry.key, among: known.map(\.name)),
                    id: "unknown-key", at: entry.keyMark)
            }
        }
        return result
    }

    /// The near name, or, when nothing is near, all there are.
    func hint(_ name: String, among names: [String]) -> String? {
        if let near = NearName.hint(name, among: names) { return near }
        return names.isEmpty ? nil : "There are: \(names.map { "'\($0)'" }.joined(separator: ", "))."
    }
}
