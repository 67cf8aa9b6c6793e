import Digests
package import StageKit
import Synchronization

/// A cache on a server that speaks the HTTP protocol of Bazel's remote caches: `/ac/NAME` names an object, `/cas/DIGEST` is
/// the object. nginx with DAV, bazel-remote and hosted ones serve it as they are.
///
/// Nothing that comes is believed: an object is compared with the digest under which it was asked for. A server that does
/// not answer well costs a bounded time; then it is not asked any more, and that is told once: after a request that took
/// longer than its address allows, after three that failed, and, in a run, after as long a time in which nothing came that
/// was asked for.
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
    private let isForRun: Bool
    private let tell: @Sendable (Trouble) -> Void

    private struct Health {
        var failures = 0
        /// Requests that failed, and objects that were not sound, in all.
        var troubles = 0
        /// Requests that are under way, and when the last of them ended, or the first began.
        var underWay = 0
        var mark = ContinuousClock.now
        /// Time that was waited for nothing.
        var lost = Duration.zero
        var isGivenUp = false
        var isTold = false
        var requests = 0
        var received = 0
        var sent = 0
    }

    /// Failures one after another after which the server is left alone.
    private static let most = 3
    /// No object has more bytes.
    private static let longest = 256 << 20
    /// Requests at once.
    private static let connectionCount = 8

    /// The cache at `address`; `tell` is called once with what is wrong with it. What a run waits for in vain is bounded;
    /// who asks for a transfer waits for it.
    package init(_ address: RemoteAddress, isForRun: Bool = true, tell: @escaping @Sendable (Trouble) -> Void) {
        self.address = address
        self.isForRun = isForRun
        self.tell = tell
        connections = RemoteConnections(address, count: Self.connectionCount)
    }

    /// Whether it is not asked any more.
    package var isGivenUp: Bool { health.withLock { $0.isGivenUp } }

    /// How many requests failed, and how many objects were not sound.
    package var troubles: Int { health.withLock { $0.troubles } }

    /// What went to and fro.
    package var traffic: (requests: Int, received: Int, sent: Int) {
        health.withLock { ($0.requests, $0.received, $0.sent) }
    }

    /// Whether something is kept under a name; nil where the server did not say. The entry is read: a page that asks for a
    /// login has the status of an entry that is there.
    package func has(_ name: ContentDigest) async -> Bool? {
        switch await request("GET", "ac/\(name)", orNone: true) {
        case .status(200, let bytes):
            guard ActionResult(bytes) != nil else {
                report(wrong: "what it has under a name is no entry of a cache")
                return nil
            }
            return true
        case .status(404, _): return false
        default: return nil
        }
    }

    private func isThere(_ path: String) async -> Bool? {
        switch await request("HEAD", path) {
        case .status(200, _): true
        case .status(404, _): false
        default: nil
        }
    }

    /// The object of a name; nil where there is none that is sound. That there is none `isAnswer`, or else is waiting in
    /// vain.
    package func object(_ name: ContentDigest, orNone isAnswer: Bool = false) async -> [UInt8]? {
        let answer = await request("GET", "ac/\(name)", orNone: isAnswer)
        guard case .status(200, let bytes) = answer else { return nil }
        guard let result = ActionResult(bytes), result.size <= Self.longest else {
            report(wrong: "what it has under a name is no entry of a cache")
            return nil
        }
        return await object(of: result.digest, most: result.size)
    }

    /// The object of a digest, which has so many bytes at most; nil where there is none that is sound.
    package func object(of digest: ContentDigest, most: Int) async -> [UInt8]? {
        switch await request("GET", "cas/\(digest)", most: most) {
        case .status(404, _):
            // A server that makes room takes objects away, and the rest of it is in order.
            tellOnce(Trouble(summary: "an object that an entry names is not there"))
            return nil
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
        _ method: String, _ path: String, body: [UInt8] = [], most: Int = 1 << 16, orNone isAnswer: Bool = false
    ) async -> RemoteConnections.Answer {
        for attempt in 0..<2 {
            guard !isGivenUp, !Task.isCancelled else { return .failure("it is not asked any more") }
            begin()
            let answer = await connections.send(method, path, body: body, most: most) { self.isGivenUp }
            let problem = problem(answer, method)
            let isFruitful = Self.isFruitful(answer) || problem == nil && (isAnswer || method == "HEAD")
            health.withLock { health in
                health.requests += 1
                health.sent += body.count
                if case .status(200, let bytes) = answer { health.received += bytes.count }
            }
            end(isGood: problem == nil, isFruitful: isFruitful, isFinal: problem?.isFinal ?? false)
            guard let problem else { return answer }
            if attempt == 0, problem.isPassing, !isGivenUp {
                try? await Task.sleep(for: .milliseconds(200))
                continue
            }
            health.withLock { $0.troubles += 1 }
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

    private func problem(_ answer: RemoteConnections.Answer, _ method: String) -> Problem? {
        switch answer {
        case .late:
            return Problem(
                summary: "a request had no whole answer within \(address.patience.components.seconds) s",
                hint: "'timeout' in colophon.yaml gives it more time.", isFinal: true)
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

    /// Counts a request that begins.
    private func begin() {
        health.withLock { health in
            if health.underWay == 0 { health.mark = .now }
            health.underWay += 1
        }
    }

    /// Counts a request that has ended. The time since another one ended was waited for this one; in a run, such time that
    /// brought nothing is bounded.
    private func end(isGood: Bool, isFruitful: Bool, isFinal: Bool) {
        let patience = address.patience
        let isSlow = health.withLock { health in
            let now = ContinuousClock.now
            if !isFruitful { health.lost += now - health.mark }
            health.mark = now
            health.underWay -= 1
            health.failures = isGood ? 0 : health.failures + 1
            return isForRun && !isFinal && !health.isGivenUp && health.lost > patience
        }
        guard isSlow else { return }
        report(
            "what it was asked for in \(patience.components.seconds) s it did not have",
            "'timeout' in colophon.yaml gives it more time.", isFinal: true)
    }

    /// Counts something wrong that came, and tells of it if nothing was told yet.
    package func report(wrong summary: String) {
        health.withLock { health in
            health.failures += 1
            health.troubles += 1
        }
        report(summary, isFinal: false)
    }

    private func report(_ summary: String, _ hint: String? = nil, isFinal: Bool) {
        health.withLock { if isFinal || $0.failures >= Self.most { $0.isGivenUp = true } }
        tellOnce(Trouble(summary: summary, hint: hint))
    }

    private func tellOnce(_ trouble: Trouble) {
        let isFirst = health.withLock { health in
            defer { health.isTold = true }
            return !health.isTold
        }
        if isFirst { tell(trouble) }
    }
}
