import Digests
import StageKit
import Text

/// The rows of one document in one table, as they are stored: each its key, then its values.
struct EncodedRows: Sendable {
    let bytes: [UInt8]
    let count: Int
    /// The digest of all of them together.
    let sum: SetDigest
}

/// Gathers the rows of one document in one table: value by value in the order of the columns, each once as it is hashed
/// and once as it is stored.
final class RowEncoder {
    private let table: DocumentTable
    private let positions: Positions
    private var hashed: RowBytes
    private var stored = RowBytes()
    private var count = 0
    /// Where the row's own place begins, in code points.
    private var start = 0
    private var words: ArraySlice<UInt8> = []

    init(_ table: DocumentTable, document: String, _ positions: Positions) {
        self.table = table
        self.positions = positions
        hashed = table.head(of: document)
    }

    /// Begins the row with this number within the document and, where several have it, the second number `k`.
    func begin(_ number: Int, k: Int? = nil) {
        hashed.append(number)
        if table.key != .document { stored.append(number) }
        if let k {
            hashed.append(k)
            stored.append(k)
        }
        count += 1
    }

    /// A number of another row of the document, which is hashed as the value `value` where that is given.
    func row(_ number: Int?, hashed value: String? = nil) {
        stored.append(number)
        if let value { hashed.append(text: value.utf8) } else { hashed.append(number) }
    }

    /// One of the labels of a column: that with the number `code`.
    func choice(_ code: UInt8, _ label: String) {
        stored.append(Int(code))
        hashed.append(text: label.utf8)
    }

    /// So many thousandths.
    func thousandths(_ value: Int) {
        stored.append(value)
        hashed.append(Double(value) / 1000)
    }

    /// A text that many rows have.
    func shared(_ text: String?, as kind: SharedTexts.Kind = .shown) {
        guard let text else { return null() }
        stored.append(text, sharedAs: kind)
        hashed.append(text: text.utf8)
    }

    /// The path of a document.
    func path(_ path: String) {
        stored.append(path: path)
        hashed.append(text: path.utf8)
    }

    /// The five columns of the row's place; `source` stands in for the origin where the text has been taken out.
    func place(_ span: ByteSpan, source: ByteSpan? = nil) {
        let place = positions.place(of: span, source: source)
        for value in [place.start, place.end, place.source?.start, place.source?.end, place.line] {
            hashed.append(value)
        }
        let length = place.end - place.start
        stored.append(place.start)
        stored.append(length)
        stored.append(place.source.map { $0.start - place.start })
        stored.append(place.source.map { $0.end - $0.start - length })
        stored.append(place.line)
        start = place.start
        words = positions.words(span)
    }

    /// The words of the row's place.
    func ownWords() { hashed.append(text: words) }

    /// Words somewhere in the text; nil for none.
    func passage(_ span: ByteSpan?) {
        if let span { hashed.append(text: positions.words(span)) } else { hashed.appendNull() }
        storePlace(of: span)
    }

    /// The words of `spans` with ` … ` between them, where those of the row's place are expected.
    func ownWords(orThoseOf spans: [ByteSpan]) {
        let text = spans.count == 1 ? positions.words(spans[0]) : positions.joined(spans, by: " … ")
        hashed.append(text: text)
        if text == words { stored.appendNull() } else { stored.append(text: text) }
    }

    /// The words of `spans` with ` … ` between them, somewhere in the text.
    func passage(joining spans: [ByteSpan]) {
        guard spans.count == 1 else {
            let text = positions.joined(spans, by: " … ")
            hashed.append(text: text)
            stored.append(text: text)
            return storePlace(of: nil)
        }
        hashed.append(text: positions.words(spans[0]))
        stored.appendNull()
        storePlace(of: spans[0])
    }

    private func storePlace(of span: ByteSpan?) {
        let place = span.map { positions.place(of: $0) }
        stored.append(place.map { $0.start - start })
        stored.append(place.map { $0.end - $0.start })
    }

    /// A column that another table has.
    func elsewhere(_ text: String?) { if let text { hashed.append(text: text.utf8) } else { hashed.appendNull() } }

    /// The text of the document: one row, which is stored in parts.
    func whole(_ text: [UInt8]) {
        hashed.append(0)
        hashed.append(text: text)
        for (n, part) in TextParts.parts(of: text).enumerated() {
            stored.append(n)
            stored.append(text: part)
            count += 1
        }
    }

    /// Bytes that are no text.
    func blob(_ bytes: [UInt8]) {
        stored.append(blob: bytes)
        hashed.append(blob: bytes)
    }

    /// What was gathered.
    var encoded: EncodedRows {
        EncodedRows(bytes: stored.bytes, count: count, sum: table.digest(of: hashed, count: count))
    }
}

extension RowEncoder: ValueSink {
    func null() {
        stored.appendNull()
        hashed.appendNull()
    }

    func integer(_ value: Int) {
        stored.append(value)
        hashed.append(value)
    }

    func real(_ value: Double) {
        stored.append(value)
        hashed.append(value)
    }

    func text(utf8 value: UnsafeBufferPointer<UInt8>) {
        stored.append(text: value)
        hashed.append(text: value)
    }
}

extension DocumentTable {
    /// What stands before the rows of a document where they are hashed.
    func head(of document: String) -> RowBytes {
        var bytes = RowBytes()
        bytes.begin(name)
        bytes.append(text: document.utf8)
        return bytes
    }

    /// The digest of all rows of a document, behind their head.
    func digest(of rows: RowBytes, count: Int) -> SetDigest {
        count > 0 ? rows.digest(rows: isAppendix ? 0 : count) : SetDigest()
    }
}
