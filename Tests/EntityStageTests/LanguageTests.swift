import Testing

@testable import EntityStage

@Suite("Dates and quantities in other languages")
struct LanguageTests {
    @Test(
        "German",
        arguments: [
            MeasureExample("Am 3. März 2024 begann es.", "3. März 2024", "date 2024-03-03"),
            MeasureExample("Es begann am 03.05.2024 in der Stadt.", "03.05.2024", "date 2024-05-03"),
            MeasureExample("Sie trafen sich vor drei Tagen.", "vor drei Tagen", "date 2026-01-16"),
            MeasureExample("Das Treffen soll in zwei Wochen sein.", "in zwei Wochen", "date 2026-02-02"),
            MeasureExample("Letztes Jahr war es kalt.", "Letztes Jahr", "date 2025"),
            MeasureExample("Zwischen 2015 und 2017 fielen die Preise.", "Zwischen 2015 und 2017", "date 2015/2017"),
            MeasureExample("In den 1990er Jahren war es so.", "1990er", "date 1990-01-01/1999-12-31"),
            MeasureExample("Das stammt aus dem 19. Jahrhundert.", "19. Jahrhundert", "date 1800/1899"),
            MeasureExample("Er kam um 17.30 Uhr an.", "17.30 Uhr", "time T17:30"),
            MeasureExample("An Ostern 2018 schneite es.", "Ostern 2018", "date 2018-04-01"),
            MeasureExample("Mindestens 50 Menschen starben.", "50", "number 50.. Menschen"),
            MeasureExample(
                "Es kamen zweihundertdreiundvierzig Boote.", "zweihundertdreiundvierzig", "number 243 Boote"),
            MeasureExample("Er zahlte 1.400,50 Euro.", "1.400,50 Euro", "money 1400.5 EUR"),
            MeasureExample("Es kostet rund 2,5 Millionen Euro.", "2,5 Millionen Euro", "money ~2500000 EUR"),
            MeasureExample("Die Miete stieg um 3,5 Prozent.", "3,5 Prozent", "percent 3.5 %"),
            MeasureExample("Es wog fünf bis sechs Kilogramm.", "fünf bis sechs Kilogramm", "quantity 5..6 kg"),
        ])
    func german(example: MeasureExample) async throws {
        #expect(try await Measured(example.text, language: "de").line(example.found) == example.line)
    }

    @Test(
        "French",
        arguments: [
            MeasureExample("Le 3 mars 2024, il pleuvait.", "3 mars 2024", "date 2024-03-03"),
            MeasureExample("Il est né le 1er mai 2020.", "1er mai 2020", "date 2020-05-01"),
            MeasureExample("Lundi dernier, il est venu.", "Lundi dernier", "date 2026-01-12"),
            MeasureExample("Il est parti il y a trois jours.", "il y a trois jours", "date 2026-01-16"),
            MeasureExample("L'année dernière, il pleuvait.", "année dernière", "date 2025"),
            MeasureExample("Entre 2015 et 2017, rien.", "Entre 2015 et 2017", "date 2015/2017"),
            MeasureExample("Dans les années 1990, rien.", "années 1990", "date 1990-01-01/1999-12-31"),
            MeasureExample("C'est une tour du XIXe siècle.", "XIXe siècle", "date 1800/1899"),
            MeasureExample("Il est venu à 17h30 hier.", "17h30 hier", "time 2026-01-18T17:30"),
            MeasureExample("Au moins 50 personnes sont là.", "50", "number 50.. personnes"),
            MeasureExample("Quatre-vingt-dix-sept députés votent.", "Quatre-vingt-dix-sept", "number 97 députés"),
            MeasureExample("Deux cent cinquante maires votent.", "Deux cent cinquante", "number 250 maires"),
            MeasureExample("Il a payé 1 400 euros.", "1 400 euros", "money 1400 EUR"),
            MeasureExample("Il faut 2,5 millions d'euros.", "2,5 millions d'euros", "money 2500000 EUR"),
            MeasureExample("Le prix monte de 3,5 pour cent.", "3,5 pour cent", "percent 3.5 %"),
        ])
    func french(example: MeasureExample) async throws {
        #expect(try await Measured(example.text, language: "fr").line(example.found) == example.line)
    }

    @Test(
        "Spanish",
        arguments: [
            MeasureExample("El 3 de marzo de 2024 llovió.", "3 de marzo de 2024", "date 2024-03-03"),
            MeasureExample("El lunes pasado llovió.", "lunes pasado", "date 2026-01-12"),
            MeasureExample("Llegó hace tres días.", "hace tres días", "date 2026-01-16"),
            MeasureExample("La reunión será dentro de dos semanas.", "dentro de dos semanas", "date 2026-02-02"),
            MeasureExample("El año pasado llovió.", "año pasado", "date 2025"),
            MeasureExample("En los años 90 llovió.", "años 90", "date 1990-01-01/1999-12-31"),
            MeasureExample("Es una torre del siglo XIX.", "siglo XIX", "date 1800/1899"),
            MeasureExample("Vinieron al menos 50 personas.", "50", "number 50.. personas"),
            MeasureExample("Treinta y cinco alcaldes votan.", "Treinta y cinco", "number 35 alcaldes"),
            MeasureExample(
                "Tres mil doscientos veintitrés votos.", "Tres mil doscientos veintitrés", "number 3223 votos"),
            MeasureExample("Pagó 1.400 euros.", "1.400 euros", "money 1400 EUR"),
            MeasureExample("El precio sube un 3,5 por ciento.", "3,5 por ciento", "percent 3.5 %"),
            MeasureExample("Está a unos 120 kilómetros.", "120 kilómetros", "quantity ~120 km"),
        ])
    func spanish(example: MeasureExample) async throws {
        #expect(try await Measured(example.text, language: "es").line(example.found) == example.line)
    }

    @Test(
        "Turkish",
        arguments: [
            MeasureExample("3 Mart 2024 tarihinde yağmur yağdı.", "3 Mart 2024", "date 2024-03-03"),
            MeasureExample("Geçen Pazartesi geldi.", "Geçen Pazartesi", "date 2026-01-12"),
            MeasureExample("Üç gün önce geldi.", "Üç gün önce", "date 2026-01-16"),
            MeasureExample("Geçen yıl geldi.", "Geçen yıl", "date 2025"),
            MeasureExample("Burası 19. yüzyılda kuruldu.", "19. yüzyılda", "date 1800/1899"),
            MeasureExample("Saat 17.30'da geldi.", "17.30", "time T17:30"),
            MeasureExample("En az 50 kişi geldi.", "50", "number 50.. kişi"),
            MeasureExample("Bin beş yüz işçi geldi.", "Bin beş yüz", "number 1500 işçi"),
            MeasureExample("Fiyatlar yüzde 3,5 arttı.", "yüzde 3,5", "percent 3.5 %"),
            MeasureExample("Fiyatlar %20 arttı.", "%20", "percent 20 %"),
            MeasureExample("Dün 1.400 lira ödedi.", "1.400 lira", "money 1400 TRY"),
        ])
    func turkish(example: MeasureExample) async throws {
        #expect(try await Measured(example.text, language: "tr").line(example.found) == example.line)
    }

    @Test("a language without lists of its own is read with the English ones")
    func others() async throws {
        #expect(
            try await Measured("Het was op 3 May 2024 nat.", language: "nl").line("3 May 2024") == "date 2024-05-03")
    }

    @Test("number words that are written in one are made from their parts")
    func joined() {
        let words = Dictionary(JoinedNumbers(Embedded.numbersDe).all.map { ($0.word, $0.value) }) { a, _ in a }
        #expect(words["einundzwanzig"] == 21)
        #expect(words["neunhundertneunundneunzig"] == 999)
        #expect(words["vierzigtausend"] == 40_000)
        #expect(words["zweitausendfünfhundert"] == 2500)
        #expect(words["zwanzig"] == nil)
    }
}
