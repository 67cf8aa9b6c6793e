import StageKit
import Text

/// A stretch of text that no sentence crosses: a block, or a line of one that is set in lines of its own.
struct Passage {
    var span: ByteSpan
    var kind: Blocks.Kind
    /// Its tokens among those of the document.
    var tokens: Range<Int> = 0..<0
}

extension [Passage] {
    /// The index of the first passage that begins at `offset` or behind it.
    func firstIndex(notBefore offset: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].span.start >= offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
