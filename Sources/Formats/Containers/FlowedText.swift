/// Plain text whose lines are broken at a blank where the writer broke none (RFC 3676, `format=flowed`).
enum FlowedText {
    /// The text with each paragraph in one line. With `deletesSpace`, the blank at which a line is broken is no part of it.
    static func joined(_ bytes: [UInt8], deletesSpace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        /// How deep the line before is quoted, if it goes on.
        var open: Int?
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var line = line
            if line.last == 0x0D { line.removeLast() }
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(depth)
            // a blank that keeps a line from being taken for a quotation
            if content.first == 0x20 { content.removeFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            if open != depth || isSignature {
                if !result.isEmpty || open != nil { result.append(0x0A) }
                result += line.prefix(depth)
                if depth > 0 { result.append(0x20) }
            }
            let goesOn = content.last == 0x20 && !isSignature
            if goesOn, deletesSpace { content.removeLast() }
            result += content
            open = goesOn ? depth : nil
        }
        return result
    }
}
