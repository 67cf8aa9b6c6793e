import Text

/// The words that carry grammar rather than matter, in lower case.
package enum FunctionWords {
    package static let english: WordTable = {
        var words = WordTable()
        for line in Embedded.functionWordsEn.description.utf8.split(separator: UInt8(ascii: "\n"))
        where line.first != UInt8(ascii: "#") {
            for word in line.split(separator: UInt8(ascii: " ")) {
                _ = words.insert(ByteSpan(0, word.count), of: Array(word))
            }
        }
        return words
    }()
}
