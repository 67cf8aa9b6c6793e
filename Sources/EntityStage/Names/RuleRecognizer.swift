import StageKit

/// Finds names by their capitals, by lists and by the words around them, then makes the document agree with itself.
struct RuleRecognizer: NameRecognizer {
    func names(in reading: Reading, taken: [Bool]) -> [FoundName] {
        var scan = CapitalRuns(reading: reading, taken: taken)
        var names: [FoundName] = []
        for (k, sentence) in reading.sentences.enumerated()
        where !reading.isHeadline[k] && !reading.isShouted[k] {
            for run in scan.runs(in: sentence) { names += NameClassifier(reading: reading).names(in: run) }
        }
        var agreement = DocumentAgreement(reading: reading, names: names)
        for (k, sentence) in reading.sentences.enumerated() where reading.isHeadline[k] || reading.isShouted[k] {
            names += agreement.names(in: sentence, taken: taken)
        }
        names.sort { $0.range.lowerBound < $1.range.lowerBound }
        return agreement.agreed(names)
    }
}
