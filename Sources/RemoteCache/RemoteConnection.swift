import CCurl
import Dispatch
import Foundation
import Synchronization

/// Requests to a server over a few connections that stay open.
final class RemoteConnections: Sendable {
    /// What a request came to.
    enum Answer: Sendable {
        case status(Int, [UInt8])
        /// No answer, or none of HTTP; in words.
        case failure(String)
        /// More bytes than were asked for.
        case tooLong
        /// No whole answer within the time that a request may take.
        case late
    }

    private struct Connection: @unchecked Sendable {  // taken out of `idle` while a request uses it
        let pointer: OpaquePointer
    }

    private let address: RemoteAddress
    private let idle = Mutex<[Connection]>([])
    // Threads of its own: a request that waits must not keep a processor from documents.
    private let queue = DispatchQueue(label: "colophon.cache", attributes: .concurrent)
    private let places: DispatchSemaphore

    /// At most so many requests are under way at once.
    init(_ address: RemoteAddress, count: Int) {
        self.address = address
        places = DispatchSemaphore(value: count)
    }

    deinit { for connection in idle.withLock({ $0 }) { colophon_disconnect(connection.pointer) } }

    /// Whether this system can send requests at all.
    static var isPossible: Bool {
        guard let connection = colophon_connect() else { return false }
        colophon_disconnect(connection)
        return true
    }

    /// Sends a request when a connection is free for it, unless it `isIdle` then.
    func send(
        _ method: String, _ path: String, body: [UInt8] = [], most: Int = 1 << 16,
        unless isIdle: @escaping @Sendable () -> Bool = { false }
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                places.wait()
                defer { places.signal() }
                continuation.resume(
                    returning: isIdle() ? .failure("it is not asked any more") : perform(method, path, body, most))
            }
        }
    }

    private func perform(_ method: String, _ path: String, _ body: [UInt8], _ most: Int) -> Answer {
        let taken = idle.withLock { $0.popLast() } ?? colophon_connect().map { Connection(pointer: $0) }
        guard let connection = taken else { return .failure("this system has no libcurl") }
        var response = colophon_response()
        let milliseconds = Int(address.patience / .milliseconds(1))
        var (login, token): (String?, String?)
        switch address.login {
        case .password(let value): login = value
        case .token(let value): token = value
        case nil: break
        }
        func with<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
            text.map { $0.withCString(body) } ?? body(nil)
        }
        "\(address.url)/\(path)".withCString { url in
            method.withCString { method in
                body.withUnsafeBufferPointer { body in
                    with(login) { login in
                        with(token) { token in
                            with(address.authorities) { authorities in
                                var request = colophon_request(
                                    method: method, url: url, body: body.baseAddress, body_size: body.count,
                                    login: login, token: token, authorities: authorities,
                                    milliseconds: milliseconds, most: most)
                                colophon_send(connection.pointer, &request, &response)
                            }
                        }
                    }
                }
            }
        }
        defer { free(response.bytes) }
        idle.withLock { $0.append(connection) }
        guard response.failure == 0 else {
            guard response.failure > 0 else { return response.failure == -2 ? .late : .tooLong }
            let reason = withUnsafeBytes(of: response.reason) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return .failure(reason)
        }
        let bytes = UnsafeBufferPointer(start: response.bytes, count: response.size)
        return .status(Int(response.status), Array(bytes))
    }
}
