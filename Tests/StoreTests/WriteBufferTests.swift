import Digests
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("What waits to be written to the store")
struct WriteBufferTests {
    /// A batch with one result whose layer is `bytes`.
    private func batch(_ bytes: [UInt8]) -> (key: ContentDigest, batch: WriteBatch) {
        var parts = KeyFields()
        parts.add("input", bytes)
        let digest = ContentDigest(of: bytes)
        let key = ContentDigest(of: parts.encoded)
        var batch = WriteBatch()
        batch.objects = [KeptObject(digest, bytes, "text")]
        batch.results = [
            KeptResult(key: key, step: "clean.text", parts: parts, result: StepResult(.layers([.init("text", digest)])))
        ]
        return (key, batch)
    }

    @Test("small batches are written together, at the latest when the buffer ends")
    func together() throws {
        let store = try ResultStore(folder: nil)
        let buffer = WriteBuffer(store, waits: true)
        let (key, first) = batch([1])
        let (other, second) = batch([2])
        try buffer.add(first)
        try buffer.add(second)
        #expect(try store.reader.lacks([key]) && store.reader.lacks([other]))
        try buffer.finish()
        #expect(try store.reader.results([key, other]).allSatisfy { $0 != nil })
        #expect(try store.object(ContentDigest(of: [2])) == [2])
    }

    @Test("what is large is written at once, with what waited, and so is everything where nothing may be lost")
    func atOnce() throws {
        let store = try ResultStore(folder: nil)
        let buffer = WriteBuffer(store, waits: true)
        let (key, small) = batch([1])
        let (other, large) = batch(Array(repeating: 7, count: 5 << 20))
        try buffer.add(small)
        try buffer.add(large)
        #expect(try store.reader.results([key, other]).allSatisfy { $0 != nil })
        let (third, next) = batch([3])
        try WriteBuffer(store, waits: false).add(next)
        #expect(try store.reader.result(third) != nil)
    }

    @Test("a result that two portions have is no result that another process wrote")
    func twice() throws {
        let store = try ResultStore(folder: nil)
        let buffer = WriteBuffer(store, waits: true)
        for _ in 0..<2 { try buffer.add(batch([1]).batch) }
        try buffer.finish()
        try buffer.add(batch([1]).batch)
        try buffer.finish()
        #expect(store.takeDoubled() == 0)
    }
}
