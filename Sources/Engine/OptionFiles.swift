import Digests
import StageKit
import Store

/// The files that options of a run's steps name, as the state keeps them: so that the next run can say in which line one
/// of them is different.
struct OptionFiles: Equatable {
    /// A file that an option names.
    struct File: Equatable {
        var step: String
        var option: String
        var path: String
        /// Where its content stands in ``contents``.
        var content: Int
    }

    private var files: [File] = []
    private var contents: [[UInt8]] = []

    private static let name = "option-files"

    /// The files of the options of `steps`.
    init(_ steps: [Step]) {
        var places: [ContentDigest: Int] = [:]
        for step in steps {
            for option in step.options {
                guard case .file(let file) = option.value else { continue }
                let digest = ContentDigest(of: file.bytes)
                let place = places[digest] ?? contents.count
                if places.updateValue(place, forKey: digest) == nil { contents.append(file.bytes) }
                files.append(File(step: step.name, option: option.name, path: file.path, content: place))
            }
        }
    }

    /// Those of the run that left `state`.
    init(_ state: StateDatabase) throws {
        guard let bytes = try state.meta(Self.name) else { return }
        var reader = ByteReader(bytes)
        contents = try reader.list { reader throws(LayerError) in try reader.blob() }
        let count = contents.count
        files = try reader.list { reader throws(LayerError) in
            let file = File(
                step: try reader.string(), option: try reader.string(), path: try reader.string(),
                content: try reader.integer())
            guard (0..<count).contains(file.content) else { throw LayerError("no content of a file") }
            return file
        }
        try reader.finish()
    }

    /// Keeps them in `state`, for the next run.
    func write(to state: StateDatabase) throws(StoreProblem) {
        guard !files.isEmpty else { return try state.set(Self.name, nil) }
        var writer = ByteWriter()
        writer.write(list: contents) { $0.write($1) }
        writer.write(list: files) { writer, file in
            writer.write(file.step)
            writer.write(file.option)
            writer.write(file.path)
            writer.write(file.content)
        }
        try state.set(Self.name, writer.bytes)
    }

    /// Where files are other than in `before`.
    func places(since before: OptionFiles) -> OptionPlaces {
        var places = OptionPlaces()
        for file in files {
            guard let old = before.files.first(where: { $0.step == file.step && $0.option == file.option }) else {
                continue
            }
            let line = Self.line(of: contents[file.content], differingFrom: before.contents[old.content])
            places.add("\(file.path)\(line.map { ", line \($0)" } ?? "")", step: file.step, option: file.option)
        }
        return places
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
    private var places: [String: [String: String]] = [:]

    package init() {}

    mutating func add(_ place: String, step: String, option: String) { places[step, default: [:]][option] = place }

    /// What a cause says in words, with the place where it is known.
    package func description(of cause: Cause, step: String) -> String {
        guard case .option(let option) = cause, let place = places[step]?[option] else { return cause.description }
        return "\(cause.description): \(place)"
    }
}
