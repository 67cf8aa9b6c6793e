import Foundation
import Model
import Store

/// The folder of a site. Only pages that differ from what is there are written, and pages that the site has no more are
/// removed.
package struct SiteFolder {
    /// What has been done.
    package struct Summary: Equatable, Sendable {
        package var pages = 0
        package var written = 0
        package var removed = 0
        /// The size of the largest page, in bytes.
        package var largest = 0
    }

    private let folder: String

    package init(_ folder: String) { self.folder = folder }

    /// Writes `site`; what else is in the folder's own subfolders is taken away.
    package func write(_ site: Site) throws -> Summary {
        var summary = Summary()
        var wanted: Set<String> = []
        let folders = SiteAddress.Kind.allCases.map(\.rawValue) + ["search"]
        for name in folders { try FileWriting.makeFolder("\(folder)/\(name)") }
        try site.pages { path, bytes in
            wanted.insert(path)
            summary.pages += 1
            summary.largest = max(summary.largest, bytes.count)
            if try write(bytes, to: "\(folder)/\(path)") { summary.written += 1 }
        }
        let files = FileManager.default
        for name in [""] + folders {
            let place = name.isEmpty ? folder : "\(folder)/\(name)"
            for file in (try? files.contentsOfDirectory(atPath: place)) ?? [] {
                let path = name.isEmpty ? file : "\(name)/\(file)"
                guard !wanted.contains(path),
                    file.hasSuffix(".html") || file.hasSuffix(".js") || file.hasSuffix(".part")
                else { continue }
                try? files.removeItem(atPath: "\(folder)/\(path)")
                summary.removed += 1
            }
            if !name.isEmpty { rmdir(place) }
        }
        return summary
    }

    /// Writes a page aside and renames it, unless it is there already; says whether it was written. A page is made again
    /// from the results whenever it is lost, so nothing waits for the disk.
    private func write(_ bytes: [UInt8], to path: String) throws -> Bool {
        if FileWriting.size(of: path) == bytes.count, FileWriting.contents(of: path) == bytes { return false }
        let aside = "\(path).part"
        do {
            try Data(bytes).write(to: URL(filePath: aside))
        } catch {
            throw FileWriteProblem(path: path, reason: error.localizedDescription)
        }
        guard rename(aside, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        return true
    }
}
