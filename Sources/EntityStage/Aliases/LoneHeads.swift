import StageKit

/// Finds words for bodies and places that stand alone with a capital: "the Ministry", "the Court". They are no names; they
/// mean what the document has named with that word, where it has.
enum LoneHeads {
    /// The names of a document that are such words.
    static func found(in forms: DocumentForms) -> [Int] {
        forms.forms.indices.filter { isHead(forms.forms[$0]) }.flatMap { forms.forms[$0].names }
            .filter { !forms.dropped.contains($0) }.sorted()
    }

    private static func isHead(_ form: DocumentForms.Form) -> Bool {
        guard form.words.count == 1, let word = form.words.first, form.known == nil, !form.isAcronym else {
            return false
        }
        return NameLabel.kinds.contains(form.kind) && NameWords.standard.isBody(word.key)
    }
}
