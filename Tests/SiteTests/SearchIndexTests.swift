import Foundation
import StageKit
import Testing
import Text

@testable import Site

@Suite struct SearchIndexTests {
    private func document(_ id: String, bytes: Int = 0) -> SiteDocument {
        SiteDocument(
            id: id, title: nil, date: nil, publisher: nil, author: nil, language: nil, words: 0, bytes: bytes)
    }

    /// The files of an index over texts by their paths. With `old`, only portions whose texts differ are replaced.
    private func files(
        _ texts: [String: String], old: (texts: [String: String], files: [String: [UInt8]])? = nil
    ) throws -> (files: [String: [UInt8]], written: Set<String>) {
        let documents = texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            document($0, bytes: texts[$0]?.utf8.count ?? 0)
        }
        let known = old.flatMap { old in
            SearchIndex.known(in: old.files[SearchIndex.path] ?? []) { old.files[$0] }
        }
        var index = SearchIndex(known)
        var files: [String: [UInt8]] = [:]
        var written: Set<String> = []
        let oldPortions = old.map { old in
            SearchPortion.portions(
                of: old.texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
                    document($0, bytes: old.texts[$0]?.utf8.count ?? 0)
                }
            )
        }
        let oldIDs = old?.texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? []
        let portions = SearchPortion.portions(of: documents)
        for portion in portions {
            let ids = documents[portion.documents].map(\.id)
            let before = oldPortions?.first { $0.name == portion.name }.map { Array(oldIDs[$0.documents]) }
            if known != nil, before == ids, ids.allSatisfy({ old?.texts[$0] == texts[$0] }) { continue }
            var entries = index.texts(of: portion)
            for place in portion.documents {
                index.add(
                    documents[place], at: place, text: texts[documents[place].id] ?? "", sentences: [],
                    parts: [(0, "documents/\(documents[place].id).html")], to: &entries)
            }
            try index.replace(portion, by: entries) {
                files[$0] = $1
                written.insert($0)
            }
        }
        try index.finish(portions, documents: documents.count) {
            files[$0] = $1
            written.insert($0)
        } keep: {
            files[$0] = old?.files[$0]
        }
        return (files, written)
    }

    private func texts(_ files: [String: [UInt8]]) -> [String: String] {
        files.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a word is found without its accents, in small letters, with the documents that have it")
    func words() throws {
        let files = texts(try files(["0": "Öl & Café, CAFÉ!", "1": "no", "2": "cafe 12"]).files)
        let words = try #require(files.first { $0.key.hasPrefix("search/words-") })
        let portion = SearchPortion.name("0")
        let name = SearchPortion.name("12")
        #expect(words.key == "search/words-\(name).js")
        #expect(
            words.value == """
                colophonWords("\(name)",[
                ["12","\(portion):2"],
                ["cafe","\(portion):0,2"],
                ["no","\(portion):1"],
                ["ol","\(portion):0"]
                ])

                """)
        #expect(
            files["search/index.js"]
                == "colophonIndex({\"documents\":3,\"words\":[[\"12\",\"\(name)\"]],\"texts\":[[\"\(portion)\",1]]})\n")
    }

    @Test("signs of scripts that put no space between words stand alone")
    func signs() throws {
        let files = texts(try files(["0": "港湾の報告abc"]).files)
        let words = try #require(files.first { $0.key.hasPrefix("search/words-") }?.value)
        for word in ["港", "の", "abc"] { #expect(words.contains("[\"\(word)\",\"")) }
    }

    @Test("no file is large, and every sentence is in one of them")
    func sizes() throws {
        var documents: [String: String] = [:]
        for k in 0..<40 { documents["\(k)"] = String(repeating: "Words of text number \(k) go on. ", count: 1000) }
        let files = texts(try files(documents).files)
        #expect(files.count > 3)
        for (name, file) in files { #expect(file.utf8.count < 900_000, "\(name)") }
        let all = files.filter { $0.key.hasPrefix("search/texts-") }.values.joined()
        for k in 0..<40 { #expect(all.contains("text number \(k) go on")) }
    }

    @Test("after each of many changes, the files are those of an index made anew, and few of them were made")
    func changes() throws {
        var state: UInt64 = 7
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        func text() -> String { (0..<40).map { _ in "w\(random(100) * random(100))é" }.joined(separator: " ") + "." }
        var documents: [String: String] = [:]
        for k in 0..<300 { documents["d/\(k).txt"] = text() }
        var old = (texts: documents, files: try files(documents).files)
        #expect(old.files.keys.count { $0.hasPrefix("search/texts-") } > 4)
        #expect(old.files.keys.count { $0.hasPrefix("search/words-") } > 1)
        for step in 0..<60 {
            let path = "d/\(random(340)).txt"
            switch step % 6 {
            case 0: documents[path] = nil
            case 1: documents[path] = "nothing"
            case 5: for _ in 0..<40 { documents["d/\(random(340)).txt"] = step % 4 == 1 ? nil : text() }
            default: documents[path] = text()
            }
            let new = try files(documents, old: old)
            let anew = try files(documents).files
            #expect(new.files == anew, "step \(step): \(Set(new.files.keys).symmetricDifference(anew.keys))")
            if step % 6 == 2 { #expect(new.written.count { $0.hasPrefix("search/texts-") } <= 2) }
            old = (documents, new.files)
        }
        let empty = try files([:], old: old).files
        #expect(empty == (try files([:]).files))
        let again = try files(documents, old: ([:], empty)).files
        #expect(again == old.files)
    }
}
