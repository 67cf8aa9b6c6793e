import Model
import StageKit

/// What every part of the reading of one pipeline shares: where files are, what has been read, what is wrong.
final class PipelineReader {
    /// A pipeline or a file that it includes may have this many bytes.
    static let largestPipeline = 1 << 20
    /// A YAML file that an option names.
    static let largestTree = 16 << 20
    /// Another file that an option names.
    static let largestFile = 64 << 20

    let access: FileAccess
    let projectFolder: String
    let problems = ProblemList()
    private(set) var inputs: [Pipeline.Input] = []
    private var trees: [String: Node?] = [:]

    init(access: FileAccess, projectFolder: String) {
        self.access = access
        self.projectFolder = projectFolder
    }

    /// Where the file at `path`, relative to the project, is seen from where the user is.
    func shown(_ path: String) -> String { Pipeline.join(projectFolder, path) }

    /// The file at `shown`, relative to the project.
    func relative(_ shown: String) -> String {
        Pipeline.path(
            Pipeline.join(access.workingFolder, shown), from: Pipeline.join(access.workingFolder, projectFolder))
    }

    /// Reads a YAML file as a tree, each file once; `mark` is where the user named it.
    func tree(_ shown: String, path: String, limit: Int, mark: Mark?) -> Node? {
        if let known = trees[shown] { return known }
        var tree: Node?
        if let bytes = bytes(shown, path: path, limit: limit, mark: mark),
            let source = SourceText.checked(bytes, name: shown, problems: problems)
        {
            tree = NodeReader.read(source, problems: problems)
        }
        trees[shown] = tree
        return tree
    }

    /// Reads a file and remembers that the pipeline depends on it.
    func bytes(_ shown: String, path: String, limit: Int, mark: Mark?) -> [UInt8]? {
        if let known = inputs.first(where: { $0.shownPath == shown }) { return known.bytes }
        problems.begin(shown)
        do throws(FileProblem) {
            let bytes = try access.read(shown, limit)
            inputs.append(Pipeline.Input(path: path, shownPath: shown, bytes: bytes))
            return bytes
        } catch {
            report(error, shown, mark)
            return nil
        }
    }

    /// Reports a file that is not there; its content is read by others.
    func find(_ path: String, mark: Mark) {
        do throws(FileProblem) { try access.find(shown(path)) } catch { report(error, shown(path), mark) }
    }

    func report(_ problem: FileProblem, _ shown: String, _ mark: Mark?) {
        guard let mark else {
            problems.report(problem.message(nil), hint: problem.hint, id: problem.id, file: shown)
            return
        }
        problems.report(problem.message(shown), hint: problem.hint, id: problem.id, at: mark)
    }
}

extension FileProblem {
    fileprivate func message(_ path: String?) -> String {
        let file = path.map { "file '\($0)'" } ?? "the file"
        return switch self {
        case .missing: path.map { "there is no file '\($0)'" } ?? "there is no such file"
        case .folder: path.map { "'\($0)' is a folder, not a file" } ?? "this is a folder, not a file"
        case .special: path.map { "'\($0)' is not a regular file" } ?? "this is not a regular file"
        case .unreadable(let reason): "\(file) can't be read: \(reason)"
        case .tooLarge(let size, let limit): "\(file) is too large: \(Self.size(size)), at most \(Self.size(limit))"
        }
    }

    fileprivate var hint: String? {
        if case .tooLarge(_, PipelineReader.largestPipeline) = self { "Is it a pipeline?" } else { nil }
    }

    fileprivate var id: String {
        switch self {
        case .missing: "no-such-file"
        case .folder, .special: "not-a-file"
        case .unreadable: "unreadable-file"
        case .tooLarge: "too-large"
        }
    }

    /// In the largest unit that keeps a digit before the point.
    private static func size(_ bytes: Int) -> String {
        if bytes >= 1 << 20 { return "\(bytes >> 20) MiB" }
        return bytes >= 1 << 10 ? "\(bytes >> 10) KiB" : "\(bytes) bytes"
    }
}
