import FlyingSocks
import Foundation

/// Answers requests on the loopback device, one a connection.
///
/// A client has some seconds to send its request and half a minute to take its answer; one that does neither is let go.
/// There are only so many connections at once, and what comes beyond them is told to come again.
final class HTTPServer: Sendable {
    /// The port that it listens on.
    let port: UInt16
    private let socket: Socket
    private let answer: @Sendable (HTTPRequest, _ body: [UInt8]) async -> HTTPResponse
    private let open = Counter()

    /// How many connections are open at once.
    static let connections = 64
    /// How many bytes of a body are read.
    static let bodyBytes = 100_000
    private let patience: Duration

    /// Listens on a port of 127.0.0.1; on any free one for 0. Throws where it is taken. `patience` is the time for a request
    /// to come in.
    init(
        port: UInt16, patience: Duration = .seconds(10),
        answer: @escaping @Sendable (HTTPRequest, _ body: [UInt8]) async -> HTTPResponse
    ) throws {
        // A client that is gone is an error of its connection and not a signal to the process.
        signal(SIGPIPE, SIG_IGN)
        socket = try Socket(domain: AF_INET, type: .stream)
        do {
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: try sockaddr_in.inet(ip4: "127.0.0.1", port: port))
        } catch {
            try? socket.close()
            throw error
        }
        // closes the socket where it fails
        try socket.listen()
        guard case .ip4(_, let bound) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        self.port = bound
        self.patience = patience
        self.answer = answer
    }

    /// Serves until the task is cancelled.
    func run() async {
        let pool = SocketPool.make()
        await withTaskGroup(of: Void.self) { group in
            do {
                try await pool.prepare()
                let listening = try AsyncSocket(socket: socket, pool: pool)
                group.addTask { try? await pool.run() }
                try await withThrowingDiscardingTaskGroup { connections in
                    while !Task.isCancelled {
                        do {
                            let connection = try await listening.accept()
                            connections.addTask { await self.serve(connection) }
                        } catch  where !Task.isCancelled {
                            // no descriptor is free, or the client was gone before it was met
                            try await Task.sleep(for: .milliseconds(50))
                        }
                    }
                }
            } catch {
                // The task was cancelled.
            }
            group.cancelAll()
        }
        try? socket.close()
    }

    private func serve(_ connection: AsyncSocket) async {
        defer { try? connection.close() }
        guard open.enter(upTo: Self.connections) else {
            let busy = HTTPResponse(refusing: .unavailable, "Too many connections are open. Try again.")
            try? await within(.seconds(1)) { try await connection.write(Data(busy.bytes(withBody: true))) }
            return
        }
        defer { open.leave() }
        let (response, withBody): (HTTPResponse, Bool)
        do {
            guard let (request, body) = try await within(patience, { try await Self.request(on: connection) }) else {
                return
            }
            (response, withBody) = (await answer(request, body), request.method != "HEAD")
        } catch let problem as Refusal {
            (response, withBody) = (problem.response, true)
        } catch is TimeIsUp {
            (response, withBody) = (HTTPResponse(refusing: .timeout, "The request did not come in time."), true)
        } catch {
            return
        }
        do {
            try await within(.seconds(30)) { try await connection.write(Data(response.bytes(withBody: withBody))) }
            // What the client still sends is taken in, or its end of the connection would throw the answer away.
            shutdown(connection.socket.file.rawValue, Int32(SHUT_WR))
            try await within(.seconds(1)) {
                var taken = 0
                while taken < 1 << 20 { taken += try await connection.read(atMost: 4096).count }
            }
        } catch {
            // The client is gone, or too slow.
        }
    }

    private struct Refusal: Error { let response: HTTPResponse }

    /// The request that a client sends; nil for a client that sends none.
    private static func request(on connection: AsyncSocket) async throws -> (HTTPRequest, [UInt8])? {
        func refuse(_ status: HTTPResponse.Status, _ reason: String) -> Refusal {
            Refusal(response: HTTPResponse(refusing: status, reason))
        }
        var bytes: [UInt8] = []
        var end: Int?
        while end == nil {
            let start = bytes.count
            do {
                bytes += try await connection.read(atMost: 4096)
            } catch SocketError.disconnected where bytes.isEmpty {
                return nil
            }
            end = HTTPRequest.headEnd(in: bytes, from: start)
            guard end ?? bytes.count <= HTTPRequest.headBytes else {
                throw refuse(.fieldsTooLarge, "A request has at most \(HTTPRequest.headBytes) bytes before its body.")
            }
        }
        let request: HTTPRequest
        do throws(HTTPRequest.Problem) {
            request = try HTTPRequest(head: bytes[..<(end ?? 0)])
        } catch {
            switch error {
            case .malformed: throw refuse(.badRequest, "This is no request of HTTP/1.1.")
            case .tooLarge: throw refuse(.fieldsTooLarge, "A request has at most 100 fields.")
            case .unsupported: throw refuse(.notImplemented, "A body has to come in one piece, with its length.")
            }
        }
        guard request.method == "POST" else { return (request, []) }
        guard let length = request.bodyLength else {
            throw refuse(.lengthRequired, "The length of the body is missing.")
        }
        guard length <= bodyBytes else { throw refuse(.contentTooLarge, "A body has at most \(bodyBytes) bytes.") }
        var body = Array(bytes[(end ?? 0)...].prefix(length))
        while body.count < length { body += try await connection.read(atMost: min(4096, length - body.count)) }
        return (request, body)
    }
}
