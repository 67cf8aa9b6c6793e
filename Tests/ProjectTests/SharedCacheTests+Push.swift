import Model
import TestSupport
import Testing

@testable import Project

extension SharedCacheTests {
    @Test(
        "a push to a broken server ends, says that something was not taken, and leaves nothing that is taken for a result",
        arguments: CacheServer.faults + ["nobody"])
    func brokenPush(fault: String) async throws {
        let server = try CacheServer()
        let address = fault == "nobody" ? "http://127.0.0.1:9/" : server.address(fault)
        let mine = try sample(server.address())
        try await mine.run()
        let expected = try mine.outputs()
        try mine.folder.write("cache: {remote: '\(address)', timeout: 1}\n", to: "colophon.yaml")
        try record(mine)
        let told = ToldEvents()
        let (cache, analysis) = try transfer(mine, told)
        let sent = try await cache.push(analysis, jobs: 2, observer: ToldEvents()) { _, _ in }
        #expect(told.diagnostics.count <= 1 && told.diagnostics.allSatisfy { $0.id == "shared-cache" })
        let takesAll = ["late", "lossy", "gzip"]
        let takesNothing = [
            "nobody", "down", "busy", "deny", "forbid", "refuse", "full", "garbage", "moved",
        ]
        if takesAll.contains(fault) { #expect(sent.failed == 0 && !sent.isGivenUp, "\(sent)") }
        if takesNothing.contains(fault) || fault == "small" {
            #expect(sent.failed > 0 && told.diagnostics.count == 1, "\(sent)")
        }
        if takesNothing.contains(fault) { #expect(sent.sheets == 0 && sent.results == 0, "\(sent)") }
        // What came through is of use to others, or of none.
        let theirs = try sample(server.address())
        let run = ToldEvents()
        try await theirs.run(observer: run)
        #expect(try theirs.outputs() == expected)
        // A server that says it has every object is not sent it, and has not got it.
        #expect(run.diagnostics.count <= (fault == "everything" ? 1 : 0))
        // When the server is in order again, the rest is sent.
        try mine.folder.write("cache: {remote: '\(server.address())', timeout: 5}\n", to: "colophon.yaml")
        try record(mine)
        #expect(try await push(mine).failed == 0)
        let third = try sample(server.address())
        #expect(try await third.run().record.ranCount == 0)
    }
}
