/// The order in which the things of a document stand in keys.
///
/// A document adds thousands of rows. Made in the order in which they will be sorted, they need hardly any sorting.
struct KeyOrder {
    /// The numbers of the things, in order.
    let sorted: [Int]
    /// Of each thing, how many come before it.
    let places: [Int]

    init(_ sorted: [Int]) {
        self.sorted = sorted
        var places = Array(repeating: 0, count: sorted.count)
        for (place, thing) in sorted.enumerated() { places[thing] = place }
        self.places = places
    }

    /// Whether `a` comes before `b`.
    func precedes(_ a: Int, _ b: Int) -> Bool { places[a] < places[b] }
}
