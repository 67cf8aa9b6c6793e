import Testing

@testable import Text

@Suite("Calendar days")
struct CalendarDayTests {
    @Test("every day of a century and a half is read back as it was written")
    func roundTrip() {
        for number in stride(from: CalendarDay(1899, 12, 28).number, to: CalendarDay(2050, 1, 3).number, by: 1) {
            let day = CalendarDay(number: number)
            #expect(CalendarDay(iso: day.iso) == day)
        }
    }

    @Test("weekdays and leap days are right")
    func known() {
        #expect(CalendarDay(1970, 1, 1).number == 0)
        #expect(CalendarDay(2026, 1, 19).weekday == 1)
        #expect(CalendarDay.days(in: 2, of: 2000) == 29)
        #expect(CalendarDay.days(in: 2, of: 1900) == 28)
        #expect((CalendarDay(2024, 2, 28) + 2).iso == "2024-03-01")
        #expect(CalendarDay(iso: "2023-02-29") == nil)
    }
}
