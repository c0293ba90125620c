/// A record as the device holds it.
public struct StoredRecord: Codable, Sendable {
    public let key: String
    /// `nil`: it was removed.
    public var value: String?
    /// The record's count at the service, as far as the device knows; 0: the service never told of it.
    public var base: Int64
    /// When it was changed, in milliseconds since 1970, by the clock of the device that did.
    public var changedAt: Int64
    /// The number of the local change that the service has not taken yet; 0: there is none.
    public var edit: Int64

    public init(key: String, value: String?, base: Int64, changedAt: Int64, edit: Int64) {
        self.key = key
        self.value = value
        self.base = base
        self.changedAt = changedAt
        self.edit = edit
    }

    /// Whether there is a local change that the service has not taken yet.
    public var isEdited: Bool { edit > 0 }
}

/// How far a dataset is in step with the service.
public struct Progress: Codable, Sendable {
    /// The device holds everything that the service took up to this count.
    public var since: Int64
    /// When that was, by the service's clock, in seconds since 1970.
    public var seenAt: Int64
    /// The number of the last local change.
    public var edits: Int64

    public init(since: Int64 = 0, seenAt: Int64 = 0, edits: Int64 = 0) {
        self.since = since
        self.seenAt = seenAt
        self.edits = edits
    }
}

/// A push that was sent, or was about to be, and of which no answer is known.
public struct PendingPush: Codable, Sendable {
    /// What is sent, again and again, until an answer comes: its token makes it count once.
    public let body: PushBody
    /// The numbers of the local changes that were sent, in the order of `body.changes`.
    public let edits: [Int64]

    public init(body: PushBody, edits: [Int64]) {
        self.body = body
        self.edits = edits
    }

    func holds(_ key: String) -> Bool {
        body.changes.contains { isSame($0.key, key) }
    }
}

/// Where a store keeps a dataset: each identity has its own.
public struct Place: Codable, Hashable, Sendable {
    public let identity: String
    public let dataset: String

    public init(identity: String, dataset: String) {
        self.identity = identity
        self.dataset = dataset
    }
}

/// Reads and changes inside one transaction.
public protocol Transaction {
    /// The name of this device, made up when the store was.
    func device() throws -> String
    /// The names of the datasets that are kept of an identity, in order.
    func datasets(_ identity: String) throws -> [String]
    func progress(_ place: Place) throws -> Progress
    /// One record, a removed one too.
    func record(_ place: Place, _ key: String) throws -> StoredRecord?
    /// All records, removed ones too, in the order of the keys' bytes.
    func records(_ place: Place) throws -> [StoredRecord]
    /// The push of which no answer is known.
    func pending(_ place: Place) throws -> PendingPush?
    func setProgress(_ place: Place, _ progress: Progress) throws
    func save(_ place: Place, _ record: StoredRecord) throws
    /// Forgets a record.
    func drop(_ place: Place, _ key: String) throws
    /// Keeps the push that is about to be sent, or forgets it.
    func setPending(_ place: Place, _ push: PendingPush?) throws
    /// Forgets everything about a dataset.
    func dropDataset(_ place: Place) throws
}

/// Where a device keeps its datasets: a `MemoryStore`, a `FileStore`, or an app's own.
public protocol Store: Sendable {
    /// Does everything inside whole, or, if it throws or the device dies, not at all; alone of all transactions.
    ///
    /// Once it returns, the changes survive a crash.
    func transaction<T: Sendable>(_ body: @Sendable (any Transaction) throws -> T) async throws -> T
}
