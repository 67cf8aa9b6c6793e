/// The lines of an embedded data file, without comments and empty ones.
struct DataLines: Sequence {
    private let text: StaticString

    init(_ text: StaticString) { self.text = text }

    func makeIterator() -> Iterator { Iterator(rest: text.description[...]) }

    struct Iterator: IteratorProtocol {
        fileprivate var rest: Substring

        mutating func next() -> Substring? {
            while !rest.isEmpty {
                let end = rest.utf8.firstIndex(of: 0x0A) ?? rest.endIndex
                let line = rest[..<end]
                rest = end == rest.endIndex ? rest[end...] : rest[rest.utf8.index(after: end)...]
                if !line.isEmpty, line.utf8.first != UInt8(ascii: "#") { return line }
            }
            return nil
        }
    }
}

extension Substring {
    /// The parts between `separator`s, without blanks around them and without empty ones.
    func parts(_ separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator)).map { Substring($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Without blanks at either end.
    var trimmed: Substring {
        var view = utf8
        while view.first == 0x20 { view.removeFirst() }
        while view.last == 0x20 { view.removeLast() }
        return Substring(view)
    }
}
