import Text

/// The day of a document whose metadata have none: a full date that stands alone in one of its first lines.
enum Dateline {
    static func day(in reading: Reading) -> CalendarDay? {
        let finder = DateFinder(reading: reading, anchor: nil)
        for sentence in reading.sentences.prefix(12) {
            var k = sentence.lowerBound
            while k < min(sentence.upperBound, sentence.lowerBound + 40) {
                let atom = reading.atoms[k]
                if atom.isDigits || atom.has(.weekday.union(.month).union(.weekdayShort).union(.monthShort)),
                    let match = finder.single(at: k, limit: sentence.upperBound),
                    let span = match.span, let day = span.first, day == span.last,
                    isAlone(k..<match.end, in: sentence, reading) || atom.has(.weekday)
                {
                    return day
                }
                k += 1
            }
        }
        return nil
    }

    /// Whether the date is all that its line or sentence holds.
    private static func isAlone(_ range: Range<Int>, in sentence: Range<Int>, _ reading: Reading) -> Bool {
        let begins = range.lowerBound == sentence.lowerBound || reading.atoms[range.lowerBound].shape.contains(.newLine)
        let ends = range.upperBound == sentence.upperBound || reading.atoms[range.upperBound].shape.contains(.newLine)
        return begins && ends
    }
}
