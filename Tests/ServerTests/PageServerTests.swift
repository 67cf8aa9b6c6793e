import FlyingFox
import Foundation
import Model
import Project
import TestSupport
import Testing

@testable import Server

@Suite("The server of a project", .timeLimit(.minutes(2)))
struct PageServerTests {
    private let project: SampleProject
    private let live: LiveProject
    private let server: PageServer

    init() async throws {
        project = try SampleProject()
        live = LiveProject(try Analysis(path: project.pipelinePath), settings: [], jobs: 2)
        server = PageServer(live, port: 8642)
    }

    /// Lets the project run until it has run `count` times.
    private func run(_ count: Int = 1, change: () throws -> Void = {}) async throws {
        let watch = Task { await live.watch() }
        defer { watch.cancel() }
        while await live.state.run < 1 { _ = await live.state(after: live.state.version) }
        try change()
        while await live.state.run < count { _ = await live.state(after: live.state.version) }
    }

    private func ask(
        _ path: String, method: HTTPMethod = .GET, host: String? = "127.0.0.1:8642", origin: String? = nil,
        token: String? = nil, body: String = ""
    ) async throws -> (code: Int, text: String, headers: HTTPHeaders) {
        var headers: HTTPHeaders = [:]
        headers[.host] = host
        headers[HTTPHeader("Origin")] = origin
        headers[HTTPHeader("X-Colophon-Token")] = token
        if method == .POST { headers[.contentLength] = String(body.utf8.count) }
        let parts = path.split(separator: "?", maxSplits: 1)
        let query = parts.count > 1 ? parts[1].split(separator: "&") : []
        let response = try await server.handleRequest(
            HTTPRequest(
                method: method, version: .http11, path: String(parts[0]),
                query: query.map { item in
                    let pair = item.split(separator: "=", maxSplits: 1)
                    return .init(name: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "")
                }, headers: headers, body: HTTPBodySequence(data: Data(body.utf8))))
        return (
            response.statusCode.code, String(decoding: try await response.bodyData, as: UTF8.self), response.headers
        )
    }

    private func token() async throws -> String {
        let page = try await ask("/live/sql").text
        return page.components(separatedBy: "data-token=\"").last?.components(separatedBy: "\"").first ?? ""
    }

    @Test("a request that names another server, or comes from a page of one, gets no answer")
    func hosts() async throws {
        #expect(try await ask("/").code == 302)
        for host in ["evil.example", "evil.example:8642", "127.0.0.1", "127.0.0.1:80", nil] {
            #expect(try await ask("/", host: host).code == 403)
        }
        #expect(try await ask("/", origin: "http://127.0.0.1:8642").code == 302)
        for origin in ["http://evil.example", "null", "https://127.0.0.1:8642"] {
            #expect(try await ask("/live/changes", origin: origin).code == 403)
        }
    }

    @Test("nothing is served but outputs and documents, and those as text")
    func files() async throws {
        try await run()
        try project.folder.write("secret", to: "secret.txt")
        try project.folder.write("secret", to: "outputs/other/secret.txt")
        let page = try await ask("/outputs/sample/site/index.html")
        #expect(
            page.code == 200 && page.text.contains("/live/live.js") && page.text.contains("script-src 'self' 'sha256-"))
        let document = try await ask("/corpus/courier/strike.txt")
        #expect(document.code == 200 && document.headers[.contentType]?.hasPrefix("text/plain") == true)
        for path in [
            "/secret.txt", "/outputs/other/secret.txt", "/pipelines/sample.yaml", "/outputs/sample/../../secret.txt",
            "/outputs/sample/site/%2e%2e/%2e%2e/%2e%2e/secret.txt", "/corpus/../secret.txt", "//etc/passwd",
            "/etc/passwd",
            "/outputs/sample/site/a%00b", "/outputs/sample/", "/corpus/none.txt",
        ] { #expect(try await ask(path).code == 404, "\(path)") }
        symlink(project.folder.path("secret.txt"), project.folder.path("outputs/sample/link.html"))
        #expect(try await ask("/outputs/sample/link.html").code == 404)
    }

    @Test("a query needs the token, only reads, and says what is wrong with it at its line")
    func queries() async throws {
        try await run()
        let token = try await token()
        #expect(try await ask("/live/sql", method: .POST, body: "select 1").code == 403)
        #expect(try await ask("/live/sql", method: .POST, token: "x", body: "select 1").code == 403)
        let answer = try await ask(
            "/live/sql", method: .POST, token: token, body: "select count(*) as documents from documents")
        #expect(answer.code == 200 && answer.text.contains("<td class=\"n\" data-v=\"4.0\">4</td>"))
        #expect(!answer.text.contains("<script"))
        for (sql, words) in [
            ("delete from documents", "only read"), ("select nothing from documents", "nothing"),
            ("select 1\n```\nselect 2", "error"),
        ] {
            #expect(try await ask("/live/sql", method: .POST, token: token, body: sql).text.contains(words), "\(sql)")
        }
        #expect(try await ask("/live/sql", method: .PUT, token: token).code == 405)
        #expect(
            try await ask("/live/sql", method: .POST, token: token, body: String(repeating: " ", count: 200_000)).code
                == 413)
    }

    @Test("the search finds sentences by all their words, marks them, and takes no operator")
    func search() async throws {
        try await run()
        let found = try await ask("/live/search?q=dockers walked")
        #expect(found.text.contains("40 <mark>dockers</mark> had <mark>walked</mark> out"))
        #expect(found.text.contains("/outputs/sample/site/documents/"))
        for words in ["\"", "dockers NOT", "*", "a OR b\"", "<script>"] {
            let page = try await ask("/live/search?q=\(words)")
            #expect(page.code == 200 && !page.text.contains("<script>"))
        }
    }

    @Test("a document that is saved makes the project run again, and pages are told")
    func saving() async throws {
        try await run(2) { try project.folder.write("A new text. Petra Holm said it was late.", to: "corpus/new.txt") }
        #expect(try await ask("/corpus/new.txt").code == 200)
        let state = try await ask("/live/changes")
        #expect(state.text.contains("\"problem\":null") && state.text.contains("\"running\":false"))
    }

    @Test("what is wrong with a notebook is told with its line, and the pages stay")
    func problems() async throws {
        try await run(2) {
            try project.folder.write("# A\n\n{value}`select nothing from documents`\n", to: "notebook.md")
            try project.folder.write(SampleProject.pipeline + "notebook: notebook.md\n", to: "pipelines/sample.yaml")
        }
        let state = try await ask("/live/changes")
        #expect(state.text.contains("notebook.md:3:") && state.text.contains("nothing"))
        #expect(try await ask("/outputs/sample/site/index.html").code == 200)
    }
}

@Suite struct QueryBoxTests {
    @Test(
        "a query with backticks has a longer fence",
        arguments: [("select 1", "```"), ("a ``` b", "````"), ("`````", "``````")])
    func fences(sql: String, fence: String) {
        let lines = QueryBox.cell(sql).split(separator: "\n")
        #expect(lines.first == "\(fence){table}" && lines.last == "\(fence)")
    }
}
