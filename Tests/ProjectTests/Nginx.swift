import Foundation
import TestSupport
import Testing

/// nginx as the documentation has it for a cache. `Tools/setup.sh nginx` unpacks it into the build folder; to install the
/// package would start a server of its own.
final class Nginx {
    private let process = Process()
    private let folder: TemporaryProject
    private let port: Int

    private static var program: String? {
        [".build/nginx/usr/sbin/nginx", "/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
    static var isPossible: Bool { program != nil }

    init() throws {
        folder = try TemporaryProject(["store/ac/.keep": "", "store/cas/.keep": "", "tmp/.keep": "", "log": ""])
        port = try Self.freePort()
        let root = folder.path()
        try folder.write(
            """
            \(geteuid() == 0 ? "user root;" : "")
            daemon off;
            master_process off;
            pid \(root)/tmp/pid;
            error_log \(root)/log;
            events { worker_connections 64; }
            http {
                access_log off;
                client_body_temp_path \(root)/tmp/body;
                proxy_temp_path \(root)/tmp/proxy;
                fastcgi_temp_path \(root)/tmp/fastcgi;
                uwsgi_temp_path \(root)/tmp/uwsgi;
                scgi_temp_path \(root)/tmp/scgi;
                server {
                    listen 127.0.0.1:\(port);
                    location ~ ^/(ac|cas)/ {
                        root \(root)/store;
                        dav_methods PUT;
                        create_full_put_path on;
                        client_max_body_size 256m;
                    }
                }
            }
            """, to: "nginx.conf")
        process.executableURL = URL(filePath: Self.program ?? "")
        process.arguments = ["-e", "\(root)/log", "-p", root, "-c", "\(root)/nginx.conf"]
        try process.run()
        for _ in 0..<200 where !isListening { usleep(20_000) }
        try #require(isListening, "nginx did not start")
    }

    deinit {
        // A process that a test starts may have inherited that SIGTERM waits.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var address: String { "http://127.0.0.1:\(port)" }

    private var isListening: Bool {
        Self.withSocket { descriptor, address in
            address.sin_port = in_port_t(port).bigEndian
            return withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    private static func freePort() throws -> Int {
        let port = withSocket { descriptor, address in
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            return withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    guard bind(descriptor, pointer, size) == 0, getsockname(descriptor, pointer, &size) == 0 else {
                        return 0
                    }
                    return Int(UnsafeRawPointer(pointer).load(as: sockaddr_in.self).sin_port.bigEndian)
                }
            }
        }
        try #require(port > 0)
        return port
    }

    private static func withSocket<Value>(_ body: (Int32, inout sockaddr_in) -> Value) -> Value {
        #if os(Linux)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return body(descriptor, &address)
    }
}
