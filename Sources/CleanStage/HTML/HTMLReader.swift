import StageKit
import Text

/// Reads a web page.
enum HTMLReader {
    static func read(_ decoded: TracedText) throws(StageFailure) -> Page { PlainTextReader.read(decoded) }
}
