package import StageKit

/// A variant as a notebook is checked against it: its name, and the parameters of the pipeline under it.
package struct VariantSetting: Sendable {
    package let name: String
    package let parameters: [String: OptionValue]

    package init(name: String, parameters: [String: OptionValue]) {
        self.name = name
        self.parameters = parameters
    }
}
