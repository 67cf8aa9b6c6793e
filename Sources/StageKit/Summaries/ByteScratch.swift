/// Bytes in a buffer that is used again and again, for what is read and written by the million: an array would be asked
/// each time whether somebody else holds it.
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
        count = kept
        append(tail)
    }

    /// Appends `tail`.
    mutating func append(_ tail: UnsafeBufferPointer<UInt8>) {
        let size = count + tail.count
        if size > capacity { grow(to: size) }
        if let start = tail.baseAddress { (base + count).update(from: start, count: tail.count) }
        count = size
    }

    /// Appends a number in LEB128: seven bits a byte, low bits first.
    mutating func append(number: UInt64) {
        if count + 10 > capacity { grow(to: count + 10) }
        var rest = number
        while rest >= 0x80 {
            base[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count += 1
            rest >>= 7
        }
        base[count] = UInt8(truncatingIfNeeded: rest)
        count += 1
    }

    private mutating func grow(to size: Int) {
        capacity = max(size, 2 * capacity)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first eight bytes, high ones first. Noughts stand for those that short bytes lack: what goes on comes behind
    /// them, or is told apart by the rest.
    var head: UInt64 {
        if count >= 8 { return UInt64(bigEndian: UnsafeRawBufferPointer(self).loadUnaligned(as: UInt64.self)) }
        var head: UInt64 = 0
        for k in 0..<8 { head = head << 8 | (k < count ? UInt64(self[k]) : 0) }
        return head
    }

    /// How many bytes at the beginning are the same in both.
    func shared(with other: Self) -> Int {
        let a = UnsafeRawBufferPointer(self)
        let b = UnsafeRawBufferPointer(other)
        let most = Swift.min(a.count, b.count)
        var k = 0
        while k + 8 <= most {
            let one = UInt64(littleEndian: a.loadUnaligned(fromByteOffset: k, as: UInt64.self))
            let two = UInt64(littleEndian: b.loadUnaligned(fromByteOffset: k, as: UInt64.self))
            if one != two { return k + (one ^ two).trailingZeroBitCount / 8 }
            k += 8
        }
        while k < most, a[k] == b[k] { k += 1 }
        return k
    }
}
