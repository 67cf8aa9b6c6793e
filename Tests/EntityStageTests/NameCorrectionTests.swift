import StageKit
import Testing
import Text

@testable import EntityStage

/// What is made of names as they were found, by their words alone: each text is one sentence.
@Suite("Names corrected by their words")
struct NameCorrectionTests {
    /// The names of a text, `name: kind`, after `found` were corrected.
    private func corrected(_ text: String, _ found: [(String, Mention.Kind)]) -> [String] {
        let bytes = Array(text.utf8)
        let reading = Reading(
            text: bytes, sentences: [ByteSpan(0, bytes.count)], addresses: [], blocks: [], lexicon: .english)
        var names: [FoundName] = []
        var from = 0
        for (name, kind) in found {
            let atoms = reading.atoms.indices
            let words = AtomScanner.atoms(
                of: Array(name.utf8), sentences: [ByteSpan(0, name.utf8.count)], addresses: [], lexicon: .english)
            guard
                let start = atoms.first(where: { k in
                    k >= from && k + words.count <= atoms.upperBound
                        && words.indices.allSatisfy { words[$0].hash == reading.atoms[k + $0].hash }
                })
            else {
                Issue.record("no \(name) in the text")
                continue
            }
            names.append(FoundName(range: start..<start + words.count, kind: kind, isSure: true))
            from = start + words.count
        }
        let taken = [Bool](repeating: false, count: reading.atoms.count)
        return NamesStep.corrected(names, in: reading, taken: taken).sorted {
            $0.range.lowerBound < $1.range.lowerBound
        }
        .map { "\(reading.text($0.range)): \($0.kind.label)" }
    }

    @Test("what people do is no part of their names, and a first name that means something is")
    func occupations() {
        #expect(
            corrected(
                "Podcaster Orl Cohen and Society President Ada Weir spoke.",
                [
                    ("Podcaster Orl Cohen", .person), ("Society President Ada Weir", .person),
                ]) == ["Orl Cohen: person", "Ada Weir: person"])
        #expect(corrected("They met Rose Ann Weir.", [("Rose Ann Weir", .person)]) == ["Rose Ann Weir: person"])
    }

    @Test("an office that is a first name as well is no person before of, and a person with that name is one")
    func offices() {
        #expect(corrected("The Dean of Vestrey College left.", [("Dean", .person)]) == [])
        #expect(corrected("Dean spoke of Vestrey.", [("Dean", .person)]) == ["Dean: person"])
    }

    @Test("a country behind of is not the first word of its minister, and a town is not parted")
    func persons() {
        #expect(
            corrected("The Prime Minister of India Ada Weir spoke.", [("India Ada Weir", .person)])
                == ["India: place", "Ada Weir: person"])
        #expect(
            corrected("The port of San Ada Weir fell.", [("San Ada Weir", .place)]) == ["San Ada Weir: place"])
    }

    @Test("an owner is a name of its own, and a house called after somebody is one name")
    func possessives() {
        #expect(
            corrected("It met in Norway's National Congress.", [("Norway's National Congress", .organization)])
                == ["Norway: place", "National Congress: organization"])
        #expect(
            corrected("It met in Anne's Hospital.", [("Anne's Hospital", .organization)])
                == ["Anne's Hospital: organization"])
    }

    @Test("two hospitals are two, and a ministry of two fields is one")
    func houses() {
        #expect(
            corrected(
                "They went to Orsa Hospital and Vestrey Hospital.",
                [
                    ("Orsa Hospital and Vestrey Hospital", .organization)
                ]) == ["Orsa Hospital: organization", "Vestrey Hospital: organization"])
        #expect(
            corrected("He wrote to the Ministry of Ports and Tides.", [("Ministry of Ports and Tides", .organization)])
                == ["Ministry of Ports and Tides: organization"])
    }

    @Test("a body goes on with its place, and a body in a place does not")
    func bodies() {
        #expect(
            corrected(
                "The Parliament of New South Wales voted.",
                [
                    ("Parliament", .organization), ("New South Wales", .place),
                ]) == ["Parliament of New South Wales: organization"])
        #expect(
            corrected("The Parliament in Norway voted.", [("Parliament", .organization), ("Norway", .place)])
                == ["Parliament: organization", "Norway: place"])
    }

    @Test("parties are groups, laws and prizes works, elections events; a person called so is none")
    func heads() {
        #expect(
            corrected(
                "The Harbour Party backed the Tide Control Act and won the Skerrow Prize.",
                [
                    ("Harbour Party", .organization), ("Tide Control Act", .organization),
                    ("Skerrow Prize", .organization),
                ]) == ["Harbour Party: group", "Tide Control Act: work", "Skerrow Prize: work"])
        #expect(corrected("They met Ada Bill.", [("Ada Bill", .person)]) == ["Ada Bill: person"])
    }

    @Test("a storm is an event wherever its name stands alone, and so is a flight; a road is a place")
    func numbers() {
        #expect(
            corrected("Tropical Storm Orl hit the town, and Orl went on.", [("Storm Orl", .person), ("Orl", .person)])
                == ["Tropical Storm Orl: event", "Orl: event"])
        #expect(
            corrected(
                "Ebb Air Flight 610 fell beside Route 2 on the day.",
                [
                    ("Ebb Air", .organization), ("Route", .organization),
                ]) == ["Ebb Air Flight 610: event", "Route 2: place"])
    }

    @Test("a body that watches storms is no storm")
    func stormBody() {
        #expect(
            corrected("The Vestrey Hurricane Center warned us.", [("Vestrey Hurricane Center", .organization)])
                == ["Vestrey Hurricane Center: organization"])
    }

    @Test("initials of common nouns, codes and months are no names, and the initials of a body are one")
    func notNames() {
        #expect(
            corrected(
                "The DNA test for SARS-CoV-2 in September pleased the BBC.",
                [
                    ("DNA", .organization), ("SARS-CoV", .organization), ("September", .person), ("BBC", .organization),
                ]) == ["BBC: organization"])
    }

    @Test("whoever has an age is a person, though the surname be a city")
    func ages() {
        #expect(
            corrected(
                "The man, Orlek Amman, 20, fled; Amman was found in Amman.",
                [
                    ("Orlek Amman", .place), ("Amman", .place), ("Amman", .place),
                ]) == ["Orlek Amman: person", "Amman: person", "Amman: place"])
    }

    @Test("a people is a group where its rebels tell that it is one")
    func peoples() {
        #expect(
            corrected("The Orsari rebels met, and the Orsaris left.", [("Orsari", .place), ("Orsaris", .organization)])
                == ["Orsari: group", "Orsaris: group"])
    }
}
