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
        live = LiveProject(try Analysis(path: project.pipelinePath), jobs: 2)
        server = PageServer(live)
    }

    /// Lets the project run until it has run `count` times.
    private func run(_ count: Int = 1, change: () throws -> Void = {}) async throws {
        let watch = Task { await live.watch() }
        defer { watch.cancel() }
        while await live.state.run < 1 { _ = await live.state(after: live.state.version) }
        try change()
        while await live.state.run < count { _ = await live.state(after: live.state.version) }
    }

    /// The answer to a request, as it goes over the wire.
    private func ask(
        _ path: String, method: String = "GET", host: String? = "127.0.0.1:8642", origin: String? = nil,
        token: String? = nil, body: String = ""
    ) async throws -> (code: Int, text: String, fields: [String: String]) {
        var head = "\(method) \(path.replacing(" ", with: "+")) HTTP/1.1\r\n"
        for (name, value) in [("Host", host), ("Origin", origin), ("X-Colophon-Token", token)] {
            if let value { head += "\(name): \(value)\r\n" }
        }
        let request = try HTTPRequest(head: Array("\(head)\r\n".utf8))
        let response = await server.answer(request, Array(body.utf8), port: 8642)
        return (
            response.status.rawValue, String(decoding: response.body, as: UTF8.self),
            Dictionary(response.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private func token() async throws -> String {
        let page = try await ask("/live/sql").text
        return page.components(separatedBy: "data-token=\"").last?.components(separatedBy: "\"").first ?? ""
    }

    @Test("before there are results, a search says so, and pages have their style")
    func withoutResults() async throws {
        #expect(try await ask("/live/search?q=harbour").text.contains("There are no results yet."))
        #expect(try await ask("/").text.contains("href=\"/live/site.css\""))
        #expect(try await ask("/live/site.css").fields["Content-Type"] == "text/css; charset=utf-8")
        #expect(await String(decoding: live.state.json, as: UTF8.self).contains("\"results\":false"))
        try await run()
        #expect(await String(decoding: live.state.json, as: UTF8.self).contains("\"results\":true"))
        #expect(!(try await ask("/live/search?q=harbour").text.contains("There are no results yet.")))
    }

    @Test("a request that names another server, or comes from a page of one, gets no answer")
    func hosts() async throws {
        #expect(try await ask("/").code == 200)
        for host in ["evil.example", "evil.example:8642", "127.0.0.1", "127.0.0.1:80", nil] {
            #expect(try await ask("/", host: host).code == 403)
        }
        #expect(try await ask("/", origin: "http://127.0.0.1:8642").code == 200)
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
        #expect(document.code == 200 && document.fields["Content-Type"]?.hasPrefix("text/plain") == true)
        for path in [
            "/secret.txt", "/outputs/other/secret.txt", "/pipelines/sample.yaml", "/outputs/sample/../../secret.txt",
            "/outputs/sample/site/%2e%2e/%2e%2e/%2e%2e/secret.txt", "/corpus/../secret.txt", "//etc/passwd",
            "/etc/passwd",
            "/outputs/sample/site/a%5cb", "/outputs/sample/", "/outputs/sample", "/.colophon/store.sqlite",
            "/corpus/none.txt",
        ] { #expect(try await ask(path).code == 404, "\(path)") }
        symlink(project.folder.path("secret.txt"), project.folder.path("outputs/sample/link.html"))
        #expect(try await ask("/outputs/sample/link.html").code == 404)
    }

    @Test("a query needs the token, only reads, and says what is wrong with it at its line")
    func queries() async throws {
        try await run()
        let token = try await token()
        #expect(try await ask("/live/sql", method: "POST", body: "select 1").code == 403)
        #expect(try await ask("/live/sql", method: "POST", token: "x", body: "select 1").code == 403)
        let answer = try await ask(
            "/live/sql", method: "POST", token: token, body: "select count(*) as documents from documents")
        #expect(answer.code == 200 && answer.text.contains("<td class=\"n\" data-v=\"4.0\">4</td>"))
        #expect(!answer.text.contains("<script"))
        for (sql, words) in [
            ("delete from documents", "only read"), ("select nothing from documents", "nothing"),
            ("select 1\n```\nselect 2", "error"), ("attach 'x' as y", "error"),
            ("select document from\n documents where", "error"),
        ] {
            #expect(try await ask("/live/sql", method: "POST", token: token, body: sql).text.contains(words), "\(sql)")
        }
        #expect(try await ask("/live/sql", method: "PUT", token: token).code == 405)
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

    @Test("before there is a report, a page waits for it, which follows the project")
    func waiting() async throws {
        let page = try await ask("/")
        #expect(page.code == 200 && page.text.contains("/live/live.js") && page.text.contains("id=\"waiting\""))
        #expect(try await ask("/live/search?q=a").code == 200)
        let answer = try await ask("/live/sql", method: "POST", token: token(), body: "select 1")
        #expect(answer.text.contains("no results yet"))
        try await run()
        #expect(try await ask("/").fields["Location"] == "/outputs/sample/site/index.html")
    }

    @Test("a document that is saved makes the project run again, and pages are told")
    func saving() async throws {
        try await run(2) { try project.folder.write("A new text. Petra Holm said it was late.", to: "corpus/new.txt") }
        #expect(try await ask("/corpus/new.txt").code == 200)
        let state = try await ask("/live/changes").text
        #expect(state.contains("\"problems\":[]") && state.contains("\"running\":false"))
        #expect(state.contains("\"written\":2"))
        #expect(try await ask("/live/search?q=late").text.contains("it was <mark>late</mark>"))
    }

    @Test("what is wrong with a notebook is told with the lines around it, and the pages stay")
    func problems() async throws {
        try await run(2) {
            try project.folder.write("# A\n\n{value}`select nothing from documents`\n\nEnd.\n", to: "notebook.md")
            try project.folder.write(SampleProject.pipeline + "notebook: notebook.md\n", to: "pipelines/sample.yaml")
        }
        let problem = try #require(await live.state.problems.first)
        #expect(
            problem.file?.hasSuffix("notebook.md") == true && problem.line == 3 && problem.message.contains("nothing"))
        #expect(problem.lines.map(\.number) == [1, 2, 3, 4, 5] && problem.lines[2].text.hasPrefix("{value}"))
        #expect(await live.state.written == 1)
        #expect(try await ask("/outputs/sample/site/index.html").code == 200)
    }

    @Test("a part of the notebook that is saved, or a pipeline that can be read again, makes it run again")
    func parts() async throws {
        try await run()
        try project.folder.write("# A\n\n```{include} part.md\n```\n", to: "notebook.md")
        try project.folder.write("One.\n", to: "part.md")
        let pipeline = SampleProject.pipeline + "notebook: notebook.md\n"
        try project.folder.write(pipeline, to: "pipelines/sample.yaml")
        let watch = Task { await live.watch() }
        defer { watch.cancel() }
        func until(_ isSo: @Sendable (LiveProject.State) async -> Bool) async {
            while await !isSo(live.state) { _ = await live.state(after: live.state.version) }
        }
        func report() throws -> String { try project.folder.text(of: "outputs/sample/report.md") }
        await until { $0.written >= 2 }
        #expect(try report().contains("One."))
        try project.folder.write("Two.\n", to: "part.md")
        await until { $0.written >= 3 }
        #expect(try report().contains("Two."))
        try project.folder.write("stages: [\n", to: "pipelines/sample.yaml")
        await until { !$0.problems.isEmpty }
        try project.folder.write(pipeline, to: "pipelines/sample.yaml")
        await until { $0.problems.isEmpty && $0.written >= 4 }
    }

    @Test("a failed check is told, and the pages are new")
    func checks() async throws {
        try await run(2) {
            try project.folder.write(
                "# A\n\n```{check}\nmessage: none\nsql: select 1\n```\n", to: "notebook.md")
            try project.folder.write(SampleProject.pipeline + "notebook: notebook.md\n", to: "pipelines/sample.yaml")
        }
        let state = await live.state
        #expect(state.problems.isEmpty && state.failedChecks.count == 1 && state.written == 2)
    }

    @Test("over a socket: pages, refusals, and an end while a page waits for changes")
    func sockets() async throws {
        try await run()
        let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
        let serving = Task { try await server.run(port: nil) { continuation.yield($0) } }
        var iterator = addresses.makeAsyncIterator()
        let address = try #require(await iterator.next())
        let port = try #require(UInt16(address.dropLast().split(separator: ":").last ?? ""))
        let host = "Host: 127.0.0.1:\(port)\r\n"
        for (request, code) in [
            ("GET /outputs/sample/site/index.html HTTP/1.1\r\n\(host)", 200),
            ("GET /outputs/sample/site/index.html HTTP/1.1\r\n", 403),
            ("GET / HTTP/1.1\r\nHost: evil.example\r\n", 403),
            ("GET / HTTP/1.1\r\n\(host)Origin: http://evil.example\r\n", 403),
            ("GET /../secret HTTP/1.1\r\n\(host)", 404), ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n\(host)", 404),
            ("POST /live/sql HTTP/1.1\r\n\(host)Content-Length: 0\r\n", 403),
            ("DELETE /outputs/sample/report.md HTTP/1.1\r\n\(host)", 405),
            ("OPTIONS /live/sql HTTP/1.1\r\n\(host)Origin: http://evil.example\r\n", 403),
        ] {
            let answer = await RawClient.ask("\(request)\r\n", port: port)
            #expect(answer.hasPrefix("HTTP/1.1 \(code) "), "\(request)")
        }
        let version = await live.state.version
        let waiting = try #require(RawClient(port: port))
        waiting.send("GET /live/changes?after=\(version) HTTP/1.1\r\n\(host)\r\n")
        try await Task.sleep(for: .milliseconds(100))
        serving.cancel()
        try await serving.value
        _ = await waiting.answer()
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
