import YAML

/// Reads YAML to the values that front matter has.
struct YAMLValue {
    /// What came of it.
    enum Outcome: Equatable {
        case value(HeadValue)
        /// The line, from 1, at which it is no YAML.
        case broken(line: Int)
    }

    /// Collections may be this deep in each other.
    private static let deepest = 64
    /// How many values aliases may add.
    private static let mostAliased = 10_000

    private let events: EventReader
    private var anchors: [String: (value: HeadValue, count: Int)] = [:]
    private var aliased = 0
    /// How many values were read.
    private var count = 0

    private struct GivenUp: Error {}

    /// The value of `bytes`, which are UTF-8.
    static func read(_ bytes: [UInt8]) -> Outcome {
        do throws(SyntaxError) {
            var reader = YAMLValue(events: try EventReader(bytes))
            do {
                return .value(try reader.document())
            } catch let error as SyntaxError {
                throw error
            } catch {
                return .broken(line: 1)
            }
        } catch {
            var (scalar, line) = (0, 1)
            for byte in bytes {
                if scalar >= error.offset { break }
                if byte & 0xC0 != 0x80 { scalar += 1 }
                if byte == 0x0A { line += 1 }
            }
            return .broken(line: line)
        }
    }

    private mutating func document() throws -> HeadValue {
        var value = HeadValue.none
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamStart, .documentStart: continue
            case .documentEnd:
                // what follows would be another document
                guard case .streamEnd = try events.next().kind else { throw GivenUp() }
                return value
            case .streamEnd: return value
            default: value = try self.value(event, depth: 0)
            }
        }
    }

    private mutating func value(_ event: YAMLEvent, depth: Int) throws -> HeadValue {
        guard depth < Self.deepest else { throw GivenUp() }
        let before = count
        count += 1
        let value: HeadValue
        switch event.kind {
        case .scalar(let text, let isPlain):
            value = isPlain && ["", "~", "null", "Null", "NULL"].contains(text) ? .none : .text(text)
        case .alias(let name):
            guard let anchor = anchors[name] else { throw GivenUp() }
            aliased += anchor.count
            // what holds an alias is as large as what it stands for
            count += anchor.count
            guard aliased <= Self.mostAliased else { throw GivenUp() }
            return anchor.value
        case .sequenceStart:
            var items: [HeadValue] = []
            while true {
                let next = try events.next()
                if case .sequenceEnd = next.kind { break }
                items.append(try self.value(next, depth: depth + 1))
            }
            value = .list(items)
        case .mappingStart: value = .mapping(try pairs(depth))
        default: throw GivenUp()
        }
        if let anchor = event.anchor { anchors[anchor] = (value, count - before) }
        return value
    }

    private mutating func pairs(_ depth: Int) throws -> [HeadPair] {
        var pairs: [HeadPair] = []
        var merged: [HeadPair] = []
        while true {
            let next = try events.next()
            if case .mappingEnd = next.kind { break }
            let key = try self.value(next, depth: depth + 1)
            let value = try self.value(try events.next(), depth: depth + 1)
            guard case .text(let name) = key else { continue }
            switch (name, value) {
            case ("<<", .mapping(let more)): merged += more
            case ("<<", .list(let values)):
                for case .mapping(let more) in values { merged += more }
            default: pairs.append(HeadPair(name, value))
            }
        }
        // a key of its own beats one that is merged in
        return pairs + merged.filter { more in !pairs.contains { $0.key == more.key } }
    }
}
