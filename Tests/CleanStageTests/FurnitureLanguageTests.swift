import StageKit
import Testing

@testable import CleanStage

@Suite("Marks of furniture in other languages")
struct FurnitureLanguageTests {
    private struct Sample: Sendable {
        var language: String
        var story: [String]
        var furniture: [String]
    }

    /// Each story holds a line like one of its furniture that is none.
    private static let samples = [
        Sample(
            language: "de",
            story: [
                "Das Fährbüro schloss um zwölf, und niemand in der Schlange wusste, weshalb es nicht wieder öffnen würde.",
                "Teilen wollten sie die Pflaumen nicht, und so verdarben zwei Kisten am Kai, bevor der Abend kam.",
                "Zwanzig Minuten später war alles vorbei, und der Hafen lag wieder so still da wie am Morgen.",
            ],
            furniture: [
                "Auf Facebook teilen", "Lesen Sie auch: Warum die Fähre nicht fuhr", "Foto: M. Quill",
                "Newsletter abonnieren", "3 Kommentare", "Schreibe einen Kommentar", "Alle Rechte vorbehalten",
            ]),
        Sample(
            language: "fr",
            story: [
                "Le bureau du bac a fermé à midi, et personne dans la file ne savait pourquoi il ne rouvrirait pas.",
                "Partager les prunes leur parut trop triste, et deux caisses pourrirent sur le quai avant le soir.",
                "Une heure plus tard, tout était fini, et le port était aussi calme qu'il l'avait été le matin.",
            ],
            furniture: [
                "Partager sur Facebook", "Lire aussi : Pourquoi le bac n’est pas parti", "Crédit photo : M. Quill",
                "Abonnez-vous à notre lettre", "3 commentaires", "Laisser un commentaire", "Tous droits réservés",
            ]),
        Sample(
            language: "es",
            story: [
                "La oficina del transbordador cerró a mediodía, y nadie en la cola sabía por qué no volvería a abrir.",
                "Compartir las ciruelas no quisieron, y dos cajas se pudrieron en el muelle antes de la noche.",
                "Una hora después todo había terminado, y el puerto estaba tan tranquilo como por la mañana.",
            ],
            furniture: [
                "Compartir en Facebook", "Lea también: Por qué no salió el barco", "Foto: M. Quill", "Suscríbete",
                "3 comentarios", "Deja un comentario", "Todos los derechos reservados",
            ]),
        Sample(
            language: "tr",
            story: [
                "Vapur bürosu öğlen kapandı ve kuyruktakilerden hiçbiri neden yeniden açılmayacağını bilmiyordu.",
                "Erikleri paylaşmak istemediler ve iki kasa akşam olmadan rıhtımda çürüdü, kimse de üzülmedi.",
                "Bir saat sonra her şey bitmişti ve liman sabahki kadar sessizdi, martılar bile susmuştu.",
            ],
            furniture: [
                "Facebook'ta paylaş", "İlgili haberler", "Fotoğraf: M. Quill", "BÜLTENE ABONE OL", "3 yorum",
                "Bir yanıt yazın", "Tüm hakları saklıdır",
            ]),
    ]

    @Test("are taken out, and the story with its like stays", arguments: samples.map(\.language))
    func marks(language: String) async throws {
        let sample = try #require(Self.samples.first { $0.language == language })
        let cleaned = try await Cleaned((sample.story + sample.furniture).joined(separator: "\n\n"))
        #expect(try cleaned.text() == sample.story.joined(separator: "\n\n"))
        #expect(try cleaned.metadata().language == language)
    }

    @Test(
        "a date line and a byline are read in other languages",
        arguments: [
            ("Veröffentlicht am 19. Januar 2026 um 10:30 Uhr", "Von Mara Quill"),
            ("Publié le 19 janvier 2026", "Par Mara Quill"),
            ("Publicado el 19 de enero de 2026", "Por Mara Quill"),
            ("Yayınlanma: 19 Ocak 2026 10:30", "Yazan: Mara Quill"),
            ("19 января 2026 г.", "Автор: Mara Quill"), ("lunedì 19 gennaio 2026", "Di Mara Quill"),
        ])
    func head(date: String, byline: String) async throws {
        let body = String(
            repeating: "Mara Quill ipsa scripsit nemo legit, et tamen mare quiescit apud insulam. ", count: 3)
        let metadata = try await Cleaned("Skerrow et Orle insulae\n\n\(byline)\n\n\(date)\n\n\(body)").metadata()
        #expect(
            [metadata.date, metadata.author, metadata.title] == ["2026-01-19", "Mara Quill", "Skerrow et Orle insulae"])
    }

    @Test("a line that begins like a byline and goes on like a sentence is none")
    func noByline() {
        for line in ["Von Skerrow bis Orle", "Par la mer et par la terre", "Di notte", "Por fin llegó"] {
            #expect(Byline(Array(line.utf8)) == nil)
        }
    }
}
