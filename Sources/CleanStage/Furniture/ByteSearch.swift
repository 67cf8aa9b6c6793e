/// Finds bytes in bytes.
enum ByteSearch {
    /// Whether `word` stands somewhere in `text`.
    static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, text.count >= word.count else { return word.isEmpty }
        for start in 0...text.count - word.count where text[start] == first {
            var k = 1
            while k < word.count, text[start + k] == word[k] { k += 1 }
            if k == word.count { return true }
        }
        return false
    }
}
