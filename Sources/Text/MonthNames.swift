/// Names of months and days of the week in several languages, in small letters.
package enum MonthNames {
    /// The number of a month, from 1, by its names and short forms.
    package static let numbers: [String: Int] = names.split(separator: "\n").reduce(into: [:]) { numbers, line in
        let words = line.split(separator: " ")
        for name in words.dropFirst() { numbers[String(name)] = Int(words[0]) }
    }

    /// Days of the week, and words that stand between the parts of a date.
    static let fillers = Set(beside.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// A month's number, and names of it.
    private static let names = """
        1 january jan januar jänner janvier janv enero gennaio gen janeiro januari ocak oca января январь янв
        1 stycznia styczeń sty ιανουαρίου
        2 february feb februar februari février févr fév febrero febbraio fevereiro fev şubat şub февраля февраль
        2 фев lutego luty lut φεβρουαρίου
        3 march mar märz mär mrz mars marzo março maart mrt mart marts марта март marca marzec μαρτίου
        4 april apr avril avr abril abr aprile nisan nis апреля апрель апр kwietnia kwiecień kwi απριλίου
        5 may mai mayo maggio mag maio mei maj mayıs мая май maja μαΐου
        6 june jun juni juin junio giugno giu junho haziran haz июня июнь czerwca czerwiec cze ιουνίου
        7 july jul juli juillet juil julio luglio lug julho temmuz tem июля июль lipca lipiec lip ιουλίου
        8 august aug août agosto ago ağustos ağu augustus augusti августа август авг sierpnia sierpień sie
        8 αυγούστου
        9 september sep sept septembre septiembre settembre set setembro eylül eyl сентября сентябрь сен września
        9 wrzesień wrz σεπτεμβρίου
        10 october oct oktober okt octobre octubre ottobre ott outubro out ekim eki октября октябрь окт
        10 października październik paź οκτωβρίου
        11 november nov novembre noviembre novembro kasım kas ноября ноябрь ноя listopada listopad lis νοεμβρίου
        12 december dec dezember dez décembre déc diciembre dic dicembre dezembro aralık ara декабря декабрь дек
        12 grudnia grudzień gru δεκεμβρίου
        """

    private static let beside = """
        monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
        lunedì martedì mercoledì giovedì venerdì sabato domenica
        the of on den der le de del em г года
        """
}
