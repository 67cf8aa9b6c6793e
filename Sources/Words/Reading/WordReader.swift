import Results

/// Reads the documents of a results database with their words, one after another in order.
package final class WordReader {
    /// The document that was read last.
    package private(set) var document = WordDocument()
    private let source: WordSource
    private let statement: WordStatement
    /// How many values of the query stand behind those of the document.
    private let further: Int
    /// The documents that are to be read, where these are known; the next of them.
    private var numbers: [Int]?
    private var place = 0

    /// A reader of the documents that are as `condition` says, a condition on `_document_rows r` and `_paths p`. `columns`
    /// are further values that are asked for each document; `arguments` stand for the `?` in these and in the condition.
    package init(
        _ source: WordSource, where condition: String = "true", columns: [String] = [], arguments: [String] = []
    ) throws {
        self.source = source
        further = columns.count
        numbers = nil
        statement = try WordStatement(Self.query(columns, condition), arguments, on: source)
    }

    /// A reader of the documents with these numbers, in this order.
    init(_ source: WordSource, numbers: [Int], columns: [String]) throws {
        self.source = source
        self.numbers = numbers
        further = columns.count
        statement = try WordStatement(Self.query(columns, "w.d = ?"), on: source)
    }

    /// Goes on with the documents with these numbers.
    func begin(_ numbers: [Int]) {
        self.numbers = numbers
        place = 0
    }

    private static func query(_ columns: [String], _ condition: String) -> String {
        """
        select w.d, r.language, \(ResultsInterface.text(of: "w")), w.words\(columns.map { ", \($0)" }.joined())
            from _document_words w join _document_rows r on r.d = w.d join _paths p on p.d = w.d where \(condition) order by w.d
        """
    }

    /// Goes to the row of the next document.
    private func step() throws -> Bool {
        guard let numbers else { return try statement.step() }
        while place < numbers.count {
            statement.restart(numbers[place])
            place += 1
            if try statement.step() { return true }
        }
        return false
    }

    /// Reads the next document; false behind the last.
    package func next() throws -> Bool {
        guard try step() else { return false }
        document.number = statement.value(0).integer ?? 0
        document.language = statement.value(1).text
        document.text.removeAll(keepingCapacity: true)
        document.text.append(contentsOf: statement.bytes(2))
        guard document.words.read(statement.bytes(3), length: document.text.count) else {
            throw WordReadingError(
                message: "the words of document \(document.number) do not fit its text: run the pipeline again")
        }
        try source.charge?(document.text.count)
        return true
    }

    /// The further value number `k` of the document; nil for none.
    package func value(_ k: Int) -> String? {
        guard k < further else { return nil }
        let value = statement.value(4 + k)
        return value == .null ? nil : value.shown
    }
}
