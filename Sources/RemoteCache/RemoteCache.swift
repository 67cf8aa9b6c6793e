import Digests
package import StageKit
import Synchronization

/// A cache on a server that speaks the HTTP protocol of Bazel's remote caches: `/ac/NAME` names an object, `/cas/DIGEST` is
/// the object. nginx with DAV, bazel-remote and hosted ones serve it as they are.
///
/// Nothing that comes is believed: an object is compared with the digest under which it was asked for. A server that does
/// not answer well costs a bounded time; then it is not asked any more, and that is told once.
package final class RemoteCache: Sendable {
    /// What is not as it should be.
    package struct Trouble: Error, Hashable, Sendable {
        /// In words: lower case, no full stop.
        package let summary: String
        /// What can be done about it: a sentence.
        package var hint: String?
    }

    package let address: RemoteAddress
    private let connections: RemoteConnections
    private let health = Mutex(Health())
    private let tell: @Sendable (Trouble) -> Void

    private struct Health {
        var failures = 0
        /// Time that was waited for nothing.
        var lost = Duration.zero
        var isGivenUp = false
        var isTold = false
        var requests = 0
        var received = 0
        var sent = 0
    }

    /// Failures one after another, and time waited for nothing, after which the server is left alone.
    private static let most = 3
    private static let bound = 2
    /// No object has more bytes.
    private static let longest = 256 << 20
    /// Requests at once.
    private static let connectionCount = 8

    /// The cache at `address`; `tell` is called once with what is wrong with it.
    package init(_ address: RemoteAddress, tell: @escaping @Sendable (Trouble) -> Void) {
        self.address = address
        self.tell = tell
        connections = RemoteConnections(address, count: Self.connectionCount)
    }

    /// Whether it is not asked any more.
    package var isGivenUp: Bool { health.withLock { $0.isGivenUp } }

    /// What went to and fro.
    package var traffic: (requests: Int, received: Int, sent: Int) {
        health.withLock { ($0.requests, $0.received, $0.sent) }
    }

    /// Whether something is kept under a name; nil where the server did not say.
    package func has(_ name: ContentDigest) async -> Bool? {
        await isThere("ac/\(name)")
    }

    private func isThere(_ path: String) async -> Bool? {
        switch await request("HEAD", path) {
        case .status(200, _): true
        case .status(404, _): false
        default: nil
        }
    }

    /// The object of a name; nil where there is none that is sound.
    package func object(_ name: ContentDigest) async -> [UInt8]? {
        guard case .status(200, let bytes) = await request("GET", "ac/\(name)") else { return nil }
        guard let result = ActionResult(bytes), result.size <= Self.longest else {
            report(wrong: "what it has under a name is no entry of a cache")
            return nil
        }
        return await object(of: result.digest, most: result.size)
    }

    /// The object of a digest, which has so many bytes at most; nil where there is none that is sound.
    package func object(of digest: ContentDigest, most: Int) async -> [UInt8]? {
        switch await request("GET", "cas/\(digest)", most: most) {
        case .status(200, let object):
            guard ContentDigest(of: object) == digest else {
                report(wrong: "an object is not what its digest says")
                return nil
            }
            return object
        default: return nil
        }
    }

    /// Keeps an object under names. False where the server did not take it.
    package func put(_ object: [UInt8], under names: [ContentDigest]) async -> Bool {
        let digest = ContentDigest(of: object)
        guard await isTaken(request("PUT", "cas/\(digest)", body: object)) else { return false }
        let entry = ActionResult(digest: digest, size: object.count).encoded
        for name in names {
            guard await isTaken(request("PUT", "ac/\(name)", body: entry)) else { return false }
        }
        return true
    }

    /// Keeps an object that another one names by its digest. False where the server did not take it.
    package func put(_ object: [UInt8]) async -> Bool {
        let path = "cas/\(ContentDigest(of: object))"
        if await isThere(path) == true { return true }
        return await isTaken(request("PUT", path, body: object))
    }

    private func isTaken(_ answer: RemoteConnections.Answer) -> Bool {
        if case .status(let status, _) = answer { (200..<300).contains(status) } else { false }
    }

    /// Sends a request, a second time where the server was only busy; tells what is wrong with the answer.
    private func request(
        _ method: String, _ path: String, body: [UInt8] = [], most: Int = 1 << 16
    ) async -> RemoteConnections.Answer {
        for attempt in 0..<2 {
            guard !isGivenUp, !Task.isCancelled else { return .failure("it is not asked any more") }
            let began = ContinuousClock.now
            let answer = await connections.send(method, path, body: body, most: most)
            let waited = ContinuousClock.now - began
            let problem = Self.problem(answer, method)
            health.withLock { health in
                health.requests += 1
                health.sent += body.count
                if case .status(200, let bytes) = answer { health.received += bytes.count }
            }
            guard let problem else {
                note(isGood: true, waited: Self.isFruitful(answer) ? .zero : waited)
                return answer
            }
            note(isGood: false, waited: waited)
            if attempt == 0, problem.isPassing, !isGivenUp {
                try? await Task.sleep(for: .milliseconds(200))
                continue
            }
            report(problem.summary, problem.hint, isFinal: problem.isFinal)
            return .failure(problem.summary)
        }
        return .failure("it is not asked any more")
    }

    private static func isFruitful(_ answer: RemoteConnections.Answer) -> Bool {
        if case .status(let status, _) = answer { (200..<300).contains(status) } else { false }
    }

    private struct Problem {
        var summary: String
        var hint: String?
        /// Whether the next request will end in the same way.
        var isFinal = false
        /// Whether it may be over in a moment.
        var isPassing = false
    }

    private static func problem(_ answer: RemoteConnections.Answer, _ method: String) -> Problem? {
        switch answer {
        case .failure(let reason):
            let isAboutTrust = reason.lowercased().contains("certificate")
            return Problem(
                summary: reason,
                hint: isAboutTrust
                    ? "'authorities' in colophon.yaml names a file with the certificates that are trusted."
                    : "Look whether its address is right and its server runs.")
        case .tooLong: return Problem(summary: "an object has more bytes than it should have")
        case .status(let status, _):
            switch status {
            case 404 where method != "PUT": return nil
            case 200..<300: return nil
            case 401, 407:
                return Problem(
                    summary: "it wants a login, or another one (\(status))",
                    hint: "'login' in colophon.yaml says where one is.", isFinal: true)
            case 403 where method == "PUT":
                return Problem(
                    summary: "it may be read only (403)", hint: "Give it a login that may write, or leave out 'push'.",
                    isFinal: true)
            case 403: return Problem(summary: "it refuses (403)", hint: "Ask who runs it for a login.", isFinal: true)
            case 300..<400:
                return Problem(
                    summary: "it leads elsewhere (\(status)), which is not followed",
                    hint: "Name the address that it leads to in colophon.yaml.", isFinal: true)
            case 507:
                return Problem(summary: "it is full (507)", hint: "Make room on its server.", isFinal: true)
            case 413:
                return Problem(
                    summary: "an object is too large for it (413)", hint: "Let its server take objects of 256 MB.")
            case 429, 503: return Problem(summary: "it is busy (\(status))", isPassing: true)
            default:
                return Problem(
                    summary: "it answers with \(status)", hint: "Its server's log says why.", isPassing: status >= 500)
            }
        }
    }

    /// Counts what an answer says of the server; time that brought nothing is bounded.
    private func note(isGood: Bool, waited: Duration) {
        let isSlow = health.withLock { health in
            health.failures = isGood ? 0 : health.failures + 1
            health.lost += waited
            guard !health.isGivenUp, health.lost > address.patience * Self.bound * Self.connectionCount else {
                return false
            }
            health.isGivenUp = true
            return true
        }
        if isSlow { report("it answers too slowly", isFinal: true) }
    }

    /// Counts something wrong that came, and tells of it if nothing was told yet.
    package func report(wrong summary: String) {
        health.withLock { $0.failures += 1 }
        report(summary, isFinal: false)
    }

    private func report(_ summary: String, _ hint: String? = nil, isFinal: Bool) {
        let isFirst = health.withLock { health in
            if isFinal || health.failures >= Self.most { health.isGivenUp = true }
            defer { health.isTold = true }
            return !health.isTold
        }
        if isFirst { tell(Trouble(summary: summary, hint: hint)) }
    }
}
