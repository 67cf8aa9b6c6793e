import Text

/// One of the conditions under `corpus: where:`: what a column of the metadata file has to hold for a document to be part of
/// the corpus.
package struct DocumentCondition: Hashable, Sendable {
    /// An end of a range, as the user wrote it, with what it means.
    package struct Bound: Hashable, Sendable {
        package var written: String
        package var position: SourcePosition

        package init(_ written: String, at position: SourcePosition) {
            self.written = written
            self.position = position
        }
    }

    /// A value that documents have or do not have. In it, `*` stands for anything.
    package struct Value: Hashable, Sendable {
        package var text: String
        package var position: SourcePosition

        package init(_ text: String, at position: SourcePosition) {
            self.text = text
            self.position = position
        }

        /// Whether `text` is the value.
        package func matches(_ text: String) -> Bool {
            guard self.text.utf8.contains(UInt8(ascii: "*")) else { return self.text == text }
            let pieces = self.text.split(separator: "*", omittingEmptySubsequences: false)
            guard let first = pieces.first, let last = pieces.last, text.hasPrefix(first) else { return false }
            var rest = text.dropFirst(first.count)
            for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
                guard let place = rest.firstRange(of: piece) else { return false }
                rest = rest[place.upperBound...]
            }
            return rest.hasSuffix(last)
        }
    }

    /// The column, in small letters.
    package var column: String
    /// One of these has to be the value; empty for any.
    package var among: [Value]
    /// None of these may be the value.
    package var except: [Value]
    /// The value may not lie before this.
    package var from: Bound?
    /// Nor behind this.
    package var to: Bound?
    /// Where the column is named.
    package var position: SourcePosition

    package init(
        _ column: String, among: [Value] = [], except: [Value] = [], from: Bound? = nil, to: Bound? = nil,
        at position: SourcePosition
    ) {
        self.column = column
        self.among = among
        self.except = except
        self.from = from
        self.to = to
        self.position = position
    }

    /// The condition in words: `publisher is 'The Lamp' or 'The Wire'`.
    package var words: String {
        func list(_ values: [Value]) -> String {
            values.map { $0.text.isEmpty ? "missing" : "'\($0.text)'" }.joined(separator: " or ")
        }
        var parts: [String] = []
        if !among.isEmpty { parts.append("is \(list(among))") }
        if !except.isEmpty { parts.append("is not \(list(except))") }
        if let from { parts.append("from \(from.written)") }
        if let to { parts.append("to \(to.written)") }
        return ([column] + parts).joined(separator: " ")
    }

    /// Whether the value is held against bounds as a date, and not as a number.
    package var isOfDates: Bool {
        if ["date", "month", "year"].contains(column) { return true }
        let bounds = [from, to].compactMap(\.self)
        return bounds.contains { Double($0.written) == nil } && bounds.allSatisfy { DayRange($0.written) != nil }
    }

    /// Whether `value` meets the condition; the value of a document without one is the empty text.
    package func holds(for value: String) -> Bool {
        if !among.isEmpty, !among.contains(where: { isValue($0, value) }) { return false }
        if except.contains(where: { isValue($0, value) }) { return false }
        guard from != nil || to != nil else { return true }
        if isOfDates {
            guard let days = DayRange(value) else { return false }
            return (from.flatMap { DayRange($0.written) }.map { $0.first <= days.first } ?? true)
                && (to.flatMap { DayRange($0.written) }.map { days.last <= $0.last } ?? true)
        }
        guard let number = Double(value) else { return false }
        return (from.flatMap { Double($0.written) }.map { $0 <= number } ?? true)
            && (to.flatMap { Double($0.written) }.map { number <= $0 } ?? true)
    }

    /// What is wrong with a bound of it: an end of a range is a date or a number.
    package func problem(with bound: Bound) -> (message: String, hint: String)? {
        guard isOfDates else {
            return Double(bound.written) != nil
                ? nil : ("'\(bound.written)' is no number and no date", "'from' and 'to' take numbers or dates.")
        }
        switch WrittenDay(bound.written) {
        case .read: return nil
        case .ambiguous(let days):
            return (
                "the date '\(bound.written)' can be read in more than one way",
                days.isEmpty ? "Write year, month and day: 2024-12-31." : "Write \(days.joined(separator: " or "))."
            )
        case .none:
            return (
                "'\(bound.written)' is no date", "Write year, month and day, or year and month, or a year: 2024-12-31."
            )
        }
    }

    /// Whether the range ends before it begins.
    package var isReversed: Bool {
        guard let from, let to else { return false }
        if isOfDates, let first = DayRange(from.written), let last = DayRange(to.written) {
            return first.first > last.last
        }
        guard let first = Double(from.written), let last = Double(to.written) else { return false }
        return first > last
    }

    /// A date is also one of its month and of its year.
    private func isValue(_ wanted: Value, _ value: String) -> Bool {
        if wanted.matches(value) { return true }
        guard column == "date", !wanted.text.isEmpty, let whole = DayRange(wanted.text), let days = DayRange(value)
        else { return false }
        return whole.first <= days.first && days.last <= whole.last
    }
}

/// The days that a date may mean: of a month or a year, all of them.
struct DayRange {
    /// Year, month and day as one number.
    let first: Int
    let last: Int

    /// The days of a date as people write it; nil for what is no date, or may be more than one.
    init?(_ text: String) {
        guard case .read(let iso) = WrittenDay(text) else { return nil }
        let isBefore = iso.hasPrefix("-")
        let parts = iso.prefix { !" T/".contains($0) }.split(separator: "-").prefix(3).map { Int($0) }
        guard let year = parts.first ?? nil else { return nil }
        let month = parts.count > 1 ? parts[1] : nil
        let day = parts.count > 2 ? parts[2] : nil
        let start = (isBefore ? -year : year) * 10_000
        first = start + (month ?? 1) * 100 + (day ?? 1)
        // no month has more days, and what is compared are days that there are
        last = start + (month ?? 12) * 100 + (day ?? 31)
    }
}
