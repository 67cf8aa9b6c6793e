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
            guard page.bytes.contains(where: { $0 > 0x20 }) else {
                try leave(address, StageFailure("the page is empty", code: "no-text"))
                continue
            }
            // the same address may have been visited more than once
            let visit = seen[address, default: 0] + 1
            seen[address] = visit
            var source = page
            source.facts.insert(MetadataField("url", address), at: 0)
            if header["warc-truncated"] != nil {
                source.notes.append("the crawler kept only the beginning of the page")
            }
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
            var notes: [String] = []
            if answer.kind("transfer-encoding") == "chunked", let whole = unchunked(content) {
                content = whole.bytes
                if whole.isCut { notes.append("the page was cut off while it was sent") }
            }
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
            return source(body, content, charset: answer.parameter("charset", of: "content-type"), notes: notes)
        case "resource", "conversion":
            guard let body = body(of: header.kind("content-type")) else { return nil }
            return source(body, Array(block), charset: header.parameter("charset", of: "content-type"))
        default: return nil
        }
    }

    private static func source(
        _ body: ExtractedSource.Body, _ bytes: [UInt8], charset: String?, notes: [String] = []
    ) -> ExtractedSource {
        ExtractedSource(
            body, bytes, facts: charset.map { [MetadataField("encoding", $0.lowercased())] } ?? [], notes: notes)
    }

    private static func body(of type: String?) -> ExtractedSource.Body? {
        switch type {
        case "text/html", "application/xhtml+xml": .html
        case "text/plain": .text
        case "text/markdown": .markdown
        default: nil
        }
    }

    /// A body that was sent in chunks (RFC 9112, section 7.1), put together. Nil for one that crawlers have put together
    /// already, while the header still says that it is in chunks.
    private static func unchunked(_ bytes: [UInt8]) -> (bytes: [UInt8], isCut: Bool)? {
        var result: [UInt8] = []
        var at = 0
        while let end = bytes[at...].firstIndex(of: 0x0A) {
            let digits = bytes[at..<end].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") && $0 != 0x20 }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { break }
            if size == 0 { return (result, false) }
            let left = bytes.count - end - 1
            result += bytes[(end + 1)..<(end + 1 + min(size, left))]
            guard size < left else { return (result, true) }
            at = end + 1 + size
            // the line end behind a chunk
            if bytes[at] == 0x0D { at += 1 }
            guard at < bytes.count, bytes[at] == 0x0A else { break }
            at += 1
        }
        return at == 0 ? nil : (result, true)
    }
}
