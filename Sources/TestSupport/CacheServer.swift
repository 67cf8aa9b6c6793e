import Foundation
import Testing

/// A cache server on this machine that is broken in one way or another: below `/sound/` it is in order, below `/cut/` it
/// ends in the middle of an object, and so on. All of them have one store.
package final class CacheServer {
    /// The ways in which it is broken. None of them may change a result.
    package static let faults = [
        "late", "slow", "hang", "cut", "reset", "short", "flip", "other", "empty", "page", "gzip", "endless", "huge",
        "everything", "refuse", "down", "busy", "flaky", "deny", "forbid", "lossy", "garbage", "moved", "full", "small",
        "nothing",
    ]

    private let process = Process()
    private let folder: TemporaryProject
    private let port: String

    /// Whether there is a Python to run it.
    package static var isPossible: Bool {
        ["/usr/bin/python3", "/usr/local/bin/python3"].contains { FileManager.default.isExecutableFile(atPath: $0) }
    }

    package init() throws {
        folder = try TemporaryProject(["server.py": Self.program])
        for kind in ["ac", "cas"] {
            try FileManager.default.createDirectory(atPath: folder.path(kind), withIntermediateDirectories: true)
        }
        let said = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", folder.path("server.py"), folder.path(), "\(getpid())"]
        process.standardOutput = said
        try process.run()
        port = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        try #require(!port.isEmpty)
    }

    deinit {
        // A process that a test starts may have inherited that SIGTERM waits.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The address of a cache that is broken in this way.
    package func address(_ fault: String = "sound") -> String { "http://127.0.0.1:\(port)/\(fault)" }

    /// How many requests there were since the last call, with the method.
    package func requests() throws -> [String] {
        let log = try folder.text(of: "log").split(separator: "\n").map(String.init)
        try folder.write("", to: "log")
        return log
    }

    /// How many objects it has.
    package var count: Int { (try? FileManager.default.contentsOfDirectory(atPath: folder.path("cas")).count) ?? 0 }

    /// Changes every object.
    package func damage() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("cas")) {
            var bytes = try folder.bytes(of: "cas/\(name)")
            bytes[bytes.count / 2] ^= 1
            try folder.write(bytes, to: "cas/\(name)")
        }
    }

    private static let program = #"""
        from http import server; import os, re, socket, struct, sys, threading, time
        folder, parent = sys.argv[1], int(sys.argv[2])
        counts, lock = {}, threading.Lock()
        log = open(folder + "/log", "a", buffering=1)

        class Handler(server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass

            def answer(self, status, body=b"", length=None, headers=()):
                self.send_response(status)
                for name, value in headers: self.send_header(name, value)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                if self.command != "HEAD": self.wfile.write(body)

            def end(self, reset=False):
                self.wfile.flush()
                self.close_connection = True
                if reset:
                    time.sleep(0.05)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    socket.close(self.connection.detach())

            def do(self):
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                place = re.fullmatch(r"/(\w+)/(ac|cas)/([0-9a-f]{64})", self.path)
                log.write(f"{self.command} {self.path[:12]}\n")
                if not place: return self.answer(404)
                fault, kind, name = place.groups()
                path = f"{folder}/{kind}/{name}"
                if fault == "late": time.sleep(0.2)
                if fault == "down": return self.answer(500)
                if fault == "busy": return self.answer(429, headers=[("Retry-After", "1")])
                if fault == "deny": return self.answer(401)
                if fault == "nothing": return self.answer(404)
                if fault == "page": return self.answer(200, b"<!doctype html><p>Please sign in.")
                if fault == "moved": return self.answer(307, headers=[("Location", "/sound" + self.path[6:])])
                if fault == "login" and self.headers.get("Authorization") not in (
                    "Basic bWU6c2VjcmV0LXdvcmRz", "Bearer secret-token"): return self.answer(401)
                if fault == "garbage":
                    self.wfile.write(b"\x00\x01no HTTP\r\n\r\n")
                    return self.end()
                if fault == "flaky":
                    with lock:
                        counts[0] = counts.get(0, 0) + 1
                        if counts[0] % 2: return self.answer(503)
                if self.command == "PUT":
                    if fault == "forbid": return self.answer(403)
                    if fault == "refuse": return self.answer(500)
                    if fault == "full": return self.answer(507)
                    if fault == "small" and len(sent) > 1000: return self.answer(413)
                    if fault != "lossy":
                        part = f"{path}.{threading.get_ident()}"
                        with open(part, "wb") as file: file.write(sent)
                        os.rename(part, path)
                    return self.answer(201)
                try:
                    with open(path, "rb") as file: body = file.read()
                except FileNotFoundError:
                    return self.answer(200, os.urandom(100)) if fault == "everything" else self.answer(404)
                half = body[:len(body) // 2]
                if fault == "hang":
                    self.answer(200, half, len(body))
                    self.wfile.flush()
                    return time.sleep(30)
                if fault in ("cut", "reset"):
                    self.answer(200, half, len(body))
                    return self.end(fault == "reset")
                if fault == "short": return self.answer(200, half)
                if fault == "flip" and kind == "cas":
                    return self.answer(200, half + bytes([body[len(half)] ^ 1]) + body[len(half) + 1:])
                if fault == "other":
                    other = sorted(n for n in os.listdir(f"{folder}/{kind}") if n != name)
                    if other: body = open(f"{folder}/{kind}/{other[0]}", "rb").read()
                if fault == "empty": body = b""
                if fault == "gzip": return self.answer(200, body, headers=[("Content-Encoding", "gzip")])
                if fault == "huge": return self.answer(200, body, 2 ** 62)
                if fault == "endless" or fault == "slow":
                    self.send_response(200)
                    self.end_headers()
                    try:
                        for k in range(1 << 14 if fault == "endless" else 300):
                            self.wfile.write(os.urandom(1 << 16) if fault == "endless" else body[100 * k:100 * k + 100])
                            self.wfile.flush()
                            if fault == "slow": time.sleep(0.1)
                    except OSError: pass
                    return self.end()
                return self.answer(200, body)

            def handle_one_request(self):
                try: super().handle_one_request()
                except OSError: self.close_connection = True
            do_GET = do_PUT = do_HEAD = do

        class Server(server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128
            def handle_error(self, *arguments): pass

        cache = Server(("127.0.0.1", 0), Handler)
        print(cache.server_address[1], flush=True)
        def watch():
            while os.path.exists(f"/proc/{parent}") or not os.path.exists("/proc"): time.sleep(1)
            os._exit(0)
        threading.Thread(target=watch, daemon=True).start()
        cache.serve_forever()
        """#
}
