import Foundation
import Model
import Notebook
import StageKit
import Store

/// A file of a project that goes into a pack.
struct PackFile {
    /// Relative to the project.
    let path: String
    /// Where its bytes come from.
    let source: Source

    enum Source {
        /// What a run read and still has.
        case bytes([UInt8])
        /// A file, which has this digest where it is known.
        case file(String, ContentDigest?)
    }

    /// Folders whose names no file of a pack may have on its way: the cache of a project, and what other programs obey.
    private static let reserved: Set<String> = [
        ".colophon", ".git", ".gitattributes", ".gitconfig", ".gitmodules", ".hg", ".svn", ".envrc", ".vscode", ".idea",
    ]

    /// Whether a file at `path` may be in a pack: its path leads into the project, and not to what others obey.
    static func isAllowed(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.isEmpty && path.lowercased() != "colophon.yaml"
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !reserved.contains($0.lowercased()) }
    }
}

extension Analysis {
    /// The files by which the pipeline means what it means: itself, what it includes, notebook with the files it names, word
    /// lists, decisions, files of programs, the metadata file. Throws a `ProjectProblem` for one that is outside the project.
    func packedFiles(notebook: NotebookSource) throws -> [PackFile] {
        var files: [String: PackFile] = [:]
        func add(_ path: String, _ source: PackFile.Source) throws {
            let path = Pipeline.join(".", path)
            guard !path.hasPrefix("/"), PackFile.isAllowed(path) else { throw outside(path) }
            if files[path] == nil { files[path] = PackFile(path: path, source: source) }
        }
        for input in pipeline.inputs { try add(input.path, .bytes(input.bytes)) }
        if let path = pipeline.notebook {
            try add(path, .file(Pipeline.join(pipeline.projectFolder, path), nil))
            for included in notebook.includedFiles {
                try add(relative(included), .file(included, nil))
            }
            for baseline in notebook.baselines { try add(relative(baseline), .file(baseline, nil)) }
        }
        for item in consentItems {
            for file in item.files { try add(file.path, .file(file.location, file.digest)) }
        }
        if let path = pipeline.corpus.metadata {
            try add(path, .file(Pipeline.join(pipeline.projectFolder, path), nil))
        }
        return files.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// A path as seen from the user, as seen from the project.
    func relative(_ path: String) -> String {
        let absolute = URL(filePath: path).standardizedFileURL.path
        let project = URL(filePath: pipeline.projectFolder).standardizedFileURL.path
        return Pipeline.path(absolute, from: project)
    }

    private func outside(_ path: String) -> ProjectProblem {
        .usage([
            Diagnostic(
                "the file '\(path.printable())' can't be packed: it is outside the project, or in a folder of another program",
                hint: "Move it into the project, and name it there.", id: "not-packed",
                at: SourcePosition(file: pipeline.path))
        ])
    }
}
