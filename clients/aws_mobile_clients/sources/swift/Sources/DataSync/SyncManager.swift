import Foundation

/// What tests, and services with other limits, set otherwise.
public struct Options: Sendable {
    /// The device's name, 1 to 64 of A-Z, a-z, 0-9, _ and -; the store's own unless given.
    public var device: String?
    /// The device's clock, in milliseconds since 1970.
    public var clock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    /// Makes up a token that no push had before.
    public var newToken: @Sendable () -> String = { madeUp(bytes: 16) }
    /// The most changes of one push; no more than the service takes.
    public var maxChanges = 90
    /// The service takes 3.5 MB; the rest is for what is around the changes.
    public var maxPushBytes = 3_000_000

    public init() {}
}

/// The datasets of one identity on this device.
public actor SyncManager {
    private let setting: Setting
    private var turns: [Place: Turns] = [:]
    /// The identity whose datasets these are.
    public private(set) var identity: String

    /// Works for `identity`, the Cognito identity that `transport` signs for, with what `store` holds of it.
    public init(_ store: any Store, _ transport: any Transport, _ identity: String, options: Options = Options()) {
        setting = Setting(store: store, transport: transport, options: options)
        self.identity = identity
    }

    /// Returns the dataset of this name, without asking the service; it need not exist yet.
    public func open(_ name: String) throws -> Dataset {
        let place = Place(identity: identity, dataset: try checkedName(name))
        let turn = turns[place] ?? Turns()
        turns[place] = turn
        return Dataset(setting: setting, place: place, turns: turn)
    }

    /// Asks the service what datasets the identity has; the device must be online.
    public func list() async throws -> [DatasetInfo] {
        let request = Request(method: "GET", path: "/sync/datasets", query: ["identity": identity], body: nil)
        let answer = try await setting.transport.send(request)
        guard answer.isOK else {
            throw answer.failure(request)
        }
        return try answer.read(DatasetList.self).datasets
    }

    /// Goes on as `new`, to whom the guest has signed in, and brings along what the device held so far.
    ///
    /// Each record becomes a local change of the new identity, unless it has one of its own under that key; where the
    /// service holds something else, the next synchronisation asks its handler. Happens whole or not at all, and doing
    /// it again changes nothing. Datasets that were opened before are those of the old identity: open them again.
    ///
    /// For another person on the same device, make a manager of their own instead: nothing is brought along then.
    public func useIdentity(_ new: String) async throws {
        let before = identity
        guard new != before else {
            return
        }
        try await setting.store.transaction { transaction in
            for dataset in try transaction.datasets(before) {
                let old = Place(identity: before, dataset: dataset)
                try bring(old, Place(identity: new, dataset: dataset), transaction)
                try transaction.dropDataset(old)
            }
        }
        identity = new
    }
}

/// Makes the records at `old` local changes at `place`.
private func bring(_ old: Place, _ place: Place, _ transaction: any Transaction) throws {
    var edits = try transaction.progress(place).edits
    var brought = false
    for var record in try transaction.records(old) where record.value != nil {
        if try transaction.record(place, record.key)?.isEdited == true {
            continue
        }
        edits += 1
        brought = true
        record.base = 0
        record.edit = edits
        try transaction.save(place, record)
    }
    if brought {
        // From 0: the next pull must tell of what this identity already has under these keys.
        try transaction.setProgress(place, Progress(since: 0, seenAt: 0, edits: edits))
    }
}
