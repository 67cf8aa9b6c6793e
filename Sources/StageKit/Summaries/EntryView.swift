import Text

/// An entry as it stands in the buffers of who reads it: valid until that goes on to the next one.
package struct EntryView {
    /// The row.
    package let key: UnsafeBufferPointer<UInt8>
    /// The element of the row.
    package let element: UnsafeBufferPointer<UInt8>
    /// How often it is counted.
    package let count: Int

    package init(key: UnsafeBufferPointer<UInt8>, element: UnsafeBufferPointer<UInt8>, count: Int) {
        self.key = key
        self.element = element
        self.count = count
    }

    /// Negative where this entry's key and element come before those of `other`, zero where they are the same.
    package func order(to other: EntryView) -> Int {
        let order = key.order(to: other.key)
        return order == 0 ? element.order(to: other.element) : order
    }
}
