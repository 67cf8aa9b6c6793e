/// An answer: a status, its fields, and a body that is in memory.
struct HTTPResponse: Sendable {
    /// The statuses that this server gives, with the words that belong to them.
    enum Status: Int, Sendable {
        case ok = 200
        case found = 302
        case badRequest = 400
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case timeout = 408
        case lengthRequired = 411
        case contentTooLarge = 413
        case fieldsTooLarge = 431
        case notImplemented = 501
        case unavailable = 503

        var words: String {
            switch self {
            case .ok: "OK"
            case .found: "Found"
            case .badRequest: "Bad Request"
            case .forbidden: "Forbidden"
            case .notFound: "Not Found"
            case .methodNotAllowed: "Method Not Allowed"
            case .timeout: "Request Timeout"
            case .lengthRequired: "Length Required"
            case .contentTooLarge: "Content Too Large"
            case .fieldsTooLarge: "Request Header Fields Too Large"
            case .notImplemented: "Not Implemented"
            case .unavailable: "Service Unavailable"
            }
        }
    }

    let status: Status
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    /// An answer that is kept by no one, is of the kind that it says, and is shown in no page of others.
    init(_ status: Status = .ok, _ body: [UInt8], kind: String, fields: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        self.fields =
            [
                ("Content-Type", kind), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
                ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
                ("X-Frame-Options", "DENY"),
            ] + fields
    }

    init(_ text: String, kind: String) { self.init(.ok, Array(text.utf8), kind: kind) }

    /// A refusal in words.
    init(refusing status: Status, _ reason: String) {
        self.init(status, Array("\(reason)\n".utf8), kind: "text/plain; charset=utf-8")
    }

    /// To another address of this server.
    init(to address: String) {
        self.init(.found, [], kind: "text/plain; charset=utf-8", fields: [("Location", address)])
    }

    /// As it goes out; the connection ends behind it.
    func bytes(withBody: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(status.rawValue) \(status.words)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + (withBody ? body : [])
    }
}
