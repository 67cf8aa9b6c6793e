import Archive
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

    /// Folders and files whose names nothing in a pack may have on its way: the cache of a project, its settings, and what
    /// other programs obey.
    private static let reserved: Set<String> = [
        ".colophon", Configuration.name, ".git", "git~1", ".gitattributes", ".gitconfig", ".gitmodules", ".hg", ".svn",
        ".envrc", ".vscode", ".idea",
    ]

    /// The folder of what runs write.
    private static let outputs = "outputs"

    /// Whether a file at `path` may be in a pack: its path leads into the project, and not to what others obey. Of what runs write
    /// it is the report alone: commands would take anything else for computed here. Names are compared as file systems do that do not tell case apart; what
    /// follows a colon is a part of the same file on some.
    static func isAllowed(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map {
            EntryName.folded($0.prefix { $0 != ":" })
        }
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !reserved.contains($0) }) else {
            return false
        }
        return parts.first != outputs || isOfReport(parts)
    }

    /// Whether a path in the folder of what runs write is that of a report, with what belongs to it. The parts are folded.
    private static func isOfReport(_ parts: [String]) -> Bool {
        switch (parts.count, parts.dropFirst(2).first) {
        case (3, "report.md"), (3, "report.html"): true
        case (4, "charts"): parts[3].hasSuffix(".svg")
        case (4, "evidence"): parts[3].hasSuffix(".md")
        case (4, "tables"): parts[3].hasSuffix(".csv")
        default: false
        }
    }

    /// A folder that git takes for a repository, whatever it is called, since it has the files of one; nil where there is none.
    static func repository(in paths: [String]) -> String? {
        let files = Set(paths.map(EntryName.folded))
        var folders: Set<String> = []
        for path in files {
            var folder = Substring(path)
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                guard folders.insert(String(folder)).inserted else { break }
            }
        }
        for path in paths {
            let name = EntryName.folded(path)
            guard name == "head" || name.hasSuffix("/head") else { continue }
            let place = name.dropLast("head".count)
            if files.contains("\(place)commondir")
                || folders.contains("\(place)objects") && folders.contains("\(place)refs")
            {
                return place.isEmpty ? "." : String(path.dropLast("/HEAD".count))
            }
        }
        return nil
    }

    /// Whether a file at `path` is one that a run of the pipeline with the output folder `name` writes, as far as it is one
    /// that runs write.
    static func isOwn(_ path: String, _ name: String) -> Bool {
        !EntryName.folded(path).hasPrefix("\(outputs)/") || path.hasPrefix("\(outputs)/\(name)/")
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
                "the file '\(path.printable())' can't be packed: it is outside the project, in a folder of another program, or "
                    + "where runs write results",
                hint: "Move it into a folder of the project that is your own, and name it there.", id: "not-packed",
                at: SourcePosition(file: pipeline.path))
        ])
    }
}
