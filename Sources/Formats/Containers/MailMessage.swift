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
        guard let text = parts.text else { throw .noText }
        if parts.omitsPages { notes.append("parts that are web pages were left out beside the plain text") }
        if let charset = text.charset { facts.append(MetadataField("encoding", charset)) }
        return ExtractedSource(text.isPage ? .html : .text, text.bytes, facts: facts, notes: notes)
    }

    /// A part of a message that is text.
    private struct TextPart {
        var isPage: Bool
        var bytes: [UInt8]
        /// The encoding that it declares; nil where it declares none, or that it does not know.
        var charset: String?
    }

    /// The parts of a message.
    private struct Parts {
        private var texts: [TextPart] = []
        private(set) var attachments: [String] = []
        private(set) var isEncrypted = false

        /// Messages may stand in each other this deep.
        private static let deepest = 20
        /// What programs declare when they know no encoding.
        private static let unknown: Set<String> = [
            "unknown-8bit", "x-unknown", "x-unknown-8bit", "default", "unknown", "binary", "",
        ]

        /// Whether there are web pages beside the plain text.
        var omitsPages: Bool { texts.contains { $0.isPage } && texts.contains { !$0.isPage } }

        /// The text: all parts that are plain, one after another; where none is, those that are web pages.
        var text: TextPart? {
            let plain = texts.filter { !$0.isPage }
            let parts = plain.isEmpty ? texts : plain
            guard var whole = parts.first else { return nil }
            guard parts.count > 1 else { return whole }
            // parts in several encodings are put together in one
            let encodings = Set(parts.map(\.charset)).subtracting(["us-ascii"])
            guard encodings.count > 1 else {
                whole.charset = encodings.first ?? "us-ascii"
                whole.bytes = Array(parts.map(\.bytes).joined(separator: [0x0A, 0x0A]))
                return whole
            }
            let read = parts.map { EncodedText.read($0.bytes, orAs: $0.charset ?? "windows-1252") }
            return TextPart(isPage: whole.isPage, bytes: Array(read.joined(separator: "\n\n").utf8), charset: "utf-8")
        }

        mutating func collect(_ header: MailHeader, _ body: ArraySlice<UInt8>, depth: Int) {
            let type = header.kind("content-type") ?? "text/plain"
            let isAttached = header.kind("content-disposition") == "attachment"
            if type.hasPrefix("multipart/"), let boundary = header.parameter("boundary", of: "content-type"),
                depth < Self.deepest
            {
                if type == "multipart/encrypted" { isEncrypted = true }
                var inner = Parts()
                for part in Self.split(body, boundary) {
                    let header = MailHeader(part)
                    // a part without a header begins with an empty line
                    inner.collect(header, part[header.body...], depth: depth + 1)
                }
                // the parts of an alternative say the same
                if type == "multipart/alternative", inner.omitsPages { inner.texts.removeAll { $0.isPage } }
                texts += inner.texts
                attachments += inner.attachments
                isEncrypted = isEncrypted || inner.isEncrypted
                return
            }
            guard !isAttached, type == "text/plain" || type == "text/html" else {
                attachments.append(
                    header.parameter("filename", of: "content-disposition")
                        ?? header.parameter("name", of: "content-type") ?? type)
                return
            }
            var bytes = TransferEncoding.decoded(body, header.kind("content-transfer-encoding"))
            if type == "text/plain", header.parameter("format", of: "content-type")?.lowercased() == "flowed" {
                bytes = FlowedText.joined(
                    bytes, deletesSpace: header.parameter("delsp", of: "content-type")?.lowercased() == "yes")
            }
            guard bytes.contains(where: { $0 > 0x20 }) else { return }
            let charset = header.parameter("charset", of: "content-type")?.lowercased()
            texts.append(
                TextPart(
                    isPage: type == "text/html", bytes: bytes,
                    charset: charset.flatMap { Self.unknown.contains($0) ? nil : $0 }))
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
