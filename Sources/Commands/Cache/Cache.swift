import ArgumentParser
import Engine
import Foundation
import Project
import StageKit
import Store

/// `colophon cache`
struct Cache: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the size of the cache, verify it, repair it, clear it, and share it.",
        discussion: """
            Runs store what they computed in .colophon/ in the project, or in the folder that the environment variable \
            COLOPHON_STORE names. Whatever is missing from the cache is recomputed, so nothing here changes a result. With \
            'cache: {remote: https://…}' in colophon.yaml, runs also read what others computed.

              colophon cache size
              colophon cache verify
              colophon cache repair
              colophon cache gc --max-size 2GB
              colophon cache push pipelines/harbour.yaml
            """,
        subcommands: [
            CacheSize.self, CacheVerify.self, CacheRepair.self, CacheCollect.self, CachePush.self, CachePull.self,
            CacheStatus.self,
        ])
}

/// Where the cache is.
struct CacheOptions: ParsableArguments {
    @Argument(help: "The project folder.", completion: .directory)
    var project: String = "."

    @Flag(help: "Print JSON instead of text.")
    var json = false

    /// The store, as long as there is one.
    func place() throws -> ProjectStore {
        let place = ProjectStore(project: project, tell: Terminal.tell)
        guard place.isThere else {
            Terminal.error(
                "error: there is no cache in '\(place.folder)'. Give the project's folder, or set COLOPHON_STORE. [no-store]"
            )
            throw Ending.usage
        }
        return place
    }
}

/// A number of bytes, as people write it.
struct ByteCount: Equatable {
    var bytes: Int

    private static let units: [(name: String, size: Int)] = [
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000), ("B", 1),
    ]
    private static let binary: [(name: String, size: Int)] = [
        ("tib", 1 << 40), ("gib", 1 << 30), ("mib", 1 << 20), ("kib", 1 << 10),
    ]

    init(_ bytes: Int) { self.bytes = bytes }

    /// Reads `500MB`, `1.5 GB`, `2GiB`; a number without a unit is one of bytes.
    init?(_ text: String) {
        let text = text.lowercased().filter { $0 != " " }
        let units = Self.binary + Self.units.map { ($0.name.lowercased(), $0.size) }
        let unit = units.first { text.hasSuffix($0.name) } ?? ("", 1)
        guard let number = Double(text.dropLast(unit.name.count)), number >= 0, number * Double(unit.size) < 1e18 else {
            return nil
        }
        bytes = Int(number * Double(unit.size))
    }

    /// `12.3 MB`.
    var shown: String {
        guard let unit = Self.units.first(where: { bytes >= $0.size }), unit.size > 1 else { return "\(bytes) B" }
        let tenths = (bytes * 10 + unit.size / 2) / unit.size
        return "\(Wording.grouped(tenths / 10)).\(tenths % 10) \(unit.name)"
    }
}
