package import StageKit

extension CleanStage {
    /// The layer that holds a document as it was read, before anything is known of others.
    package static var page: LayerName { Page.name }

    /// What a document says about itself, as it was read, with what the metadata file says of it; nil without ``page``.
    package static func metadata(of layers: LayerSet) throws -> Metadata? { try layers.value(Page.self)?.metadata }
}
