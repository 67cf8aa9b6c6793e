/// Finds where an object of JSON ends that other text follows.
enum JSONExtent {
    /// The end of the object that begins with the first byte; nil for one that does not end before `limit`.
    static func end(of bytes: [UInt8], limit: Int) -> Int? {
        var depth = 0
        var isString = false
        var k = 0
        while k < min(limit, bytes.count) {
            switch bytes[k] {
            case UInt8(ascii: "\\") where isString: k += 1
            case UInt8(ascii: "\""): isString.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += isString ? 0 : 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= isString ? 0 : 1
                if depth == 0, !isString { return k + 1 }
            default: break
            }
            k += 1
        }
        return nil
    }
}
