import CGumbo

/// Memory for one parse, given back at once: gumbo's own way to free a tree calls itself once a level and would run out
/// of stack on deep pages.
final class ParserArena {
    private var blocks: [UnsafeMutableRawPointer] = []
    private var free = 0
    private var at = 0
    private static let blockSize = 1 << 18

    /// Memory of `size` bytes that lives as long as the arena.
    func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        let rounded = (max(size, 1) + 15) & ~15
        if rounded > Self.blockSize / 4 {
            let block = UnsafeMutableRawPointer.allocate(byteCount: rounded, alignment: 16)
            // behind the open block, which stays the last
            blocks.insert(block, at: max(0, blocks.count - 1))
            if blocks.count == 1 { free = 0 }
            return block
        }
        if free < rounded {
            blocks.append(UnsafeMutableRawPointer.allocate(byteCount: Self.blockSize, alignment: 16))
            free = Self.blockSize
            at = 0
        }
        defer {
            free -= rounded
            at += rounded
        }
        return blocks[blocks.count - 1] + at
    }

    deinit { for block in blocks { block.deallocate() } }
}
