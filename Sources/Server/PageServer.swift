package import FlyingFox
import FlyingSocks
import Foundation
import Model
import Project
import Results
import Store
import Text

/// Serves the site of a live project on this computer alone.
///
/// A request is answered only if it names this server (`Host`), and comes from no page of another (`Origin`), so that a
/// page elsewhere can't reach it through the browser. To read needs no more; a query needs the token that only pages of
/// this server hold. What is served is the folder of outputs and the documents of the corpus, nothing else.
package struct PageServer: HTTPHandler {
    private let project: LiveProject
    private let port: UInt16
    private let token: String

    package init(_ project: LiveProject, port: UInt16) {
        self.project = project
        self.port = port
        token = (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined()
    }

    /// Serves until the task is cancelled.
    package func run() async throws {
        // A query may take long; FlyingFox gives a handler so many seconds.
        let server = HTTPServer(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), timeout: 60, logger: SilentLog(), handler: self
        )
        try await server.run()
    }

    package func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
        guard let host = request.headers[.host], hosts.contains(host) else {
            return Self.refusal(.forbidden, "This server answers only as \(hosts[0]).")
        }
        if let origin = request.headers[HTTPHeader("Origin")], origin != "http://\(host)" {
            return Self.refusal(.forbidden, "Pages of other servers get no answer.")
        }
        guard let path = request.path.removingPercentEncoding else {
            return Self.refusal(.badRequest, "The address is no text.")
        }
        switch (request.method, path) {
        case (.POST, "/live/sql"): return try await query(request)
        case (.GET, _), (.HEAD, _): break
        default: return Self.refusal(.methodNotAllowed, "This server only reads.")
        }
        let asked = request.query.first { $0.name == "q" }?.value ?? ""
        switch path {
        case "/":
            let folders = await project.folders
            return HTTPResponse(
                statusCode: .found,
                headers: Self.headers([.location: "/\(LivePages.encoded(folders.outputs))/site/index.html"]))
        case "/live/changes":
            return await changes(after: request.query.first { $0.name == "after" }.flatMap { Int($0.value) })
        case "/live/live.js": return Self.answer(Embedded.live.description, "text/javascript")
        case "/live/live.css": return Self.answer(Embedded.liveStyle.description, "text/css")
        case "/live/sql":
            return Self.answer(LivePages.query(asked, token: token, outputs: await project.folders.outputs), Self.html)
        case "/live/search": return await search(asked)
        default: return await file(path)
        }
    }

    private func changes(after version: Int?) async -> HTTPResponse {
        let state = if let version { await project.state(after: version) } else { await project.state }
        var json = JSONOutput()
        json.object { json in
            json.key(fixed: "version")
            json.integer(state.version)
            json.key(fixed: "run")
            json.integer(state.run)
            json.key(fixed: "running")
            json.bool(state.isRunning)
            json.key(fixed: "problem")
            if let problem = state.problem { json.string(problem) } else { json.null() }
        }
        return Self.answer(String(decoding: json.bytes, as: UTF8.self), "application/json")
    }

    private func query(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard request.headers[HTTPHeader("X-Colophon-Token")] == token else {
            return Self.refusal(.forbidden, "A query needs the token of this server: load the page again.")
        }
        guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length <= QueryBox.longest else {
            return Self.refusal(.payloadTooLarge, "A query has at most \(QueryBox.longest) bytes.")
        }
        let sql = String(decoding: try await request.bodyData, as: UTF8.self)
        do {
            let (database, parameters) = try await project.results()
            let box = QueryBox(database: database, parameters: parameters)
            return Self.answer(await Task.detached { box.answer(sql) }.value, Self.html)
        } catch {
            return Self.answer("<pre class=\"problem\">there are no results yet</pre>", Self.html)
        }
    }

    private func search(_ words: String) async -> HTTPResponse {
        let outputs = await project.folders.outputs
        do {
            let index = try await project.sentences()
            let found = try await Task.detached { try index.hits(words) }.value
            return Self.answer(LivePages.search(words, found.hits, count: found.count, outputs: outputs), Self.html)
        } catch {
            return Self.answer(LivePages.search(words, [], count: 0, outputs: outputs), Self.html)
        }
    }

    /// A file of the outputs, or a document of the corpus as plain text.
    private func file(_ path: String) async -> HTTPResponse {
        let folders = await project.folders
        let name = String(path.dropFirst())
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, !parts.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty }), !name.contains("\0")
        else {
            return Self.missing
        }
        let place = Pipeline.join(folders.project, name)
        if name.hasPrefix("\(folders.outputs)/") {
            // a link must not lead out of the folder
            let real = URL(filePath: place).resolvingSymlinksInPath().path
            let root = URL(filePath: Pipeline.join(folders.project, folders.outputs)).resolvingSymlinksInPath().path
            guard real.hasPrefix(root + "/"), let bytes = FileWriting.contents(of: real) else { return Self.missing }
            let kind = Self.kind(of: name)
            guard kind == Self.html else { return Self.answer(bytes, kind) }
            return Self.answer(LivePages.live(bytes), Self.html)
        }
        guard let (database, _) = try? await project.results(), (try? database.has(document: name)) == true,
            let bytes = FileWriting.contents(of: place)
        else { return Self.missing }
        // as text, so that nothing in it is run
        return Self.answer(bytes, "text/plain; charset=utf-8")
    }

    private static let html = "text/html; charset=utf-8"

    private static func kind(of name: String) -> String {
        switch Pipeline.fileExtension(of: name) {
        case "html": html
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json": "application/json"
        case "md": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }

    private static var missing: HTTPResponse { refusal(.notFound, "There is no such page.") }

    private static func refusal(_ code: HTTPStatusCode, _ reason: String) -> HTTPResponse {
        answer(Array(reason.utf8), "text/plain; charset=utf-8", code)
    }

    private static func answer(_ text: String, _ kind: String) -> HTTPResponse { answer(Array(text.utf8), kind) }

    private static func answer(_ bytes: [UInt8], _ kind: String, _ code: HTTPStatusCode = .ok) -> HTTPResponse {
        HTTPResponse(
            statusCode: code,
            headers: headers([
                .contentType: kind, HTTPHeader("X-Content-Type-Options"): "nosniff",
                HTTPHeader("Cache-Control"): "no-store", HTTPHeader("Referrer-Policy"): "no-referrer",
                HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin", HTTPHeader("X-Frame-Options"): "DENY",
            ]), body: Data(bytes))
    }

    private static func headers(_ fields: [HTTPHeader: String]) -> HTTPHeaders { HTTPHeaders(fields) }
}

/// Nothing is told of requests.
private struct SilentLog: Logging {
    func logDebug(_ debug: @autoclosure () -> String) {}
    func logInfo(_ info: @autoclosure () -> String) {}
    func logWarning(_ warning: @autoclosure () -> String) {}
    func logError(_ error: @autoclosure () -> String) {}
    func logCritical(_ critical: @autoclosure () -> String) {}
}
