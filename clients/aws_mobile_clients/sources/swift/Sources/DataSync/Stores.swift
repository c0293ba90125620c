import Foundation

/// A store in memory: for tests, and for apps that want nothing kept.
public struct MemoryStore: Store {
    private let store = DocumentStore(MemoryDocuments())

    public init() {}

    public func transaction<T: Sendable>(_ body: @Sendable (any Transaction) throws -> T) async throws -> T {
        try await store.transaction(body)
    }
}

/// Only the one actor that it is given to ever calls it, so nothing here happens at the same time.
private final class MemoryDocuments: Documents, @unchecked Sendable {
    private var texts: [String: Data] = [:]

    func read(_ name: String) throws -> Data? {
        texts[name]
    }

    func write(_ name: String, _ text: Data) throws {
        texts[name] = text
    }

    func remove(_ name: String) throws {
        texts[name] = nil
    }
}

/// A store in a folder of its own, such as one under Application Support; it is made if it is not there.
///
/// Use one `FileStore` for a folder at a time: open it once, and give it to whoever needs it.
public struct FileStore: Store {
    private let store: DocumentStore

    public init(folder: URL) {
        store = DocumentStore(FileDocuments(folder: folder))
    }

    public func transaction<T: Sendable>(_ body: @Sendable (any Transaction) throws -> T) async throws -> T {
        try await store.transaction(body)
    }
}

private struct FileDocuments: Documents {
    let folder: URL

    func read(_ name: String) throws -> Data? {
        let path = file(name)
        return FileManager.default.fileExists(atPath: path.path) ? try Data(contentsOf: path) : nil
    }

    /// Writes beside, makes that survive a power cut, and puts it in place by renaming, which happens whole or not.
    func write(_ name: String, _ text: Data) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let beside = folder.appendingPathComponent("\(name).json.new")
        try text.write(to: beside)
        let handle = try FileHandle(forWritingTo: beside)
        try handle.synchronize()
        try handle.close()
        guard rename(beside.path, file(name).path) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    func remove(_ name: String) throws {
        let path = file(name)
        if FileManager.default.fileExists(atPath: path.path) {
            try FileManager.default.removeItem(at: path)
        }
    }

    private func file(_ name: String) -> URL {
        folder.appendingPathComponent("\(name).json")
    }
}
