import Foundation

/// Whether a file or folder is one that nobody but this user, or the system's administrator, can have made or changed: who
/// else may write to it could act with this user's rights.
enum OwnFile {
    /// What speaks against it, in words; nil for nothing. A link is none of it unless it is `followed`.
    static func problem(_ path: String, followed isFollowed: Bool = false) -> String? {
        var info = stat()
        guard (isFollowed ? stat(path, &info) : lstat(path, &info)) == 0 else { return "it can't be looked at" }
        let kind = info.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFDIR else { return "it is neither a file nor a folder" }
        guard info.st_uid == geteuid() || isFollowed && info.st_uid == 0 else { return "it belongs to another user" }
        guard info.st_mode & 0o022 == 0 else { return "others may write to it" }
        return nil
    }
}
