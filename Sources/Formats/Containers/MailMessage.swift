import StageKit
import Text

/// A message of electronic mail (RFC 5322 with MIME): its text, plain where it has one, else as a web page. Attachments
/// are left out, and named.
struct MailMessage {
    private let header: MailHeader
    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) throws(StageFailure) {
        header = MailHeader(bytes)
        self.bytes = bytes
        guard !header.isEmpty else { throw .damaged("message", "it has no header") }
    }

    /// The name by which the message knows itself; nil for one without.
    var id: String? {
        header["message-id"].map { $0.filter { $0 != "<" && $0 != ">" && !$0.isWhitespace } }.flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    /// The message as a document.
    func source() throws(StageFailure) -> ExtractedSource {
        var parts = Parts()
        parts.collect(header, bytes[header.body...], depth: 0)
        var facts: [MetadataField] = []
        if let subject = header["subject"], !subject.isEmpty { facts.append(MetadataField("title", subject)) }
        if let author = header["from"], !author.isEmpty { facts.append(MetadataField("author", author)) }
        for (name, key) in [("to", "to"), ("cc", "cc"), ("message-id", "message-id"), ("list-id", "list-id")] {
            if let value = header[name], !value.isEmpty { facts.append(MetadataField(key, value)) }
        }
        if let date = header["date"], let day = Self.day(date) { facts.append(MetadataField("date", day)) }
        var notes: [String] = []
        if parts.isEncrypted {
            throw StageFailure("the message is encrypted", hint: "save it decrypted", code: "encrypted-file")
        }
        if !parts.attachments.isEmpty {
            let names = parts.attachments.prefix(5).joined(separator: ", ")
            notes.append("attachments were left out: \(names)\(parts.attachments.count > 5 ? " and others" : "")")
        }
        guard let text = parts.plain ?? parts.html else { throw .noText }
        if let charset = text.charset { facts.append(MetadataField("encoding", charset)) }
        return ExtractedSource(parts.plain == nil ? .html : .text, text.bytes, facts: facts, notes: notes)
    }

    /// The text parts of a message.
    private struct Parts {
        var plain: (bytes: [UInt8], charset: String?)?
        var html: (bytes: [UInt8], charset: String?)?
        var attachments: [String] = []
        var isEncrypted = false

        /// Messages may stand in each other this deep.
        private static let deepest = 20

        mutating func collect(_ header: MailHeader, _ body: ArraySlice<UInt8>, depth: Int) {
            let type = header.kind("content-type") ?? "text/plain"
            let isAttached = header.kind("content-disposition") == "attachment"
            if type.hasPrefix("multipart/"), let boundary = header.parameter("boundary", of: "content-type"),
                depth < Self.deepest
            {
                if type == "multipart/encrypted" { isEncrypted = true }
                for part in Self.split(body, boundary) {
                    let inner = MailHeader(part)
                    // a part without a header begins with an empty line
                    collect(inner, part[inner.body...], depth: depth + 1)
                }
                return
            }
            let charset = header.parameter("charset", of: "content-type")?.lowercased()
            func content() -> (bytes: [UInt8], charset: String?) {
                (TransferEncoding.decoded(body, header.kind("content-transfer-encoding")), charset)
            }
            if !isAttached, type == "text/plain", plain == nil {
                plain = content()
            } else if !isAttached, type == "text/html", html == nil {
                html = content()
            } else if !type.hasPrefix("text/html") || isAttached {
                let name =
                    header.parameter("filename", of: "content-disposition")
                    ?? header.parameter("name", of: "content-type") ?? type
                attachments.append(name)
            }
        }

        /// The parts between the lines `--boundary`.
        private static func split(_ body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
            let mark = Array("--\(boundary)".utf8)
            var parts: [ArraySlice<UInt8>] = []
            var start: Int?
            var at = body.startIndex
            while at < body.endIndex {
                let end = body[at...].firstIndex(of: 0x0A) ?? body.endIndex
                let line = body[at..<end]
                if line.starts(with: mark) {
                    if let start { parts.append(body[start..<max(start, Self.trimmed(at, in: body, from: start))]) }
                    start = min(end + 1, body.endIndex)
                    if line.dropFirst(mark.count).starts(with: "--".utf8) { return parts }
                }
                at = min(end + 1, body.endIndex)
                if end == body.endIndex { break }
            }
            if let start, start < body.endIndex { parts.append(body[start...]) }
            return parts
        }

        /// The line end before a boundary belongs to the boundary.
        private static func trimmed(_ at: Int, in body: ArraySlice<UInt8>, from start: Int) -> Int {
            var end = at
            if end > start, body[end - 1] == 0x0A { end -= 1 }
            if end > start, body[end - 1] == 0x0D { end -= 1 }
            return end
        }
    }

    /// The day of a date as headers write it: `Mon, 4 Mar 2024 10:00:00 +0100`. It is the sender's day.
    static func day(_ text: String) -> String? {
        let words = text.split { $0 == " " || $0 == "," || $0.isWhitespace }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        for (k, word) in words.enumerated() where k > 0 && k + 1 < words.count {
            guard let month = months.firstIndex(of: String(word.lowercased().prefix(3))), let day = Int(words[k - 1]),
                var year = Int(words[k + 1])
            else { continue }
            if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
            return WrittenDay.iso(year, month + 1, day)
        }
        return nil
    }
}
