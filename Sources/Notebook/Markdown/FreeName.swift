extension String {
    /// This name, or where it is taken the first of `name-2`, `name-3` and so on that is not; the numbers begin with
    /// `number`.
    func firstFree(from number: Int = 2, isTaken: (String) -> Bool) -> String {
        var number = number
        var name = self
        while isTaken(name) {
            name = "\(self)-\(number)"
            number += 1
        }
        return name
    }
}
