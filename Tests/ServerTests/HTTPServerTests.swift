import Foundation
import Testing

@testable import Server

@Suite("The server and its clients", .timeLimit(.minutes(1)), .serialized)
struct HTTPServerTests {
    /// Runs a server that answers with the path and the body of the request, while `body` runs.
    private func serving(
        patience: Duration = .seconds(10), answer size: Int = 0, _ body: (UInt16) async throws -> Void
    ) async throws {
        let server = try HTTPServer(port: 0, patience: patience) { request, body in
            HTTPResponse(
                .ok,
                Array("\(request.path) \(String(decoding: body, as: UTF8.self))".utf8)
                    + [UInt8](repeating: 46, count: size),
                kind: "text/plain")
        }
        let running = Task { await server.run() }
        try await body(server.port)
        running.cancel()
        await running.value
        #expect(RawClient(port: server.port) == nil)
    }

    private func get(_ port: UInt16) async -> String { await RawClient.ask("GET /a HTTP/1.1\r\n\r\n", port: port) }

    @Test("a request gets one answer, and its connection ends")
    func answers() async throws {
        try await serving { port in
            let answer = await get(port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\n/a "))
            #expect(answer.contains("Content-Length: 3\r\n") && answer.contains("Connection: close\r\n"))
            let two = await RawClient.ask("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", port: port)
            #expect(two.components(separatedBy: "HTTP/1.1 200").count == 2)
            let head = await RawClient.ask("HEAD /a HTTP/1.1\r\n\r\n", port: port)
            #expect(head.contains("Content-Length: 3\r\n") && head.hasSuffix("\r\n\r\n"))
            let post = await RawClient.ask("POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nbodymore", port: port)
            #expect(post.hasSuffix("\r\n\r\n/a body"))
        }
    }

    @Test(
        "what is no proper request is refused with the reason's number",
        arguments: [
            ("no request\r\n\r\n", 400), ("POST /a HTTP/1.1\r\n\r\n", 411),
            ("POST /a HTTP/1.1\r\nContent-Length: 100001\r\n\r\n", 413),
            ("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501),
        ])
    func refusals(text: String, code: Int) async throws {
        try await serving { port in
            #expect(await RawClient.ask(text, port: port).hasPrefix("HTTP/1.1 \(code) "))
            #expect(await get(port).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a request whose head does not end is refused at a limit", arguments: ["a", "\0", "\r", "\n"])
    func endless(piece: String) async throws {
        try await serving { port in
            let text = "GET /" + String(repeating: piece, count: 30_000)
            #expect(await RawClient.ask(text, port: port).hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test("a client that does not finish its request is let go, and holds up no other")
    func slow() async throws {
        try await serving(patience: .milliseconds(300)) { port in
            let slow = try #require(RawClient(port: port))
            slow.send("GET /a HT")
            let body = try #require(RawClient(port: port))
            body.send("POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
            let silent = try #require(RawClient(port: port))
            #expect(await get(port).hasPrefix("HTTP/1.1 200"))
            for client in [slow, body, silent] { #expect(await client.answer().hasPrefix("HTTP/1.1 408 ")) }
        }
    }

    @Test("a client that is gone, or takes no answer, holds up no other")
    func gone() async throws {
        try await serving(answer: 20_000_000) { port in
            for text in ["", "GET", "GET /a HTTP/1.1\r\n\r\n"] {
                for _ in 0..<20 { RawClient(port: port)?.send(text) }
            }
            let deaf = try #require(RawClient(port: port))
            deaf.send("GET /a HTTP/1.1\r\n\r\n")
            #expect(await get(port).utf8.count > 20_000_000)
            withExtendedLifetime(deaf) {}
        }
    }

    @Test("of too many connections the last ones are told to come again, and later ones are served")
    func many() async throws {
        try await serving(patience: .seconds(30)) { port in
            var clients = (0..<HTTPServer.connections + 10).compactMap { _ in RawClient(port: port) }
            var busy = 0
            for client in clients.suffix(10) where await client.answer().hasPrefix("HTTP/1.1 503 ") { busy += 1 }
            #expect(busy == 10)
            clients = []
            while await !get(port).hasPrefix("HTTP/1.1 200") { try await Task.sleep(for: .milliseconds(50)) }
        }
    }

    @Test("it listens on this computer alone, and not where another one listens")
    func ports() async throws {
        try await serving { port in
            #expect(throws: (any Error).self) { try HTTPServer(port: port) { _, _ in HTTPResponse(to: "/") } }
            // an address of the loopback network that is not the server's
            #expect(RawClient(port: port, address: 0x7F00_0002) == nil)
        }
    }

    @Test("it ends while clients are connected and answers are being made")
    func ending() async throws {
        let server = try HTTPServer(port: 0) { _, _ in
            try? await Task.sleep(for: .seconds(600))
            return HTTPResponse(to: "/")
        }
        let running = Task { await server.run() }
        let waiting = try #require(RawClient(port: server.port))
        waiting.send("GET / HTTP/1.1\r\n\r\n")
        let silent = try #require(RawClient(port: server.port))
        try await Task.sleep(for: .milliseconds(100))
        running.cancel()
        await running.value
        _ = await silent.answer()
    }
}
