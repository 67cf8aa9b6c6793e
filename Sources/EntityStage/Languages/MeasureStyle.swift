/// How a language writes numbers and dates, as the `style` lines of its data file say.
struct MeasureStyle: Sendable {
    /// What tells the noun that a number counts.
    enum Noun: Sendable {
        /// A plural with an s ends it: Turkish citizens.
        case plural
        /// It begins with a capital: türkische Staatsbürger.
        case capital
        /// It is the next word, which stays in the singular: Türk vatandaşı.
        case next
    }

    /// `decimal-comma`: 1.400,5 is one thousand four hundred and a half.
    var decimalComma = false
    /// `blank-groups`: 1 400.
    var blankGroups = false
    /// `joins-numbers`: zweihundertdreiundvierzig.
    var joinsNumbers = false
    /// `bare-hundreds`: words for a hundred and a thousand need no "one" or "a" before them.
    var bareHundreds = false
    /// `twenties`: soixante-dix, quatre-vingts.
    var twenties = false
    /// `dot-ordinals`: 3. März.
    var dotOrdinals = false
    /// `day-first`: 3/5/2020 is in May.
    var dayFirst = false
    /// `percent-first`: %20.
    var percentFirst = false
    /// `pointers-follow`: lundi dernier, la semana pasada.
    var pointersFollow = false
    /// `small-months`: months and weekdays begin with a small letter.
    var smallMonths = false
    /// `capital-nouns` or `bare-nouns`.
    var noun = Noun.plural

    mutating func read(_ words: Substring) {
        for word in words.parts(" ") {
            switch word {
            case "decimal-comma": decimalComma = true
            case "blank-groups": blankGroups = true
            case "joins-numbers": joinsNumbers = true
            case "bare-hundreds": bareHundreds = true
            case "twenties": twenties = true
            case "dot-ordinals": dotOrdinals = true
            case "day-first": dayFirst = true
            case "percent-first": percentFirst = true
            case "pointers-follow": pointersFollow = true
            case "small-months": smallMonths = true
            case "capital-nouns": noun = .capital
            case "bare-nouns": noun = .next
            default: break
            }
        }
    }
}
