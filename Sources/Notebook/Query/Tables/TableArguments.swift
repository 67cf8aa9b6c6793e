import Text
import Results
import Words

/// The arguments of a table in SQL, with what is said where one is not what it should be.
struct TableArguments {
    private let function: String
    private let parameters: [TableParameter]
    private let values: [ResultsValue]
    /// Whether the query names a column that takes long to make.
    let usesCostly: Bool

    init(_ values: [ResultsValue], of function: TableFunction, usesCostly: Bool) {
        self.values = values
        self.usesCostly = usesCostly
        self.function = function.name
        parameters = function.parameters
    }

    /// A text that has to be given.
    func text(_ k: Int) throws -> String {
        guard let text = try optionalText(k) else {
            throw WordReadingError(message: "'\(function)' needs '\(parameters[k].name)', a text")
        }
        return text
    }

    /// A text, or nil where it is left out.
    func optionalText(_ k: Int) throws -> String? {
        switch values[k] {
        case .null: return nil
        case .text(let text): return text
        case .integer(let number): return "\(number)"
        case .real: throw WordReadingError(message: "'\(parameters[k].name)' of '\(function)' is a text")
        }
    }

    /// A whole number that has to be given.
    func integer(_ k: Int) throws -> Int {
        if case .null = values[k] {
            throw WordReadingError(message: "'\(function)' needs '\(parameters[k].name)', a whole number")
        }
        return try integer(k, or: 0)
    }

    /// A whole number as the parameter allows it, or `other` where it is left out.
    func integer(_ k: Int, or other: Int) throws -> Int {
        if case .null = values[k] { return other }
        guard case .integer(let range) = parameters[k].kind, let number = values[k].integer, range.contains(number)
        else {
            throw WordReadingError(message: "'\(parameters[k].name)' of '\(function)' is \(parameters[k].wording)")
        }
        return number
    }

    /// A way of folding, as `folded`, `term` or `exact`.
    func folding(_ k: Int) throws -> SearchFolding {
        guard let text = try optionalText(k) else { return .folded }
        guard let folding = SearchFolding(rawValue: text) else {
            throw WordReadingError(
                message: "'\(parameters[k].name)' of '\(function)' is 'folded', 'term' or 'exact', not '\(text)'")
        }
        return folding
    }

    /// What counts as one word, as `term` or `lemma`.
    func unit(_ k: Int) throws -> CountingUnit {
        guard let text = try optionalText(k) else { return .term }
        guard let unit = CountingUnit(rawValue: text) else {
            throw WordReadingError(
                message: "'\(parameters[k].name)' of '\(function)' is 'term' or 'lemma', not '\(text)'")
        }
        return unit
    }

    /// The value of argument `k` as it was given.
    func value(_ k: Int) -> ResultsValue { values[k] }

    /// The pattern in argument `k`, whose letters are compared as argument `folding` says.
    func pattern(_ k: Int, folding: Int) throws -> WordPattern {
        try Self.pattern(try text(k), try self.folding(folding))
    }

    private static func pattern(_ text: String, _ folding: SearchFolding) throws -> WordPattern {
        try folding == .term ? WordPattern(term: text) : WordPattern(text)
    }

    /// What keywords are compared with: all the rest, a part, or a list of words as a JSON object of their counts.
    func reference(_ k: Int) throws -> Keywords.Reference {
        guard let text = try optionalText(k) else { return .rest }
        guard text.first == "{" else { return .part(text) }
        guard case .object(let members)? = try? JSONValue(parsing: Array(text.utf8)) else {
            throw WordReadingError(message: "'\(parameters[k].name)' of '\(function)' is no JSON object")
        }
        var counts: [String: Int] = [:]
        for member in members {
            guard case .integer(let count) = member.value, count >= 0 else {
                throw WordReadingError(
                    message: "in '\(parameters[k].name)' of '\(function)' each word has a whole number")
            }
            counts[member.key] = count
        }
        return .list(counts, words: counts.values.reduce(0, +))
    }

    /// Reads argument `k` as far as that needs no documents, and throws what is wrong with its form. `folding` is the way in
    /// which letters are compared.
    func checkForm(_ k: Int, folding: SearchFolding) throws {
        switch parameters[k].kind {
        case .text, .grouping, .part, .document: _ = try optionalText(k)
        case .letters: _ = try self.folding(k)
        case .unit: _ = try unit(k)
        case .reference: _ = try reference(k)
        case .integer: _ = try integer(k, or: 0)
        case .pattern:
            guard let text = try optionalText(k) else { return }
            let pattern = try Self.pattern(text, folding)
            // whom a name means is known only from documents
            if pattern.name == nil { _ = try PatternMatcher(pattern, folding: folding) }
        }
    }

    /// The numbers of the documents that argument `k` names: one, or all where it is left out.
    func documents(_ k: Int, among vectors: DocumentVectors) throws -> [Int] {
        guard let name = try optionalText(k) else { return Array(vectors.documents.indices) }
        return [try vectors.number(of: name)]
    }
}
