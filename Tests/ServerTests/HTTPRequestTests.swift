import Testing

@testable import Server

@Suite("Requests as they are read")
struct HTTPRequestTests {
    private func read(_ text: String) throws -> HTTPRequest { try HTTPRequest(head: Array(text.utf8)) }

    @Test("a request of a browser is read, with its path and query decoded")
    func plain() throws {
        let request = try read(
            "GET /live/search?q=two+w%C3%B6rds&x HTTP/1.1\r\nHost: localhost:1\r\nAccept: */*\r\nX-Colophon-Token:  a b \r\n\r\n"
        )
        #expect(request.method == "GET" && request.path == "/live/search")
        #expect(request.query == ["q": "two wörds", "x": ""])
        #expect(request.fields == ["host": "localhost:1", "accept": "*/*", "x-colophon-token": "a b"])
        #expect(try read("GET /a%2fb HTTP/1.0\r\n\r\n").path == "/a/b")
    }

    @Test(
        "what is not written as a request is refused",
        arguments: [
            "GET / HTTP/1.1\nHost: a\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET /\r\n\r\n",
            "get / HTTP/1.1\r\n\r\n", "GET http://a/ HTTP/1.1\r\n\r\n", "GET a HTTP/1.1\r\n\r\n", "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "GET / HTTP/1.1\r\n: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", "GET /%00 HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\n\r\n",
            "GET /%+1 HTTP/1.1\r\n\r\n", "GET /%f HTTP/1.1\r\n\r\n", "GET /%ff HTTP/1.1\r\n\r\n",
            "GET /a#b HTTP/1.1\r\n\r\n", "GET /%0a HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nA: \u{1}\r\n\r\n",
            "GET / HTTP/1.1\r\nA: \0\r\n\r\n", "GET /ü HTTP/1.1\r\n\r\n", "GET /?q=%ff HTTP/1.1\r\n\r\n",
        ])
    func malformed(text: String) {
        #expect(throws: HTTPRequest.Problem.malformed) { try read(text) }
    }

    @Test("a body in pieces is refused, and so are more fields than a browser sends")
    func limits() {
        #expect(throws: HTTPRequest.Problem.unsupported) {
            try read("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        }
        let fields = (0...100).map { "A\($0): b\r\n" }.joined()
        #expect(throws: HTTPRequest.Problem.tooLarge) { try read("GET / HTTP/1.1\r\n\(fields)\r\n") }
    }

    @Test("the end of a head is found, also where it came in pieces")
    func ends() {
        let bytes = Array("GET / HTTP/1.1\r\n\r\nrest".utf8)
        #expect(HTTPRequest.headEnd(in: bytes, from: 0) == 18)
        #expect(HTTPRequest.headEnd(in: bytes, from: 17) == 18)
        #expect(HTTPRequest.headEnd(in: Array(bytes[..<17]), from: 0) == nil)
        #expect(HTTPRequest.headEnd(in: [], from: 0) == nil)
    }
}
