import EntityStage
import Foundation

/// A model whose bytes stay in memory to the end of the program.
struct ResidentModel {
    let model: NameModel

    init(_ data: Data) throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 64)
        bytes.copyBytes(from: data)
        model = try NameModel(UnsafeRawBufferPointer(bytes))
    }
}
