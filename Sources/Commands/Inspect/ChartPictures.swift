import Foundation
import Model
import Project
import Store

/// The charts of a report as PNG files: word processors do not show SVG by itself.
struct ChartPictures {
    /// By the path in the report, the file with the picture.
    private var pictures: [String: String] = [:]
    /// What to tell the user; nil where every chart has a picture.
    private(set) var note: String?

    /// Draws the charts of the report in `outputs` into `folder`, by a program in the folders of `path`.
    init(_ outputs: OutputFolder, folder: String, path: [String]) {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: outputs.path("charts"))) ?? [])
            .filter { $0.hasSuffix(".svg") }.sorted()
        guard !names.isEmpty else { return }
        let rsvg = SystemProgram.rsvg.installed(in: path)
        guard let program = rsvg ?? SystemProgram.chromium.installed(in: path) else {
            note =
                "the charts are left out: they need \(SystemProgram.rsvg.package) or \(SystemProgram.chromium.package)"
            return
        }
        for name in names {
            let chart = URL(filePath: outputs.path("charts/\(name)")).absoluteURL
            let file = "\(folder)/\(name.dropLast(4)).png"
            let arguments =
                rsvg != nil
                ? ["--zoom", "2", "--background-color", "white", "--output", file, chart.path]
                : SystemProgram.headless(folder) + [
                    "--force-device-scale-factor=2", "--window-size=\(Self.size(of: chart.path))",
                    "--screenshot=\(file)", chart.absoluteString,
                ]
            _ = SystemProgram.run(program, arguments)
            if FileWriting.size(of: file) ?? 0 > 0 { pictures["charts/\(name)"] = file }
        }
        if pictures.count < names.count {
            let missing = Wording.count(names.count - pictures.count, "chart")
            note = "'\(program)' drew no picture of \(missing), which the document goes without"
        }
    }

    /// Width and height as a chart gives them, parted by a comma.
    private static func size(of chart: String) -> String {
        let head = String(decoding: (FileWriting.contents(of: chart) ?? []).prefix(1000), as: UTF8.self)
        func number(_ name: String) -> String {
            head.components(separatedBy: " \(name)=\"").dropFirst().first.map { String($0.prefix { $0.isNumber }) }
                ?? "720"
        }
        return "\(number("width")),\(number("height"))"
    }

    /// The report in Markdown with the pictures in the places of its charts. A chart without one is left out: its data
    /// follow as a table. (Pandoc takes in the pictures of a Word document before its filters run.)
    func report(_ markdown: String) -> String {
        return markdown.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
            guard line.hasPrefix("!["), line.hasSuffix(".svg)"),
                let start = line.range(of: "](charts/", options: .backwards)
            else { return String(line) }
            let chart = String(line[line.index(start.lowerBound, offsetBy: 2)...].dropLast())
            return pictures[chart].map { "\(line[..<start.lowerBound])](\(Pipeline.lastComponent(of: $0)))" }
        }.joined(separator: "\n")
    }

    /// A filter for pandoc: pictures are as wide as the text, and links to files, which do not go with the document, leave
    /// their text.
    static let filter = """
        function Image(image)
          image.attributes.width = '100%'
          return image
        end
        function Link(link)
          if not link.target:match('^https?:') then return link.content end
        end

        """
}
