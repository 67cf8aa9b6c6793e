/// Takes the values of a row one by one, in the order of the columns.
protocol ValueSink: AnyObject {
    func null()
    func integer(_ value: Int)
    func real(_ value: Double)
    func text(utf8 value: UnsafeBufferPointer<UInt8>)
}

extension ValueSink {
    func integer(_ value: Int?) { if let value { integer(value) } else { null() } }

    func bool(_ value: Bool) { integer(value ? 1 : 0) }

    /// A number that is none is no value.
    func real(_ value: Double?) {
        guard let value, !value.isNaN else { return null() }
        real(value)
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { text(utf8: $0) }
    }

    func text(_ value: String?) { if let value { text(value) } else { null() } }

    func text(_ value: ArraySlice<UInt8>) { value.withUnsafeBufferPointer { text(utf8: $0) } }

    func text(_ value: ArraySlice<UInt8>?) { if let value { text(value) } else { null() } }
}
