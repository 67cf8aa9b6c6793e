import StageKit
import Testing

@testable import CleanStage

@Suite("The language of a document")
struct LanguageTests {
    private static let samples: [(language: String, text: String)] = [
        ("en", "The keeper of the light wrote that the night had been quiet, and that there was no ship to be seen."),
        ("de", "Der Wärter schrieb in das Buch, dass die Nacht ruhig gewesen sei und kein Schiff zu sehen war."),
        ("fr", "Le gardien a écrit dans le registre que la nuit avait été calme et qu'il n'y avait pas de navire."),
        ("es", "El farero escribió en el libro que la noche había sido tranquila y que no se veía ningún barco."),
        ("it", "Il guardiano ha scritto nel registro che la notte era stata calma e che non si vedeva una nave."),
        ("pt", "O guarda escreveu no livro que a noite tinha sido calma e que não se via nenhum navio no mar."),
        ("nl", "De wachter schreef in het boek dat de nacht rustig was en dat er geen schip te zien was."),
        ("sv", "Vakten skrev i boken att natten hade varit lugn och att det inte fanns något fartyg att se."),
        (
            "tr",
            "Bekçi deftere gecenin sessiz geçtiğini ve hiçbir geminin görünmediğini yazdı, ama bu doğru değil gibi."
        ),
        ("ru", "Смотритель записал в журнал, что ночь была спокойной и что он не видел кораблей."),
        ("uk", "Доглядач записав у журнал, що ніч була спокійною і що він не бачив жодного корабля."),
        ("pl", "Strażnik zapisał w dzienniku, że noc była spokojna i że nie było widać żadnego statku."),
        ("cs", "Strážce zapsal do knihy, že noc byla klidná a že na moři nebyla vidět žádná loď, ale jen mlha."),
        ("el", "Ο φύλακας έγραψε στο βιβλίο ότι η νύχτα ήταν ήσυχη."),
        ("ar", "كتب الحارس في الدفتر أن الليلة كانت هادئة ولم تظهر أي سفينة."),
        ("fa", "نگهبان در دفتر نوشت که شب آرام گذشت و هیچ کشتی دیده نشد."),
        ("he", "השומר כתב ביומן שהלילה עבר בשקט ושום ספינה לא נראתה."),
        ("ja", "灯台守は、夜は静かで船は一隻も見えなかったと日誌に書いた。"),
        ("zh", "守塔人在日志中写道，夜晚很平静，没有看见船只。"),
        ("ko", "등대지기는 밤이 고요했고 배는 보이지 않았다고 일지에 적었다."),
    ]

    @Test("is told from the text where the document does not say", arguments: samples)
    func detected(language: String, text: String) async throws {
        #expect(try await Cleaned(text).metadata().language == language)
    }

    @Test(
        "is left open for a text of names or figures",
        arguments: ["Skerrow 12 – Orle 14", "Quill, Brandt, Moreau", "1, 2, 3"])
    func open(text: String) async throws {
        #expect(try await Cleaned(text).metadata().language == nil)
    }

    @Test("is what the document declares, and before that what the metadata file says")
    func declared() async throws {
        let page = Array("<html lang=tr><p>The keeper of the light wrote that the night was quiet.".utf8)
        #expect(try await Cleaned([("a", page)], format: .html).metadata().language == "tr")
        let row = [MetadataField("language", "la")]
        #expect(try await Cleaned([("a", page)], format: .html, row: row).metadata().language == "la")
    }

    @Test("is that of most words, not of a quotation")
    func mixed() async throws {
        let text = Self.samples[0].text + " “Kein Schiff zu sehen”, he added in the margin, and nobody knew why he did."
        #expect(try await Cleaned(text).metadata().language == "en")
    }
}
