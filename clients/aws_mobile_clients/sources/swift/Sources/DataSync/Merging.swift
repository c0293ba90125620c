/// Under what a decision is kept: another local edit, or another count at the service, is another conflict.
struct Decided: Hashable, Sendable {
    let key: RecordKey
    let edit: Int64
    let syncCount: Int64

    init(_ held: StoredRecord, _ remote: RemoteRecord) {
        key = RecordKey(held.key)
        edit = held.edit
        syncCount = remote.syncCount
    }
}

/// What a handler made up.
struct MadeUp: Sendable {
    let key: String
    let value: String?
    let base: Int64
}

/// Tells whether the device holds what the service once took and has not any more: a copy took over that was behind.
func isAhead(_ held: [StoredRecord], _ syncCount: Int64) -> Bool {
    held.contains { $0.base > syncCount }
}

/// What is to be stored of a pull, decided without storing anything.
struct Merge: Sendable {
    private let dataset: String
    private let pulled: Pulled
    private let decisions: [Decided: Decision]

    private(set) var saved: [StoredRecord] = []
    /// What the service lost and the device still has; they become local changes, numbered in this order.
    private(set) var revived: [StoredRecord] = []
    /// What a handler made up; they become local changes of now, numbered in this order after the revived ones.
    private(set) var decided: [MadeUp] = []
    private(set) var dropped: [String] = []
    /// Conflicts that nobody has decided yet; with any of them, nothing may be stored.
    private(set) var undecided: [(held: StoredRecord, conflict: Conflict)] = []
    /// Records that another device changed.
    private(set) var news = 0

    /// Merges a pull into the records that are held.
    init(_ dataset: String, _ held: [StoredRecord], _ pulled: Pulled, _ decisions: [Decided: Decision]) {
        self.dataset = dataset
        self.pulled = pulled
        self.decisions = decisions
        let byKey = Dictionary(uniqueKeysWithValues: held.map { (RecordKey($0.key), $0) })
        for record in pulled.records {
            take(byKey[RecordKey(record.key)], record)
        }
        if pulled.since == 0 {
            let there = Set(pulled.records.map { RecordKey($0.key) })
            let inOrder = held.sorted { ($0.edit, RecordKey($0.key)) < ($1.edit, RecordKey($1.key)) }
            for record in inOrder where !there.contains(RecordKey(record.key)) {
                miss(record)
            }
        }
    }

    /// Merges a record that the pull brought.
    private mutating func take(_ held: StoredRecord?, _ remote: RemoteRecord) {
        guard let held else {
            news += 1
            saved.append(StoredRecord(synchronised: remote))
            return
        }
        if remote.syncCount < held.base {
            // The service was set back: what this device holds is newer and becomes a change again.
            keep(held, base: remote.syncCount)
        } else if remote.syncCount > held.base {
            news += 1
            if held.isEdited, !isSame(held.value, remote.value) {
                decide(held, remote)
            } else {
                saved.append(StoredRecord(synchronised: remote))
            }
        }
    }

    /// Merges a record that the device holds and the service does not.
    private mutating func miss(_ held: StoredRecord) {
        if held.value == nil || (!held.isEdited && held.base <= pulled.syncCount) {
            dropped.append(held.key)
        } else if held.base > pulled.syncCount {
            keep(held, base: 0)
        } else if held.base > 0 {
            decide(held, RemoteRecord(nothingUnder: held.key))
        }
    }

    private mutating func keep(_ held: StoredRecord, base: Int64) {
        var rebased = held
        rebased.base = base
        if held.isEdited {
            saved.append(rebased)
        } else {
            revived.append(rebased)
        }
    }

    private mutating func decide(_ held: StoredRecord, _ remote: RemoteRecord) {
        switch decisions[Decided(held, remote)] {
        case nil:
            let change = LocalChange(value: held.value, changedAt: held.changedAt)
            undecided.append((held, Conflict(dataset: dataset, key: held.key, local: change, remote: remote)))
        case .remote:
            yield(to: remote)
        case .value(let value) where isSame(value, remote.value):
            yield(to: remote)
        case .value(let value) where !isSame(value, held.value):
            decided.append(MadeUp(key: held.key, value: value, base: remote.syncCount))
        case .local, .value:
            var rebased = held
            rebased.base = remote.syncCount
            saved.append(rebased)
        }
    }

    private mutating func yield(to remote: RemoteRecord) {
        if remote.syncCount > 0 {
            saved.append(StoredRecord(synchronised: remote))
        } else {
            dropped.append(remote.key)
        }
    }
}

extension StoredRecord {
    init(synchronised remote: RemoteRecord) {
        self.init(
            key: remote.key, value: remote.value, base: remote.syncCount, changedAt: remote.changedAt, edit: 0
        )
    }
}
