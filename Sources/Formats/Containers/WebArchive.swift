import StageKit
import Text

/// A web archive in the format WARC (ISO 28500): the pages among the responses that a crawler got. The name of a document
/// is the address of the page.
enum WebArchive {
    static func read(
        _ bytes: [UInt8], document: (String, ExtractedSource) throws -> Void,
        leave: (String, StageFailure) throws -> Void
    ) throws {
        guard bytes.starts(with: "WARC/".utf8) else {
            throw StageFailure.damaged("web archive", "it does not begin with 'WARC/'")
        }
        var at = 0
        var seen: [String: Int] = [:]
        while let start = bytes[at...].firstIndex(where: { $0 != 0x0D && $0 != 0x0A && $0 != 0x20 }) {
            guard bytes[start...].starts(with: "WARC/".utf8),
                let line = bytes[start...].firstIndex(of: 0x0A), line + 1 < bytes.count
            else { return try leave("byte \(start)", .damaged("web archive", "no record begins here")) }
            let header = MailHeader(bytes[(line + 1)...])
            guard let length = header["content-length"].flatMap({ Int($0) }), length >= 0,
                length <= bytes.count - header.body
            else { return try leave("byte \(start)", .damaged("web archive", "a record ends too early")) }
            let block = bytes[header.body..<(header.body + length)]
            at = header.body + length
            guard let address = header["warc-target-uri"].map({ $0.filter { $0 != "<" && $0 != ">" } }),
                // crawlers also keep what they were told, under addresses of their own
                address.hasPrefix("http://") || address.hasPrefix("https://")
            else { continue }
            guard let page = try page(header, block, leave: { try leave(address, $0) }) else { continue }
            // the same address may have been visited more than once
            let visit = seen[address, default: 0] + 1
            seen[address] = visit
            var source = page
            source.facts.insert(MetadataField("url", address), at: 0)
            if let captured = header["warc-date"] { source.facts.append(MetadataField("captured", captured)) }
            try document(visit == 1 ? address : "\(address) (\(visit))", source)
        }
    }

    /// The page that a record has; nil for one that has none, such as an image or a redirection.
    private static func page(
        _ header: MailHeader, _ block: ArraySlice<UInt8>, leave: (StageFailure) throws -> Void
    ) throws -> ExtractedSource? {
        switch header["warc-type"]?.lowercased() {
        case "response":
            guard header.kind("content-type") == "application/http", block.starts(with: "HTTP/".utf8),
                let line = block.firstIndex(of: 0x0A)
            else { return nil }
            let status = block[..<line].split(separator: 0x20).dropFirst().first ?? []
            guard status.elementsEqual("200".utf8) else { return nil }
            let answer = MailHeader(block[(line + 1)...])
            guard let body = body(of: answer.kind("content-type")) else { return nil }
            var content = Array(block[answer.body...])
            if answer.kind("transfer-encoding") == "chunked" { content = unchunked(content) }
            switch answer.kind("content-encoding") {
            case nil, "identity": break
            case "gzip", "x-gzip", "deflate":
                do throws(StageFailure) {
                    content = try Unpacking.gzip(content)
                } catch {
                    try leave(error)
                    return nil
                }
            case let other?:
                try leave(StageFailure("its encoding '\(other)' is not read", code: "content-encoding"))
                return nil
            }
            return source(body, content, charset: answer.parameter("charset", of: "content-type"))
        case "resource", "conversion":
            guard let body = body(of: header.kind("content-type")) else { return nil }
            return source(body, Array(block), charset: header.parameter("charset", of: "content-type"))
        default: return nil
        }
    }

    private static func source(_ body: ExtractedSource.Body, _ bytes: [UInt8], charset: String?) -> ExtractedSource? {
        guard !bytes.isEmpty else { return nil }
        return ExtractedSource(body, bytes, facts: charset.map { [MetadataField("encoding", $0.lowercased())] } ?? [])
    }

    private static func body(of type: String?) -> ExtractedSource.Body? {
        switch type {
        case "text/html", "application/xhtml+xml": .html
        case "text/plain": .text
        case "text/markdown": .markdown
        default: nil
        }
    }

    /// A body that was sent in chunks (RFC 9112, section 7.1), put together.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        while at < bytes.count, let end = bytes[at...].firstIndex(of: 0x0A) {
            let digits = bytes[at..<end].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") && $0 != 0x20 }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size > 0,
                size <= bytes.count - end - 1
                // crawlers also keep bodies that are put together already
            else { return result.isEmpty ? bytes : result }
            result += bytes[(end + 1)..<(end + 1 + size)]
            at = end + 1 + size
            while at < bytes.count, bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
        }
        return result
    }
}
