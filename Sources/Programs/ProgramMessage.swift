import Model
import StageKit
import Text

/// What a program is told: one line of JSON each.
enum ProgramMessage {
    /// The version of the protocol.
    static let version = 1

    /// The first line: which protocol, which layers, which options.
    static func hello(_ specification: ProgramSpecification) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            output.key("colophon")
            output.integer(version)
            output.key("hello")
            output.object { output in
                output.key("protocol")
                output.integer(version)
                output.field("shapes", LayerShape.version)
                output.key("options")
                let options = specification.options.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                output.object { output in
                    for (name, value) in options {
                        output.key(name)
                        write(value, to: &output)
                    }
                }
                output.key("reads")
                output.array(specification.use.reads) { $0.string($1.rawValue) }
                output.key("writes")
                let writes = specification.use.writes
                if writes.count == 1 {
                    output.string(writes[0].rawValue)
                } else {
                    output.array(writes) { $0.string($1.rawValue) }
                }
                if specification.use.scope == .corpus { output.field("scope", specification.use.scope.rawValue) }
            }
        }
        output.endLine()
        return output.bytes
    }

    /// A document: its number, its text and the layers that the program reads.
    static func record(_ number: Int, _ record: ProgramRecord, reads: [LayerName]) throws(StageFailure) -> [UInt8] {
        let text = try record.text()
        let json = LayerJSON(record.layers, text: text)
        var parts: [(name: LayerName, write: LayerJSON.Writer)] = []
        for name in reads where name != DocumentText.name {
            do throws(LayerError) {
                guard let write = try json.writer(name) else {
                    throw LayerError("it is not there")
                }
                parts.append((name, write))
            } catch {
                throw StageFailure("layer '\(name)' can't be read: \(error.message)", code: "damaged-layer")
            }
        }
        var output = JSONOutput()
        output.object { output in
            output.key("n")
            output.integer(number)
            output.key("text")
            output.string(utf8: text)
            output.key("layers")
            output.object { output in
                for part in parts {
                    output.key(part.name.rawValue)
                    part.write(&output)
                }
            }
        }
        output.endLine()
        return output.bytes
    }

    /// What a program that sees the whole corpus is told after the last of `count` documents.
    static func end(_ count: Int) -> [UInt8] {
        var output = JSONOutput()
        output.object { $0.field("end", count) }
        output.endLine()
        return output.bytes
    }

    private static func write(_ value: OptionValue, to output: inout JSONOutput) {
        switch value {
        case .null: output.null()
        case .bool(let value): output.bool(value)
        case .integer(let value): output.integer(value)
        case .real(let value): output.number(value)
        case .string(let value): output.string(value)
        case .list(let values): output.array(values) { write($1, to: &$0) }
        case .mapping(let entries):
            output.object { output in
                for entry in entries {
                    output.key(entry.key)
                    write(entry.value, to: &output)
                }
            }
        case .file(let file): output.string(utf8: file.bytes)
        }
    }
}
