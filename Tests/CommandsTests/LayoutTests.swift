import Foundation
import Testing

@Suite("The layout of the sources")
struct LayoutTests {
    /// The project's folder.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the language itself brings, and the system's C library.
    private static let standard: Set<String> = ["Swift", "Synchronization", "Glibc", "Darwin"]

    /// By target, the modules that docs/architecture.md lets it import.
    private static func table() throws -> [String: Set<String>] {
        let text = try String(contentsOf: root.appending(path: "docs/architecture.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let header = try #require(lines.firstIndex { $0.hasPrefix("| target | purpose | may import |") })
        var allowed: [String: Set<String>] = [:]
        for line in lines[(header + 2)...].prefix(while: { $0.hasPrefix("|") }) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map(names)
            guard cells.count >= 3 else { continue }
            for target in cells[0] { allowed[target] = Set(cells[2]) }
        }
        return allowed
    }

    /// The names between back quotes.
    private static func names(_ cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }

    /// The modules that a file of Swift imports.
    private static func imports(_ text: String) -> Set<String> {
        var modules: Set<String> = []
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ")
            while let first = words.first, first.hasPrefix("@") || access.contains(String(first)) {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { continue }
            if words.count > 2, kinds.contains(String(words[1])) { words.remove(at: 1) }
            modules.insert(String(words[1].prefix { $0 != "." }))
        }
        return modules
    }

    private static let access: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]

    private static func files(below folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
    }

    @Test("every file imports only what the table of the architecture lets its target import")
    func importsAreHeld() throws {
        let allowed = try Self.table()
        #expect(allowed.count > 15)
        for name in Self.files(below: "Sources") {
            let target = String(name.prefix { $0 != "/" })
            guard let mayImport = allowed[target] else {
                Issue.record("target '\(target)' is not in the table")
                continue
            }
            let text = try String(contentsOf: Self.root.appending(path: "Sources/\(name)"), encoding: .utf8)
            let others = Self.imports(text).subtracting(mayImport).subtracting(Self.standard)
            #expect(others.isEmpty, "Sources/\(name) imports \(others.sorted().joined(separator: ", "))")
        }
    }

    /// By target, the targets and products that Package.swift lets it depend on.
    private static func package() throws -> [String: Set<String>] {
        let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        // `let grdb = Target.Dependency.product(name: "GRDB", …)`
        var products: [String: String] = [:]
        for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            products[String(match.1)] = String(match.2)
        }
        var targets: [String: Set<String>] = [:]
        // A declaration with its name, and everything up to the next one at the same depth.
        let declaration = /\n        (?:part\(\s*"|\.(?:executableTarget|target|systemLibrary)\(\s*name: ")([\w-]+)"/
        let found = text.matches(of: declaration)
        for (k, match) in found.enumerated() {
            let end = k + 1 < found.count ? found[k + 1].range.lowerBound : text.endIndex
            let body = text[match.range.upperBound..<end].prefix { $0 != "]" }
            guard let start = body.firstIndex(of: "["), !body[..<start].contains("exclude:"),
                !body[..<start].contains("providers:")
            else {
                targets[String(match.1)] = []
                continue
            }
            var names: Set<String> = []
            for name in body[body.index(after: start)...].matches(of: /"([\w-]+)"|\b([a-z]\w*)\b/) {
                if let target = name.1 { names.insert(String(target)) }
                if let product = name.2 { names.insert(products[String(product)] ?? String(product)) }
            }
            targets[String(match.1)] = names
        }
        return targets
    }

    @Test("Package.swift and the table of the architecture name the same targets with the same dependencies")
    func packageIsTheTable() throws {
        let (package, table) = (try Self.package(), try Self.table())
        #expect(package["Store"]?.contains("GRDB") == true, "the reader of Package.swift has to find something")
        // What a table may import besides targets and products: frameworks of the platform, and modules of a product.
        let besides: Set<String> = ["Foundation", "Dispatch", "Testing", "GRDBSQLite"]
        #expect(Set(package.keys).subtracting(["Embed"]) == Set(table.keys))
        for (target, allowed) in table {
            #expect(package[target] == allowed.subtracting(besides), "\(target)")
        }
    }

    @Test("what the table allows points down only")
    func noCircles() throws {
        var allowed = try Self.table()
        let targets = Set(allowed.keys)
        // A target whose imports are all gone is taken away, until none is left, or a circle.
        while let free = allowed.first(where: { $0.value.isDisjoint(with: targets.intersection(allowed.keys)) }) {
            allowed[free.key] = nil
        }
        #expect(allowed.isEmpty, "in a circle: \(allowed.keys.sorted())")
    }

    @Test("every target of the sources has a line in the table, and every line a target")
    func targets() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(try Self.table().keys) == Set(folders.filter { !$0.hasPrefix(".") }))
    }

    @Test("an import is found however it is written")
    func importsAreRead() {
        let text = """
            import A
            public import B
            @testable internal import C
            import struct D.E
            // import F
            let import = 1
            """
        #expect(Self.imports(text) == ["A", "B", "C", "D"])
    }

    @Test("only ColophonKit and what it exposes are public")
    func publicNames() throws {
        // the entry point, which the kit hands on
        let exposed = ["StageKit/", "Text/", "ColophonKit/", "Commands/Colophon.swift"]
        for name in Self.files(below: "Sources") where !exposed.contains(where: name.hasPrefix) {
            let text = try String(contentsOf: Self.root.appending(path: "Sources/\(name)"), encoding: .utf8)
            let found = text.split(separator: "\n").filter { line in
                line.split(separator: " ").prefix { $0.hasPrefix("@") || Self.access.contains(String($0)) }
                    .contains("public")
            }
            #expect(found.isEmpty, "Sources/\(name): \(found.first ?? "")")
        }
    }

    @Test("no file takes a path apart with NSString, which ends the process where the path is one letter")
    func paths() throws {
        for name in Self.files(below: "Sources") {
            let text = try String(contentsOf: Self.root.appending(path: "Sources/\(name)"), encoding: .utf8)
            #expect(!text.contains("as NSString"), "Sources/\(name)")
        }
    }

    @Test("files are short: half have under 90 lines, nine of ten under 250, none over 400")
    func length() throws {
        let lengths = try Self.files(below: "Sources").map { name in
            try String(contentsOf: Self.root.appending(path: "Sources/\(name)"), encoding: .utf8)
                .utf8.count { $0 == 0x0A }
        }.sorted()
        #expect(lengths[lengths.count / 2] < 90)
        #expect(lengths[lengths.count * 9 / 10] < 250)
        #expect((lengths.last ?? 0) <= 400)
    }
}
