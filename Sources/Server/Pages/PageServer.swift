import Foundation
import Model
import Project
import Results
import Site
import Store

/// Serves the site of a live project on this computer alone.
///
/// A request is answered only if it names this server (`Host`), and comes from no page of another (`Origin`), so that a
/// page elsewhere can't reach it through the browser. To read needs no more; a query needs the token that only pages of
/// this server hold. What is served is the folder of outputs and the documents of the corpus, nothing else.
package final class PageServer: Sendable {
    private let project: LiveProject
    private let token: String
    private let queries = Bench("queries", places: 4)
    private let searches = Bench("searches", places: 8)

    package init(_ project: LiveProject) {
        self.project = project
        token = (0..<4).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined()
    }

    /// That no port could be had.
    package struct PortProblem: Error {}

    /// Serves on `port` of 127.0.0.1, or on the first free one from 8642, until the task is cancelled. `began` is told the
    /// address.
    package func run(port: UInt16?, patience: Duration = .seconds(10), began: (String) -> Void) async throws {
        var server: HTTPServer?
        for port in port.map({ $0...$0 }) ?? 8642...8741 where server == nil {
            server = try? HTTPServer(port: port, patience: patience) { [self] request, body in
                await answer(request, body, port: port)
            }
        }
        guard let server else { throw PortProblem() }
        began("http://127.0.0.1:\(server.port)/")
        await withTaskExecutorPreference(OwnThread()) { await server.run() }
    }

    /// The answer of a server on `port`.
    func answer(_ request: HTTPRequest, _ body: [UInt8], port: UInt16) async -> HTTPResponse {
        let hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
        guard let host = request.fields["host"], hosts.contains(host) else {
            return HTTPResponse(refusing: .forbidden, "This server answers only as \(hosts[0]).")
        }
        if let origin = request.fields["origin"], origin != "http://\(host)" {
            return HTTPResponse(refusing: .forbidden, "Pages of other servers get no answer.")
        }
        switch (request.method, request.path) {
        case ("POST", "/live/sql"): return await query(request, body)
        case ("GET", _), ("HEAD", _): break
        default: return HTTPResponse(refusing: .methodNotAllowed, "This server only reads.")
        }
        let asked = request.query["q"] ?? ""
        switch request.path {
        case "/": return await first()
        case "/live/changes":
            let after = request.query["after"].flatMap { Int($0) }
            let state = if let after { await project.state(after: after) } else { await project.state }
            return HTTPResponse(.ok, state.json, kind: "application/json")
        case "/live/live.js": return HTTPResponse(Embedded.live.description, kind: "text/javascript; charset=utf-8")
        case "/live/live.css": return HTTPResponse(Embedded.liveStyle.description, kind: "text/css; charset=utf-8")
        case "/live/site.css": return HTTPResponse(Site.styleSheet, kind: "text/css; charset=utf-8")
        case "/live/sql":
            let tables = try? await project.results().database
            return HTTPResponse(
                LivePages.query(
                    asked, token: token, tables: tables.map(QueryBox.tables) ?? [], lists: await lists()),
                kind: Self.html)
        case "/live/search": return await search(asked)
        default: return await file(request.path)
        }
    }

    /// The lists of the site that there are, by address.
    private func lists() async -> [(String, title: String)] {
        let folders = await project.folders
        let site = "\(folders.outputs)/site"
        return Site.lists { FileWriting.size(of: Pipeline.join(folders.project, "\(site)/\($0)")) != nil }
            .map { ("\(site)/\($0.address)", $0.title) }
    }

    /// The report; a page that waits for it before the first run has written it.
    private func first() async -> HTTPResponse {
        let folders = await project.folders
        let page = "\(folders.outputs)/site/index.html"
        guard FileWriting.size(of: Pipeline.join(folders.project, page)) != nil else {
            return HTTPResponse(LivePages.waiting, kind: Self.html)
        }
        return HTTPResponse(to: "/\(LivePages.encoded(page))")
    }

    private func query(_ request: HTTPRequest, _ body: [UInt8]) async -> HTTPResponse {
        guard request.fields["x-colophon-token"] == token else {
            return HTTPResponse(refusing: .forbidden, "A query needs the token of this server. Load the page again.")
        }
        guard let sql = String(validating: body, as: UTF8.self) else {
            return HTTPResponse(refusing: .badRequest, "The query is not UTF-8.")
        }
        guard let (database, parameters) = try? await project.results() else {
            return HTTPResponse("<p class=\"problem\">There are no results yet.</p>", kind: Self.html)
        }
        let box = QueryBox(database: database, parameters: parameters)
        guard let answer = await queries.run({ box.answer(sql) }) else {
            return HTTPResponse(refusing: .unavailable, "Too many queries are being answered. Try again.")
        }
        return HTTPResponse(answer, kind: Self.html)
    }

    private func search(_ words: String) async -> HTTPResponse {
        let outputs = await project.folders.outputs
        let written = await project.state.written
        let (known, database) = (await project.sentences, try? await project.results().database)
        guard let database else {
            return HTTPResponse(LivePages.searchWithoutResults(words), kind: Self.html)
        }
        let made = await searches.run { () -> (SentenceSearch, [SentenceSearch.Hit], Int)? in
            guard let index = try? known ?? SentenceSearch(database), let found = try? index.hits(words) else {
                return nil
            }
            return (index, found.hits, found.count)
        }
        switch made {
        case .none: return HTTPResponse(refusing: .unavailable, "Too many searches are being answered. Try again.")
        case .some(.none): return HTTPResponse(refusing: .unavailable, "The results are being written. Try again.")
        case .some(.some(let (index, hits, count))):
            if known == nil { await project.keep(index, of: written) }
            let page = LivePages.search(words, hits, count: count, outputs: outputs, lists: await lists())
            return HTTPResponse(page, kind: Self.html)
        }
    }

    /// A file of the outputs, or a document of the corpus as plain text.
    private func file(_ path: String) async -> HTTPResponse {
        let missing = HTTPResponse(refusing: .notFound, "There is no such page.")
        let folders = await project.folders
        let name = String(path.dropFirst())
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0 == ".." || $0 == "." || $0.isEmpty }) else { return missing }
        let place = Pipeline.join(folders.project, name)
        if name.hasPrefix("\(folders.outputs)/") {
            // a link must not lead out of the folder
            let real = URL(filePath: place).resolvingSymlinksInPath().path
            let root = URL(filePath: Pipeline.join(folders.project, folders.outputs)).resolvingSymlinksInPath().path
            guard real.hasPrefix(root + "/"), let bytes = Self.contents(of: real) else { return missing }
            let kind = Self.kind(of: name)
            return HTTPResponse(.ok, kind == Self.html ? LivePages.live(bytes) : bytes, kind: kind)
        }
        guard let (database, _) = try? await project.results(), (try? database.has(document: name)) == true,
            let bytes = Self.contents(of: place)
        else { return missing }
        // as text, so that nothing in it is run
        return HTTPResponse(.ok, bytes, kind: "text/plain; charset=utf-8")
    }

    /// The bytes of a file, but for one that others write while it is read, like a pipe.
    private static func contents(of path: String) -> [UInt8]? {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        return FileWriting.contents(of: path)
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
}
