import StageKit
import Text

@testable import CleanStage

/// Follows every run of a document's origin back to its file.
enum OriginCheck {
    /// What is wrong with the way back of a cleaned document; empty where each run leads to bytes that say the same.
    static func problems(_ cleaned: Cleaned, _ k: Int = 0, source: [UInt8]) throws -> [String] {
        let text = Array(try cleaned.text(k).utf8)
        let runs = try cleaned.origin(k).runs
        let label = try cleaned.metadata(k)["encoding"] ?? "utf-8"
        var problems: [String] = []
        var at = 0
        for run in runs {
            guard run.length > 0, at + run.length <= text.count, run.source.start >= 0,
                run.source.start <= run.source.end,
                run.source.end <= source.count
            else { return problems + ["a run is out of bounds: \(run)"] }
            let said = Array(text[at..<at + run.length])
            let written = source[run.source.range]
            at += run.length
            if let read = decoded(written, run.form, label), read != said {
                problems.append("\(run) says \(said), its bytes \(read)")
            }
        }
        if at != text.count { problems.append("the runs cover \(at) of \(text.count) bytes") }
        for block in try cleaned.blocks(k) {
            if !block.isKept, block.removedSource.start < 0 || block.removedSource.end > source.count {
                problems.append("a removed block leads out of the file: \(block)")
            }
            if !UTF8Decoding.isBoundary(block.span.start, in: text)
                || !UTF8Decoding.isBoundary(block.span.end, in: text)
            {
                problems.append("a block ends inside a character: \(block)")
            }
        }
        return problems
    }

    /// What bytes of the file say by themselves; nil for a run that was made of them as a whole.
    private static func decoded(_ written: ArraySlice<UInt8>, _ form: Origin.Form, _ label: String) -> [UInt8]? {
        switch form {
        case .whole: nil
        case .verbatim: Array(written)
        case .oneByteEach where MultiByteEncoding.named(label) != nil,
            .twoBytesEach where MultiByteEncoding.named(label) != nil:
            multiByte(Array(written), label)
        case .oneByteEach: Array((CodePage.named(label) ?? CodePage.windows1252).decode(written).utf8)
        case .twoBytesEach: Array(String(decoding: units(written, isBig: label == "utf-16be"), as: UTF16.self).utf8)
        }
    }

    /// nil for ISO-2022-JP, in which bytes say nothing by themselves.
    private static func multiByte(_ written: [UInt8], _ label: String) -> [UInt8]? {
        guard let encoding = MultiByteEncoding.named(label), encoding != .iso2022JP, let table = encoding.table else {
            return nil
        }
        return MultiByteDecoder(written, encoding, table).text.bytes
    }

    private static func units(_ bytes: ArraySlice<UInt8>, isBig: Bool) -> [UInt16] {
        stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { k in
            let (high, low) = isBig ? (bytes[k], bytes[k + 1]) : (bytes[k + 1], bytes[k])
            return UInt16(high) << 8 | UInt16(low)
        }
    }
}
