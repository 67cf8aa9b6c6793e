import Foundation
import Model
import Store

/// The folder of a site. Only pages that differ from what is there are made and written, and pages that the site has no
/// more are removed. What they were made from is recorded in a file beside the folder.
package struct SiteFolder {
    /// What has been done.
    package struct Summary: Equatable, Sendable {
        package var pages = 0
        /// How many were made from the results; the others were known to be what the results give.
        package var made = 0
        package var written = 0
        package var removed = 0
        /// The size of the largest page, in bytes.
        package var largest = 0
    }

    private let folder: String
    private static let folders = SiteAddress.Kind.allCases.map(\.rawValue) + ["search"]

    package init(_ folder: String) { self.folder = folder }

    /// Where the record of the site in `folder` is kept.
    private var recordPath: String { folder + ".sqlite" }

    /// Writes `site`; what else is in the folder's own subfolders is taken away. With `anew` every page is made, and
    /// compared with what is there.
    package func write(_ site: Site, anew: Bool = false) throws -> Summary {
        do {
            return try update(site, anew: anew)
        } catch is SearchIndex.Damage {
            return try update(site, anew: true)
        }
    }

    private func update(_ site: Site, anew: Bool) throws -> Summary {
        for name in Self.folders { try FileWriting.makeFolder("\(folder)/\(name)") }
        var file: RecordFile?
        var known: [String: SiteRecord.File] = [:]
        var strange: [String] = []
        var making = try site.making { version in
            let opened = try RecordFile(at: recordPath, version: version, anew: anew)
            file = opened
            guard var record = opened.record else { return (nil, []) }
            var lost: Set<SiteSubject> = []
            for (path, page) in record.files where PageStamp(path: "\(folder)/\(path)") != page.stamp {
                record.files[path] = nil
                lost.insert(page.subject)
                strange.append(path)
            }
            known = record.files
            return (record, lost)
        }
        guard let file else { return Summary() }
        try file.begin()
        var summary = Summary()
        var files: [String: SiteRecord.File] = [:]
        try making.make(read: { FileWriting.contents(of: "\(folder)/\($0)") }) { made in
            summary.made += 1
            let stamp = try write(made.bytes, to: "\(folder)/\(made.path)", &summary)
            files[made.path] = .init(subject: made.subject, key: made.key, stamp: stamp)
        }
        for (path, page) in known where files[path] == nil {
            if making.stands(path, page) { files[path] = page } else { strange.append(path) }
        }
        if file.record == nil { strange += others(than: files) }
        for path in strange where files[path] == nil && unlink("\(folder)/\(path)") == 0 { summary.removed += 1 }
        for name in Self.folders { rmdir("\(folder)/\(name)") }
        summary.pages = files.count
        summary.largest = files.values.reduce(0) { max($0, $1.stamp.size) }
        var record = making.record
        record.files = files
        try file.keep(record)
        return summary
    }

    /// What is in the folder and its subfolders and looks like a file of the site, but is not among `files`.
    private func others(than files: [String: SiteRecord.File]) -> [String] {
        ([""] + Self.folders).flatMap { name in
            let place = name.isEmpty ? folder : "\(folder)/\(name)"
            return ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).map {
                name.isEmpty ? $0 : "\(name)/\($0)"
            }.filter { file in files[file] == nil && [".html", ".js", ".part"].contains { file.hasSuffix($0) } }
        }
    }

    /// Writes a page aside and renames it, unless it is there already. A page is made again from the results whenever it
    /// is lost, so nothing waits for the disk.
    private func write(_ bytes: [UInt8], to path: String, _ summary: inout Summary) throws -> PageStamp {
        if let stamp = PageStamp(path: path), stamp.size == bytes.count, FileWriting.contents(of: path) == bytes {
            return stamp
        }
        let aside = "\(path).part"
        do {
            try Data(bytes).write(to: URL(filePath: aside))
        } catch {
            throw FileWriteProblem(path: path, reason: error.localizedDescription)
        }
        guard rename(aside, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        summary.written += 1
        guard let stamp = PageStamp(path: path) else { throw FileWriteProblem(path: path, number: errno) }
        return stamp
    }
}
