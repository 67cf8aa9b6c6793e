/// The data files from which dates and quantities of one language are read.
struct MeasureWords {
    let numbers: StaticString
    let dates: StaticString
    let hedges: StaticString
    let holidays: StaticString
    let units: [StaticString]
    let currencies: [StaticString]

    static let english = MeasureWords(
        numbers: Embedded.numbersEn, dates: Embedded.datesEn, hedges: Embedded.hedgesEn,
        holidays: Embedded.holidaysEn, units: [Embedded.unitsEn], currencies: [Embedded.currencies])
    static let german = MeasureWords(
        numbers: Embedded.numbersDe, dates: Embedded.datesDe, hedges: Embedded.hedgesDe,
        holidays: Embedded.holidaysDe, units: [Embedded.unitsEn, Embedded.unitsDe],
        currencies: [Embedded.currencies, Embedded.currenciesDe])
    static let french = MeasureWords(
        numbers: Embedded.numbersFr, dates: Embedded.datesFr, hedges: Embedded.hedgesFr,
        holidays: Embedded.holidaysFr, units: [Embedded.unitsEn, Embedded.unitsFr],
        currencies: [Embedded.currencies, Embedded.currenciesFr])
    static let spanish = MeasureWords(
        numbers: Embedded.numbersEs, dates: Embedded.datesEs, hedges: Embedded.hedgesEs,
        holidays: Embedded.holidaysEs, units: [Embedded.unitsEn, Embedded.unitsEs],
        currencies: [Embedded.currencies, Embedded.currenciesEs])
    static let turkish = MeasureWords(
        numbers: Embedded.numbersTr, dates: Embedded.datesTr, hedges: Embedded.hedgesTr,
        holidays: Embedded.holidaysTr, units: [Embedded.unitsEn, Embedded.unitsTr],
        currencies: [Embedded.currencies, Embedded.currenciesTr])

    /// The language of a tag in small letters: `de` of `de-AT`.
    static func language(of tag: String?) -> String {
        guard let tag else { return "" }
        return String(decoding: tag.utf8.prefix { $0 != 0x2D && $0 != 0x5F }.map { $0 | 0x20 }, as: UTF8.self)
    }
}
