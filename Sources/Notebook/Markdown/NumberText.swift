/// Numbers as reports print them, the same in every locale.
enum NumberText {
    /// A whole number with a comma before each three digits, from five digits on: `1234`, `12,345`.
    static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude).utf8)
        guard digits.count > 4 else { return String(value) }
        var bytes: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        for (k, digit) in digits.enumerated() {
            if k > 0, (digits.count - k) % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A whole number up to 10^16 with all its digits; any other with at most twelve significant ones, without zeros at the
    /// end.
    static func real(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "-∞" : "∞" }
        if value == value.rounded(), value.magnitude < 1e16 { return grouped(Int(value)) }
        let shortest = "\(value)"
        let significant = shortest.utf8.prefix { $0 != UInt8(ascii: "e") }
            .filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.drop { $0 == UInt8(ascii: "0") }.count
        if significant <= 12 { return shortest }
        return rounded(value)
    }

    /// A number for a picture: at most two digits behind the point.
    static func coordinate(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int((min(max(value, -1e6), 1e6) * 100).rounded())
        let (whole, part) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
        let sign = hundredths < 0 ? "-" : ""
        if part == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)")"
    }

    /// `value` rounded to twelve significant digits: scaled by powers of ten until it has twelve digits before the
    /// point.
    private static func rounded(_ value: Double) -> String {
        var exponent = 0
        var scaled = value.magnitude
        while scaled >= 1e12 {
            scaled /= 10
            exponent += 1
        }
        while scaled < 1e11, exponent > -320 {
            scaled *= 10
            exponent -= 1
        }
        var digits = Int(scaled.rounded())
        while digits % 10 == 0, digits > 0 {
            digits /= 10
            exponent += 1
        }
        let text = "\(value < 0 ? "-" : "")\(digits)e\(exponent)"
        guard let shortest = Double(text).map({ "\($0)" }) else { return text }
        return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
    }
}
