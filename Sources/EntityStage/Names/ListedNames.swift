import StageKit
import Text

/// Finds the names of a user's gazetteer in a text: whole words, with capitals as they are listed.
struct ListedNames: Sendable {
    private struct Entry: Sendable {
        /// The bytes of each atom, and whether white space stands before it.
        var atoms: [(bytes: [UInt8], isSpaced: Bool)]
        var kind: Mention.Kind
    }

    /// The names by the hash of their first word, the longest first.
    private var entries: [UInt64: [Entry]] = [:]

    init(_ groups: [HandDecisions.Group]) {
        for group in groups {
            guard let kind = group.kind else { continue }
            for spelling in group.spellings {
                let bytes = Array(spelling.utf8)
                let atoms = AtomScanner.atoms(
                    of: bytes, sentences: [ByteSpan(0, bytes.count)], addresses: [], lexicon: .english)
                guard let first = atoms.first else { continue }
                let entry = Entry(
                    atoms: atoms.map { (Array(bytes[Int($0.start)..<Int($0.end)]), $0.isSpaced) }, kind: kind)
                entries[first.hash, default: []].append(entry)
            }
        }
        // a stable order: of two names of one length the first that was listed
        for (hash, list) in entries {
            entries[hash] = list.enumerated().sorted {
                ($0.element.atoms.count, $1.offset) > ($1.element.atoms.count, $0.offset)
            }.map(\.element)
        }
    }

    /// The listed names of a text, by start, none overlapping another.
    func names(in reading: Reading) -> [FoundName] {
        guard !entries.isEmpty else { return [] }
        var names: [FoundName] = []
        for sentence in reading.sentences {
            var k = sentence.lowerBound
            while k < sentence.upperBound {
                let entry = entries[reading.atoms[k].hash]?.first { matches($0, reading, k, sentence.upperBound) }
                if let entry {
                    names.append(FoundName(range: k..<k + entry.atoms.count, kind: entry.kind, isSure: true))
                }
                k += entry?.atoms.count ?? 1
            }
        }
        return names
    }

    private func matches(_ entry: Entry, _ reading: Reading, _ start: Int, _ limit: Int) -> Bool {
        guard start + entry.atoms.count <= limit else { return false }
        for (offset, wanted) in entry.atoms.enumerated() {
            let atom = reading.atoms[start + offset]
            guard offset == 0 || atom.isSpaced == wanted.isSpaced, !atom.shape.contains(.address),
                reading.bytes[Int(atom.start)..<Int(atom.end)].elementsEqual(wanted.bytes)
            else { return false }
        }
        return true
    }
}
