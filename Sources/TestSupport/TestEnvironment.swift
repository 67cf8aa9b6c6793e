internal import CTestEnvironment

/// What every process of tests has in its environment, whoever runs it.
package enum TestEnvironment {
    /// Where the user's configuration is looked for (`XDG_CONFIG_HOME`): a folder in which nothing of ours is. It is set before
    /// anything else runs, so that no test depends on the `colophon.yaml` of the person at the machine.
    package static let configuration = String(cString: colophon_test_configuration())
}
