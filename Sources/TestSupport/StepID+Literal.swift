package import StageKit

/// In tests, a step is written as it is shown: `clean.read`; without a dot it is a program's.
extension StepID: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        let parts = value.split(separator: ".", maxSplits: 1).map(String.init)
        self.init(stage: parts[0], name: parts.count > 1 ? parts[1] : "")
    }
}
