/// The words that carry grammar rather than matter, in lower case.
enum FunctionWords {
    static let english: Set<[UInt8]> = {
        var words: Set<[UInt8]> = []
        for line in Embedded.functionWordsEn.description.utf8.split(separator: UInt8(ascii: "\n"))
        where line.first != UInt8(ascii: "#") {
            for word in line.split(separator: UInt8(ascii: " ")) { words.insert(Array(word)) }
        }
        return words
    }()
}
