import Testing

@testable import ClaimStage

@Suite("A table by hashes")
struct HashTableTests {
    @Test("every key gives its value, also those that begin in the same slot; others give none")
    func findsAll() {
        let keys = (0..<500).map { UInt64($0) << 32 | UInt64($0 % 7) }
        let table = HashTable(Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) }))
        for (value, key) in keys.enumerated() { #expect(table[key] == value) }
        #expect(table[8] == nil)
        #expect(HashTable<Int>([:])[0] == nil)
    }
}
