import Digests
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("Packs of a store")
struct PackTests {
    /// Objects of two kinds, alike in most of their bytes, a few of them longer than a pack.
    private func batch(_ count: Int) -> WriteBatch {
        var batch = WriteBatch()
        for k in 0..<count {
            let line = Array("Object \(k) is much like all the others. ".utf8)
            let bytes = Array(repeatElement(line, count: k.isMultiple(of: 25) ? 3000 : 1 + k % 40).joined())
            let digest = ContentDigest(of: bytes)
            var parts = KeyFields()
            parts.add("step", "s")
            parts.add("input", digest.bytes)
            batch.objects.append(KeptObject(digest, bytes, k.isMultiple(of: 2) ? "even" : "odd"))
            batch.results.append(
                KeptResult(
                    key: ContentDigest(of: parts.encoded), step: "s", parts: parts,
                    result: StepResult(.layers([.init("l", digest)]))))
        }
        return batch
    }

    private func packs(_ store: ResultStore) throws -> [(id: Int, length: Int)] {
        try store.access { db in
            try Row.fetchAll(db, sql: "SELECT id, bytes FROM packs ORDER BY id").map {
                ($0[0] as Int, Packing.unpacked([UInt8]($0[1] as Data))?.count ?? -1)
            }
        }
    }

    @Test("objects of one kind share packs, and each is found among them, alone or with others")
    func sharing() throws {
        let store = try ResultStore(folder: nil)
        let batch = batch(200)
        try store.write(batch)
        #expect(try packs(store).count < 40)
        let reader = store.reader
        #expect(try reader.objects(batch.objects.map(\.digest)) == batch.objects.map(\.bytes))
        #expect(try reader.results(batch.results.map(\.key)) == batch.results.map(\.result))
        for object in batch.objects { #expect(try store.object(object.digest) == object.bytes) }
        for kept in batch.results { #expect(try store.reader.parts(kept.key) == kept.parts) }
    }

    @Test("what is written a second time leaves no packs of its own")
    func again() throws {
        let store = try ResultStore(folder: nil)
        try store.write(batch(60))
        let before = try packs(store).map(\.id)
        try store.write(batch(60))
        #expect(try packs(store).map(\.id) == before)
    }

    @Test("after a collection the packs hold what is kept and nothing else")
    func collection() async throws {
        let store = try ResultStore(folder: nil)
        let batch = batch(200)
        try store.write(batch)
        let kept = batch.results.enumerated().filter { $0.offset % 7 == 3 }.map(\.element)
        _ = try store.collect(keeping: Reachable(results: Set(kept.map(\.key))), maxBytes: nil) { _ in false }
        for (k, object) in batch.objects.enumerated() {
            #expect(try store.object(object.digest) == (k % 7 == 3 ? object.bytes : nil))
        }
        let needed = try store.access { db in
            try Int.fetchOne(
                db, sql: "SELECT (SELECT sum(length) FROM objects) + (SELECT sum(length) FROM results)")
        }
        #expect(try packs(store).reduce(0) { $0 + $1.length } == needed)
        #expect(try await store.checkup(jobs: 2).isSound)
        #expect(try store.size().results.count == kept.count)
    }

    @Test("of a damaged pack every object is told, and all of them are replaced")
    func damage() async throws {
        let store = try ResultStore(folder: nil)
        let batch = batch(20)
        try store.write(batch)
        try store.damageEveryObject()
        #expect(try store.reader.objects(batch.objects.map(\.digest)).allSatisfy { $0 == nil })
        #expect(try store.reader.results(batch.results.map(\.key)).allSatisfy { $0 == nil })
        #expect(store.takeDamage().count == 40)
        try store.write(batch)
        #expect(try store.reader.objects(batch.objects.map(\.digest)) == batch.objects.map(\.bytes))
        #expect(try store.reader.results(batch.results.map(\.key)) == batch.results.map(\.result))
        #expect(try await store.checkup(jobs: 1).isSound)
    }
}
