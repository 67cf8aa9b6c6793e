extension RandomAccessCollection<Int> where Index == Int {
    /// The first index of what is sorted whose element is at least `value`; the end when there is none.
    func firstIndex(sortedAtLeast value: Int) -> Int {
        var low = startIndex, high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
