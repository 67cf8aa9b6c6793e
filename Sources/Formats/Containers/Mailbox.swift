import StageKit

/// A mailbox in the format mbox (RFC 4155): messages one after another, each behind a line that begins with `From `.
/// The name of a document is its message's `Message-ID`, or its number.
enum Mailbox {
    static func read(
        _ bytes: [UInt8], document: (String, ExtractedSource) throws -> Void,
        leave: (String, StageFailure) throws -> Void
    ) throws {
        let mark = Array("From ".utf8)
        guard bytes.starts(with: mark) else { throw StageFailure.damaged("mailbox", "it does not begin with 'From '") }
        var starts: [Int] = []
        var at = 0
        var isAfterBlank = true
        while at < bytes.count {
            let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
            if isAfterBlank, bytes[at...].starts(with: mark) { starts.append(at) }
            let line = bytes[at..<end]
            isAfterBlank = line.isEmpty || line.elementsEqual([0x0D])
            at = end + 1
        }
        for (n, start) in starts.enumerated() {
            let end = n + 1 < starts.count ? starts[n + 1] : bytes.count
            let first = bytes[start..<end].firstIndex(of: 0x0A).map { $0 + 1 } ?? end
            let message = unescaped(bytes[first..<end])
            let read = Result { () throws(StageFailure) in
                let message = try MailMessage(message[...])
                return (id: message.id, source: try message.source())
            }
            switch read {
            case .success(let read): try document(read.id ?? "\(n + 1)", read.source)
            case .failure(let failure): try leave("message \(n + 1)", failure)
            }
        }
    }

    /// Without the `>` that stands before `From ` in a body.
    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var isLineStart = true
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if isLineStart, bytes[at] == UInt8(ascii: ">"),
                bytes[at...].drop(while: { $0 == UInt8(ascii: ">") }).starts(with: "From ".utf8)
            {
                at += 1
                isLineStart = false
                continue
            }
            isLineStart = bytes[at] == 0x0A
            result.append(bytes[at])
            at += 1
        }
        return result
    }
}
