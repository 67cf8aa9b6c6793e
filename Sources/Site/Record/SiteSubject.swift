import Text

/// What a page is about, as a number under which the pages of one subject are known: a hash of kind and id.
struct SiteSubject: Hashable, Comparable {
    let value: UInt64

    init(_ kind: SiteAddress.Kind, _ id: String) {
        var hash = StableHash()
        hash.combine(kind.rawValue.utf8)
        hash.combine(UInt8(0))
        hash.combine(id.utf8)
        let place = SiteAddress.Kind.allCases.firstIndex(of: kind) ?? 0
        value = hash.value & ~Self.kinds | UInt64(place)
    }

    /// A file that is about everything: a list, the search, the report.
    init(file path: String) { value = StableHash.of(path.utf8) | Self.kinds }

    init(stored value: Int) { self.value = UInt64(bitPattern: Int64(value)) }

    /// The number as databases keep it.
    var stored: Int { Int(Int64(bitPattern: value)) }

    /// The bits that tell the kind.
    private static let kinds: UInt64 = 7

    /// The kind of the subject; nil for a file that is about everything.
    var kind: SiteAddress.Kind? {
        let place = Int(value & Self.kinds)
        return SiteAddress.Kind.allCases.indices.contains(place) ? SiteAddress.Kind.allCases[place] : nil
    }

    static func < (a: SiteSubject, b: SiteSubject) -> Bool { a.value < b.value }
}
