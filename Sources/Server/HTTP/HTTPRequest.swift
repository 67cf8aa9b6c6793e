import Foundation

/// A request as a browser sends it: its first line and its fields. What is not written exactly as HTTP/1.1 has it (RFC
/// 9112) is refused rather than guessed at.
struct HTTPRequest: Equatable, Sendable {
    /// Why a request gets no other answer.
    enum Problem: Error, Equatable {
        /// It is not written as a request is.
        case malformed
        /// It has more bytes of fields than a browser sends.
        case tooLarge
        /// It is written in a way that this server has no use for: a body in pieces.
        case unsupported
    }

    /// `GET`
    let method: String
    /// The decoded path: `/outputs/flood/report.html`.
    let path: String
    /// The decoded names and values behind the question mark.
    let query: [String: String]
    /// By name in small letters. A field that may stand only once does.
    let fields: [String: String]

    /// How many bytes a request may have before its body.
    static let headBytes = 16_384

    /// Where the head of a request ends in `bytes`: behind its empty line; nil where that is still to come.
    static func headEnd(in bytes: [UInt8], from start: Int) -> Int? {
        let end = Array("\r\n\r\n".utf8)
        var at = max(0, start - 3)
        while at + 4 <= bytes.count {
            if bytes[at..<at + 4].elementsEqual(end) { return at + 4 }
            at += 1
        }
        return nil
    }

    /// Reads a head with its empty line.
    init(head: some Collection<UInt8>) throws(Problem) {
        guard let text = String(validating: head, as: UTF8.self), text.utf8.allSatisfy({ $0 != 0 }) else {
            throw .malformed
        }
        var lines = text.components(separatedBy: "\r\n")
        // the last line end and the empty line
        guard lines.count >= 3, lines.removeLast().isEmpty, lines.removeLast().isEmpty else { throw .malformed }
        guard lines.allSatisfy({ !$0.utf8.contains { $0 == 13 || $0 == 10 } }) else { throw .malformed }
        let first = lines.removeFirst().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard first.count == 3, first[2] == "HTTP/1.1" || first[2] == "HTTP/1.0",
            !first[0].isEmpty, first[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            first[1].hasPrefix("/"), first[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .malformed }
        method = first[0]
        let target = first[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard !first[1].contains("#"), let path = Self.decoded(target[0]), Self.isPrintable(path) else {
            throw .malformed
        }
        self.path = path
        var query: [String: String] = [:]
        for pair in target.count > 1 ? target[1].split(separator: "&") : [] {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                Self.decoded(String($0).replacing("+", with: " "))
            }
            guard let name = parts[0], let value = parts.count > 1 ? parts[1] : "" else { throw .malformed }
            query[name] = value
        }
        self.query = query
        fields = try Self.fields(lines)
    }

    private static func fields(_ lines: [String]) throws(Problem) -> [String: String] {
        guard lines.count <= 100 else { throw .tooLarge }
        var fields: [String: String] = [:]
        for line in lines {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw .malformed }
            let name = line[..<colon].lowercased()
            let value = line[line.utf8.index(after: colon)...].trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
            guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte), isPrintable(value) else { throw .malformed }
            if fields[name] != nil {
                guard !["host", "origin", "content-length", "x-colophon-token"].contains(name) else {
                    throw .malformed
                }
            }
            fields[name] = value
        }
        guard fields["transfer-encoding"] == nil else { throw .unsupported }
        if let length = fields["content-length"] {
            guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }), Int(length) != nil else {
                throw .malformed
            }
        }
        return fields
    }

    /// How many bytes of a body it says that it has.
    var bodyLength: Int? { fields["content-length"].flatMap { Int($0) } }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// Without `%41`; nil where that is not written right or is no UTF-8.
    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
                digits.first != UInt8(ascii: "+")
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
