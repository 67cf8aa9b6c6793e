"""Charts over data that is hard to draw: as a notebook, and what is wrong with the boxes of their texts."""

LONG = "The committee for the schools, the roads and the harbours of the northern coast and of all its islands"
NAMES = [
    "Harbour", LONG, "W" * 90, "北部沿岸地域における学校道路及び港湾に関する合同委員会の第三回報告書", "لجنة المدارس والطرق والموانئ في الساحل الشمالي",
    "ועדת בתי הספר והנמלים", "a\u202eb\u2066c", "", " ", "<b>&amp;</b>", "e\u0301" * 40, "👩‍👩‍👧‍👦" * 30, "name | pipe", "İstanbul–Ğ",
]


def text(value):
    return "null" if value is None else "'" + str(value).replace("'", "''") + "'"


def number(value):
    return "null" if value is None else repr(value)


def rows(columns, values, where=""):
    """A query that gives these rows."""
    if not values:
        return "select " + ", ".join(f"null as {c}" for c in columns) + " where 0"
    lists = ", ".join("(" + ", ".join(v) + ")" for v in values)
    names = ", ".join(f"column{k + 1} as {c}" for k, c in enumerate(columns))
    return f"select {names} from (values {lists})"


# What stands in the columns of numbers.
COLUMNS = {
    "one value": [5],
    "all equal": [7] * 6,
    "zeros": [0] * 5,
    "negative": [-5, -1, -1000, -0.25, -12.5],
    "both sides": [-5, 3, 0, 1200, -900],
    "missing": [1, None, None, 4, None, 2],
    "none at all": [None, None, None],
    "large beside small": [1_000_000_000, 1, 2, 999_999_999],
    "very large": [123_456_789_012_345, 9e15, -8e14],
    "fractions": [0.1, 1 / 3, 2 / 3, 1e-9, 0.12345678901234],
    "300 items": [(k * 7919) % 1000 for k in range(300)],
    "no rows": [],
}
SERIES = ["claims", "a measure with a very long name that goes on and on and on and on", "数値", "w"]


def cells():
    """The charts: a caption and the cell of each."""
    found = []

    def add(kind, name, query):
        found.append((f"{kind} {name}", f"```{{chart}} {kind}\ncaption: {kind} {name}\nempty: Nothing.\nsql: {query}\n```"))

    for name, values in COLUMNS.items():
        for series in (1, 3):
            measures = [SERIES[k].replace(" ", "_") for k in range(series)]
            quoted = [f'"{m}"' for m in measures]
            title = f"{name}, {series}"
            by_name = [[text(NAMES[k % len(NAMES)] + (f" {k}" if k >= len(NAMES) else ""))] + [number(v)] * series
                       for k, v in enumerate(values)]
            for kind in ("bar", "line"):
                add(kind, title, rows(["name"] + quoted, by_name))
            if not any(v is not None and v < 0 for v in values):
                for kind in ("stacked", "share"):
                    add(kind, title, rows(["name"] + quoted, by_name))
            by_number = [[number(k * k)] + [number(v)] * series for k, v in enumerate(values)]
            add("line", title + ", numbers below", rows(["place"] + quoted, by_number))
            for unit, date in (("days", lambda k: f"2024-{k // 28 % 12 + 1:02}-{k % 28 + 1:02}" if k < 336 else None),
                               ("months", lambda k: f"{2000 + k // 12}-{k % 12 + 1:02}"), ("years", lambda k: f"{1700 + k}"),
                               ("far", lambda k: f"{1000 + k * 37 % 9000:04}")):
                if not values:
                    continue
                by_date = [[text(date(k))] + [number(v)] * series for k, v in enumerate(values)]
                # shares can't be added up, and so need a date each
                for kind in ("timeline", "line"):
                    add(kind, f"{title}, {unit}", rows(["date"] + quoted, by_date))
        pairs = [[text(NAMES[k % len(NAMES)]), number(v), number(None if v is None else v * v % 97)] for k, v in enumerate(values)]
        add("slope", name, rows(["name", "before_and_a_name_that_goes_on_and_on_and_on", "now"], pairs))
        add("slope", name + ", large", rows(["name", "before", "now"], [[p[0], p[1], p[1]] for p in pairs]))
        for unit, place in (("days", lambda k: text(f"2024-{k // 28 % 12 + 1:02}-{k % 28 + 1:02}") if k < 336 else "null"),
                            ("numbers", lambda k: number(k * k))):
            for names in (1, 5, len(NAMES)):
                add("multiples", f"{name}, {unit}, {names}", rows(["name", "place", "claims"], [
                    [text(NAMES[k % names]), place(k), number(v)] for k, v in enumerate(values)]))
        add("scatter", name, rows(["name", "far", "high"], pairs))
        fields = [[text(NAMES[k % len(NAMES)] + (str(k) if k >= 150 else "")), text(NAMES[k // len(NAMES) % len(NAMES)] + str(k // 150)), number(v)]
                  for k, v in enumerate(values)]
        add("heat", name, rows(["row", "col", "claims"], fields))
        add("dispersion", name, rows(["name", "place"], [[text(NAMES[k % len(NAMES)]), number(v)] for k, v in enumerate(values)]))
        add("dispersion", f"{name}, days", rows(["name", "day"], [[text(NAMES[k % len(NAMES)]), text(f"20{k % 30:02}-0{k % 9 + 1}")]
                                                                     for k in range(len(values))]))
    months = [[text(f"{2000 + k // 12}-{k % 12 + 1:02}"), number(k % 17)] for k in range(200)]
    for kind in ("timeline", "line"):
        add(kind, "200 months", rows(["month", "claims"], months))
    figures = ["source", "date", "lower", "upper", "figure"]
    for name, values in COLUMNS.items():
        for dates in ([None], ["2024-01-13"], ["2024-01-13", "2024-01-14", "2024-01-15"], ["1850", "2024-03", "2025-01-01"]):
            given = []
            for k, value in enumerate(values):
                bounds = [(value, value), (value, None), (None, value),
                          (value, None if value is None else value + 10)][k % 4]
                given.append([text(NAMES[k % len(NAMES)]), text(dates[k % len(dates)]), number(bounds[0]), number(bounds[1]),
                              text(None if k % 3 else LONG if k % 2 else "about that many")])
            add("figures", f"{name}, {len(dates)} days {dates[0]}", rows(figures, given))
    return found


def notebook():
    return "# Charts that are hard to draw\n\n" + "\n\n".join(cell for _, cell in cells()) + "\n"


# For each picture: texts that leave it, and pairs that overlap by more than a hair.
BOXES = """
(function () {
  var found = [];
  document.querySelectorAll('svg.chart').forEach(function (svg) {
    var frame = svg.getBoundingClientRect(), name = svg.getAttribute('aria-label');
    var texts = Array.prototype.map.call(svg.querySelectorAll('text'), function (text) {
      return { text: text.textContent, box: text.getBoundingClientRect() };
    }).filter(function (t) { return t.box.width > 0; });
    texts.forEach(function (a, k) {
      if (a.box.left < frame.left - 1 || a.box.right > frame.right + 1 || a.box.top < frame.top - 1 || a.box.bottom > frame.bottom + 1) {
        found.push(name + ': “' + a.text + '” leaves the frame');
      }
      texts.slice(k + 1).forEach(function (b) {
        var across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        var down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 1 && down > 3) { found.push(name + ': “' + a.text + '” lies over “' + b.text + '”'); }
      });
    });
    svg.querySelectorAll('rect, circle, path, polyline').forEach(function (mark) {
      var box = mark.getBoundingClientRect();
      if (box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + 1 || box.top < frame.top - 1) {
        found.push(name + ': a ' + mark.tagName + ' leaves the frame');
      }
    });
  });
  return found;
})()
"""
