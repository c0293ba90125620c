/// What one synchronisation did.
public struct Outcome: Equatable, Sendable {
    /// Records that other devices had changed.
    public internal(set) var pulled = 0
    /// Changes of this device that the service took, among them those whose answer was lost before.
    public internal(set) var pushed = 0
    /// Conflicts that the handler decided.
    public internal(set) var conflicts = 0
    /// Rounds after the first.
    public internal(set) var retries = 0
}

/// A record that the device holds.
public struct Entry: Sendable {
    public let key: String
    public let value: String
}

/// What the datasets of one manager have in common.
struct Setting: Sendable {
    let store: any Store
    let transport: any Transport
    let options: Options
}

/// A named set of records, text under text keys, of one identity; a `SyncManager` gives these out.
public struct Dataset: Sendable {
    let setting: Setting
    let place: Place
    /// One device pushes one thing at a time.
    let turns: Turns

    /// The dataset's name.
    public var name: String { place.dataset }

    /// Returns what the device holds under the key; `nil` if nothing.
    public func get(_ key: String) async throws -> String? {
        let key = try checkedKey(key)
        let place = self.place
        return try await setting.store.transaction { try $0.record(place, key) }?.value
    }

    /// Returns everything that the device holds, in the order of the keys' bytes.
    ///
    /// Not a dictionary, as Swift's would take two keys for one that differ only in how their letters are composed.
    public func all() async throws -> [Entry] {
        let place = self.place
        return try await setting.store.transaction { try $0.records(place) }.compactMap { record in
            record.value.map { Entry(key: record.key, value: $0) }
        }
    }

    /// Sets a record on this device; once this returns, the change survives a crash.
    public func put(_ key: String, _ value: String) async throws {
        try await edit(try checkedKey(key), value)
    }

    /// Removes a record on this device; one that is not there stays so.
    public func remove(_ key: String) async throws {
        try await edit(try checkedKey(key), nil)
    }

    /// Brings this device and the service in step: pulls, lets `handler` decide conflicts, pushes.
    ///
    /// Throws a `SyncError` if it cannot be done now; every local change is kept, and the next call goes on from there.
    public func synchronize(_ handler: @escaping Handler = lastWriter) async throws -> Outcome {
        let (setting, place) = (self.setting, self.place)
        return try await turns.take {
            var synchronization = Synchronization(setting: setting, place: place, handler: handler)
            return try await synchronization.run()
        }
    }

    /// Deletes the dataset, at the service and then on this device; the device must be online.
    ///
    /// Refused with the code `DatasetChanged` if the service holds what this device has not seen: nothing is deleted
    /// then; synchronise, and delete again. Local changes that were not pushed go with it.
    public func delete() async throws {
        let (setting, place) = (self.setting, self.place)
        try await turns.take {
            let base = try await setting.store.transaction { try $0.progress(place) }.since
            let query = ["identity": place.identity, "base": String(base)]
            let path = "/sync/datasets/\(place.dataset)"
            let request = Request(method: "DELETE", path: path, query: query, body: nil)
            let answer = try await setting.transport.send(request)
            guard answer.isOK else {
                throw answer.failure(request)
            }
            try await setting.store.transaction { try $0.dropDataset(place) }
        }
    }

    private func edit(_ key: String, _ value: String?) async throws {
        let (place, clock) = (self.place, setting.options.clock)
        try await setting.store.transaction { transaction in
            let held = try transaction.record(place, key)
            if value == nil {
                guard let held, held.value != nil else {
                    return
                }
                let isPending = try transaction.pending(place)?.holds(key) ?? false
                if held.base == 0, !isPending {
                    // The service never heard of it: there is nothing to tell; this also takes back what it refused.
                    try transaction.drop(place, key)
                    return
                }
            }
            var progress = try transaction.progress(place)
            progress.edits += 1
            try transaction.setProgress(place, progress)
            let record = StoredRecord(
                key: key, value: value, base: held?.base ?? 0, changedAt: clock(), edit: progress.edits
            )
            try transaction.save(place, record)
        }
    }
}
