/// Members of an object whose keys stand in the code: letters, digits and other ASCII marks that need no escape.
extension JSONOutput {
    /// Writes a key and a text, or null.
    @inlinable
    public mutating func field(_ name: StaticString, _ text: String?) {
        key(fixed: name)
        if let text { string(text) } else { null() }
    }

    /// Writes a key and a whole number.
    @inlinable
    public mutating func field(_ name: StaticString, _ integer: Int) {
        key(fixed: name)
        self.integer(integer)
    }

    /// Writes a key and a number, or null.
    @inlinable
    public mutating func field(_ name: StaticString, _ number: Double?) {
        key(fixed: name)
        if let number { self.number(number) } else { null() }
    }

    /// Writes a key and true or false.
    @inlinable
    public mutating func field(_ name: StaticString, _ value: Bool) {
        key(fixed: name)
        bool(value)
    }

    /// Writes a key and a list of texts.
    @inlinable
    public mutating func field(_ name: StaticString, _ texts: [String]) {
        key(fixed: name)
        array(texts) { $0.string($1) }
    }
}
