/// Labels that stand below each other beside the ends of lines.
enum LabelColumn {
    /// How far apart the base lines of two labels are.
    static let step = 15.0

    /// Where labels stand that should stand at these heights: as near to them as they can without lying on each other,
    /// between `top` and `bottom`. In the order of `heights`.
    static func places(_ heights: [Double], from top: Double, to bottom: Double) -> [Double] {
        let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
        var places = heights
        var next = top
        for k in order {
            places[k] = max(heights[k], next)
            next = places[k] + step
        }
        // What was pushed beyond the bottom goes up again, and pushes those above it.
        var last = bottom
        for k in order.reversed() {
            places[k] = min(places[k], last)
            last = places[k] - step
        }
        return places
    }
}
