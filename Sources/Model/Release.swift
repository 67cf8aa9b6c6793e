/// Which Colophon this is: in reports, locks and run records.
package enum Release {
    /// The version, after https://semver.org.
    package static let version = "0.1.0"
}
