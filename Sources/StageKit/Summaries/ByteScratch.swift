/// Bytes in a buffer that is used again and again, for what is read by the million: an array would be asked each time
/// whether somebody else holds it.
struct ByteScratch: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity = 64
    private(set) var count = 0

    init() { base = .allocate(capacity: 64) }

    deinit { base.deallocate() }

    /// What is in it, valid until the next change.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// Keeps the first `kept` bytes, of which there have to be as many, and appends `tail`.
    mutating func replace(after kept: Int, with tail: UnsafeBufferPointer<UInt8>) {
        precondition(0 <= kept && kept <= count)
        let size = kept + tail.count
        if size > capacity { grow(to: size, keeping: kept) }
        if let start = tail.baseAddress { (base + kept).update(from: start, count: tail.count) }
        count = size
    }

    private mutating func grow(to size: Int, keeping kept: Int) {
        capacity = max(size, 2 * capacity)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: base, count: kept)
        base.deallocate()
        base = larger
    }
}
