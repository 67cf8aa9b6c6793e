import Foundation
import StageKit
import Testing

@testable import CleanStage

/// Fourteen reports of one ministry, a day each: the same head, foot and headings, other figures, names and days.
@Suite("The daily reports of a ministry")
struct SituationReportTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/situation-reports")

    private static func reports() throws -> [(id: String, bytes: [UInt8])] {
        try (1...14).map { k in
            let name = (k < 10 ? "0" : "") + "\(k).txt"
            return (name, Array(try Data(contentsOf: folder.appending(path: name))))
        }
    }

    @Test("lose their head and foot and nothing else")
    func text() async throws {
        let reports = try Self.reports()
        let cleaned = try await Cleaned(reports)
        for (k, report) in reports.enumerated() {
            let blocks = String(decoding: report.bytes, as: UTF8.self).split(separator: "\n\n").map {
                $0.trimmingCharacters(in: .newlines)
            }
            // the head is two lines, the fourth is the day, the foot is three
            #expect(try cleaned.text(k) == ([blocks[2]] + blocks[4..<12]).joined(separator: "\n\n"))
            #expect(try cleaned.metadata(k).title == "Situation report no. \(k + 1)")
            #expect(try cleaned.metadata(k).date == "2031-05-\(k + 3 < 10 ? "0" : "")\(k + 3)")
        }
    }

    @Test("lose nothing when only two of them are there")
    func two() async throws {
        let cleaned = try await Cleaned(Array(try Self.reports().prefix(2)))
        #expect(try cleaned.text(0).contains("The ministry keeps the harbours"))
    }
}
