import Digests
import StageKit
import Testing

@testable import RemoteCache

@Suite("Entries of a cache")
struct ActionResultTests {
    @Test("an entry is the message that the Remote Execution API has, and is read again")
    func encoded() {
        let digest = ContentDigest(of: [1, 2, 3])
        let entry = ActionResult(digest: digest, size: 300)
        // output_files { path: "sheet" digest { hash: "…" size_bytes: 300 } }
        let hash = Array(digest.description.utf8)
        let named = [0x0A, 64] + hash + [0x10, 0xAC, 0x02]
        let file = [0x0A, 5] + Array("sheet".utf8) + [0x12, UInt8(named.count)] + named
        #expect(entry.encoded == [0x12, UInt8(file.count)] + file)
        #expect(ActionResult(entry.encoded) == entry)
    }

    @Test("fields that others add are passed over, and what is no entry is none")
    func others() {
        let entry = ActionResult(digest: ContentDigest(of: []), size: 0)
        // exit_code: 0; stdout_raw: "x"
        #expect(ActionResult([0x20, 0x00] + entry.encoded + [0x2A, 0x01, 0x78]) == entry)
        for count in 0..<entry.encoded.count { #expect(ActionResult(Array(entry.encoded[..<count])) == nil) }
        for bytes in [Array("<!doctype html>".utf8), [0xFF], [0x12, 0xFF, 0xFF, 0xFF, 0x7F], [0x12, 0x00]] {
            #expect(ActionResult(bytes) == nil)
        }
    }
}
