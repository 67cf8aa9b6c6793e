/// The frame of a chart whose values go upwards: legend, marks of the scale, names of the axes.
struct Frame {
    var picture: Picture
    let left: Double
    let right: Double
    let top: Double
    private let scale: Scale
    private let names: [String]
    /// How far the last label below the axis reaches.
    private var taken = -Double.infinity

    static let bottom = 220.0

    /// `room` is kept free to the right of the values. Without a legend, series have their names elsewhere.
    init(
        series names: [String], scale: Scale, title: String, room: Double = 0, hasLegend: Bool = true,
        mark: (inout Picture, _ series: Int, _ x: Double, _ y: Double) -> Void
    ) {
        self.scale = scale
        self.names = names
        left = 34 + (scale.ticks.map { Picture.width(of: Scale.label($0)) }.max() ?? 0)
        right = Picture.width - 12 - room
        var picture = Picture(title: title)
        top = 10 + (hasLegend ? picture.legend(names, from: left, mark: mark) : 0)
        picture.height = Self.bottom + 48
        for tick in scale.ticks {
            let y = scale.place(tick, from: Self.bottom, to: top)
            picture.line(left, y, right, y, class: tick == 0 ? "axis" : "grid")
            picture.text(Scale.label(tick), left - 6, y + 4, .end, class: "note")
        }
        self.picture = picture
    }

    /// Where a value stands.
    func y(_ value: Double) -> Double { scale.place(value, from: Self.bottom, to: top) }

    /// A mark below the axis, with its name if there is room for it.
    mutating func tick(_ label: String, at x: Double) {
        picture.line(x, Self.bottom, x, Self.bottom + 4, class: "axis")
        let half = Picture.width(of: label) / 2
        let middle = min(max(x, half + 2), Picture.width - half - 2)
        guard middle - half > taken else { return }
        taken = middle + half + 6
        picture.text(label, middle, Self.bottom + 18, .middle)
    }

    /// The name of the axis, and of the values where they have only one.
    mutating func names(axis: String) {
        picture.text(
            Picture.fitted(axis, to: right - left), (left + right) / 2, Self.bottom + 40, .middle, class: "note")
        guard names.count == 1 else { return }
        picture.text(
            Picture.fitted(names[0], to: Self.bottom - top), 12, (top + Self.bottom) / 2, .middle, class: "note",
            turned: true)
    }
}
