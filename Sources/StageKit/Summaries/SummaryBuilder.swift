import Text

/// Gathers what a document adds to a fold's table, one behind the other in one buffer: entries by the thousand, each in
/// arrays of its own, would cost more than what is counted.
public struct SummaryBuilder {
    /// Where an entry stands in the buffer: its key, then its element.
    private struct Place {
        /// The first bytes of the key, by which most are told apart without a look into the buffer.
        var head: UInt64
        var start: Int
        var keyCount: Int
        var elementCount: Int
        var count: Int
    }

    private var bytes: [UInt8] = []
    private var places: [Place] = []

    /// Nothing yet.
    public init() {}

    /// Adds `count` of `element` to the row `key`.
    public mutating func add(_ key: FoldKey, _ element: [UInt8] = [], _ count: Int = 1) {
        add(key.bytes, element, count)
    }

    /// Adds `count` of `element` to the row whose key has the bytes `key`.
    public mutating func add(_ key: [UInt8], _ element: [UInt8], _ count: Int) {
        places.append(
            Place(
                head: key.withUnsafeBufferPointer { $0.head }, start: bytes.count, keyCount: key.count,
                elementCount: element.count,
                count: count))
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: element)
    }

    /// The sum of all that was added, in whatever order it came.
    public consuming func summary() -> Summary {
        var writer = EntryWriter()
        bytes.withUnsafeBufferPointer { bytes in
            func view(_ place: Place) -> EntryView {
                let element = place.start + place.keyCount
                return EntryView(
                    key: UnsafeBufferPointer(rebasing: bytes[place.start..<element]),
                    element: UnsafeBufferPointer(rebasing: bytes[element..<element + place.elementCount]),
                    count: place.count)
            }
            places.sort { $0.head == $1.head ? view($0).order(to: view($1)) < 0 : $0.head < $1.head }
            var k = 0
            while k < places.count {
                var sum = view(places[k])
                k += 1
                while k < places.count, sum.order(to: view(places[k])) == 0 {
                    sum = EntryView(key: sum.key, element: sum.element, count: sum.count &+ places[k].count)
                    k += 1
                }
                if sum.count != 0 { writer.append(sum) }
            }
        }
        return Summary(canonical: writer.bytes)
    }
}
