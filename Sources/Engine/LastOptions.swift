import Digests
package import StageKit
import Store

/// The options of a run's steps with the files that they name, as the state keeps them: so that the next run can say what
/// is different, and in which line.
struct LastOptions: Equatable {
    /// An option of a step.
    struct Value: Equatable {
        var step: StepID
        var option: String
        /// The file that it names; empty where it names none.
        var path: String
        /// Where its bytes, or those of its file, stand in ``contents``.
        var content: Int
    }

    private var values: [Value] = []
    private var contents: [[UInt8]] = []

    private static let name = "options"

    /// The options of `steps`.
    init(_ steps: [Step]) {
        var places: [ContentDigest: Int] = [:]
        for step in steps {
            for option in step.options {
                var (path, bytes) = ("", [UInt8]())
                if case .file(let file) = option.value {
                    (path, bytes) = (file.path, file.bytes)
                } else {
                    bytes = option.value.encoded
                }
                let digest = ContentDigest(of: bytes)
                let place = places[digest] ?? contents.count
                if places.updateValue(place, forKey: digest) == nil { contents.append(bytes) }
                values.append(Value(step: step.id, option: option.name, path: path, content: place))
            }
        }
    }

    /// Those of the run that left `state`.
    init(_ state: StateDatabase) throws {
        guard let bytes = try state.meta(Self.name) else { return }
        var reader = ByteReader(bytes)
        contents = try reader.list { reader throws(LayerError) in try reader.blob() }
        let count = contents.count
        values = try reader.list { reader throws(LayerError) in
            let value = Value(
                step: try StepID(decoding: &reader), option: try reader.string(), path: try reader.string(),
                content: try reader.integer())
            guard (0..<count).contains(value.content) else { throw LayerError("no content of an option") }
            return value
        }
        try reader.finish()
    }

    /// Keeps them in `state`, for the next run.
    func write(to state: StateDatabase) throws(StoreProblem) {
        guard !values.isEmpty else { return try state.set(Self.name, nil) }
        var writer = ByteWriter()
        writer.write(list: contents) { $0.write($1) }
        writer.write(list: values) { writer, value in
            value.step.encode(into: &writer)
            writer.write(value.option)
            writer.write(value.path)
            writer.write(value.content)
        }
        try state.set(Self.name, writer.bytes)
    }

    /// Where files are other than in `before`.
    func places(since before: LastOptions) -> OptionPlaces {
        var places = OptionPlaces()
        for file in values where !file.path.isEmpty {
            guard let old = before.value(file.option, of: file.step), !old.path.isEmpty else { continue }
            let line = Self.line(of: contents[file.content], differingFrom: before.contents[old.content])
            places.add("\(file.path)\(line.map { ", line \($0)" } ?? "")", step: file.step, option: file.option)
        }
        return places
    }

    private func value(_ option: String, of step: StepID) -> Value? {
        values.first { $0.step == step && $0.option == option }
    }

    /// Why a step that is another than in the last run is another.
    func causes(of step: StepID, since before: LastOptions) -> [Cause] {
        let changed = values.filter { $0.step == step }.filter { value in
            before.value(value.option, of: step).map { before.contents[$0.content] } != contents[value.content]
        }
        return changed.isEmpty ? [.code] : changed.map { .option($0.option) }
    }

    /// The first line of `new`, from 1, that is another in `old`; nil where none is.
    static func line(of new: [UInt8], differingFrom old: [UInt8]) -> Int? {
        guard new != old else { return nil }
        var line = 1
        for (a, b) in zip(new, old) {
            if a != b { return line }
            if a == 0x0A { line += 1 }
        }
        return line
    }
}

/// Where the files that options name are other than in the last run: `groups.yaml, line 12`.
package struct OptionPlaces: Equatable, Sendable {
    private var places: [StepID: [String: String]] = [:]

    package init() {}

    mutating func add(_ place: String, step: StepID, option: String) { places[step, default: [:]][option] = place }

    /// What a cause says in words, with the place where it is known.
    package func description(of cause: Cause, step: StepID) -> String {
        guard case .option(let option) = cause, let place = places[step]?[option] else { return cause.description }
        return "\(cause.description): \(place)"
    }
}

extension RunPlan {
    /// By finish that is another than in the last run: why it is.
    func finishCauses(since last: LastRun, _ options: LastOptions) -> [StepID: [Cause]] {
        var causes: [StepID: [Cause]] = [:]
        for finish in finishes {
            guard let old = last.steps[finish.id], old != digests[finish.id] else { continue }
            causes[finish.id] = self.options.causes(of: finish.id, since: options)
        }
        return causes
    }
}
