import Digests
import Foundation
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("What tasks hand in")
struct HandedResultsTests {
    /// What a portion of documents gives: for each of these texts, a layer `text` and a layer `lines`.
    private func portion(_ texts: [String]) -> HandedResults {
        var handed = HandedResults()
        for text in texts {
            var batch = WriteBatch()
            for (name, bytes) in [("text", Array(text.utf8)), ("lines", [UInt8(text.utf8.count), 0])] {
                let (layer, digest) = (LayerName(name), ContentDigest(of: bytes))
                var parts = KeyFields()
                parts.add("input", bytes)
                batch.objects.append(KeptObject(digest, bytes, layer))
                batch.results.append(
                    KeptResult(
                        key: ContentDigest(of: parts.encoded), step: "toy.step", parts: parts,
                        result: StepResult(.layers([.init(layer, digest)]))))
            }
            handed.add(.init(text, ran: [0]), batch)
        }
        handed.closeGroup()
        return handed
    }

    private func handed() -> HandedResults {
        var all = portion(["one", "another"])
        all.append(portion(["a third"]))
        all.append(portion([]))
        all.append(portion(["the last"]))
        return all
    }

    @Test("it is read as it was written, each document with the place of its layers")
    func round() throws {
        let read = try HandedResults(encoded: handed().encoded)
        #expect(read.documents.map(\.id) == ["one", "another", "a third", "the last"])
        #expect(read.batch.results.count == 8)
        #expect(
            read.batch.objects.filter { $0.kind == "text" }.map(\.bytes) == read.documents.map { Array($0.id.utf8) })
        let places = read.documents.map(\.layers)
        #expect(places[0] == places[1] && Set(places).count == 3 && places.allSatisfy { !$0.isEmpty })
    }

    @Test("the layers of a place are read without the rest, those of the names that are wanted")
    func part() throws {
        let folder = try TemporaryProject()
        let bytes = handed().encoded
        try SealedFile.write(bytes, to: folder.path("pack"))
        let place = try HandedResults(encoded: bytes).documents[2].layers
        let found = HandedLayers.read(folder.path("pack"), place, only: ["text"])
        let text = Array("a third".utf8)
        #expect(found == [ContentDigest(of: text): text])
        #expect(HandedLayers.read(folder.path("nowhere"), place, only: ["text"]) == nil)
        let beyond = bytes.count - 1..<bytes.count + 20
        #expect(HandedLayers.read(folder.path("pack"), beyond, only: ["text"]) == nil)
    }

    @Test("a file that was cut or changed in any byte of a place gives no layer that is another")
    func damage() throws {
        let folder = try TemporaryProject()
        let bytes = handed().encoded
        let place = try HandedResults(encoded: bytes).documents[0].layers
        let sound = Set(["one", "another"].map { Array($0.utf8) })
        for k in place {
            var other = bytes
            other[k] ^= 1
            try SealedFile.write(other, to: folder.path("pack"))
            let found = HandedLayers.read(folder.path("pack"), place, only: ["text"]) ?? [:]
            #expect(found.allSatisfy { ContentDigest(of: $0.value) == $0.key && sound.contains($0.value) })
        }
        for count in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: LayerError.self) { try HandedResults(encoded: Array(bytes.prefix(count))) }
        }
    }
}
