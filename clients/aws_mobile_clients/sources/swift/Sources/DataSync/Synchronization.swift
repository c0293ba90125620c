/// How often a synchronisation starts anew because another device was quicker.
private let roundLimit = 8

/// One call of `synchronize`.
struct Synchronization {
    private let setting: Setting
    private let place: Place
    private let handler: Handler
    private var outcome = Outcome()
    /// Whether the next pull asks for everything: the service is not what this device remembers.
    private var anew = false

    init(setting: Setting, place: Place, handler: @escaping Handler) {
        self.setting = setting
        self.place = place
        self.handler = handler
    }

    private var path: String { "/sync/datasets/\(place.dataset)" }

    /// Sends again what has no answer yet; then pulls and pushes until no other device comes between.
    mutating func run() async throws -> Outcome {
        let place = self.place
        if let left = try await setting.store.transaction({ try $0.pending(place) }) {
            _ = try await push(left)
        }
        for turn in 0..<roundLimit {
            outcome.retries = turn
            guard try await pull() else {
                continue
            }
            if try await pushAll() {
                return outcome
            }
        }
        throw SyncBusyError(dataset: place.dataset, rounds: roundLimit)
    }

    /// Pulls what is new and merges it; `false` if the dataset changed on the way and it must be done again.
    private mutating func pull() async throws -> Bool {
        guard let pulled = try await fetch() else {
            return false
        }
        let place = self.place
        let held = try await setting.store.transaction { try $0.records(place) }
        if pulled.since > 0, isAhead(held, pulled.syncCount) {
            anew = true
            return false
        }
        anew = false
        try await merge(pulled)
        return true
    }

    /// Fetches all pages of a pull; `nil` if they are not of one count, or if the service was set back.
    private mutating func fetch() async throws -> Pulled? {
        let place = self.place
        let progress = anew ? Progress() : try await setting.store.transaction { try $0.progress(place) }
        var query = ["identity": place.identity, "since": String(progress.since)]
        if progress.since > 0 {
            query["seen_at"] = String(progress.seenAt)
        }
        var whole: Pulled?
        while true {
            let answer = try await ask(query)
            guard answer.isOK else {
                anew = anew || answer.code == "FutureCount"
                return nil
            }
            let found = try answer.read(Pulled.self)
            if let first = whole, first.syncCount != found.syncCount {
                return nil
            }
            if whole == nil {
                whole = found
            } else {
                whole?.records += found.records
            }
            guard let page = found.page else {
                return whole
            }
            query["page"] = page
        }
    }

    /// Merges a pull in one transaction; the handler is asked outside of it, as it may take its time.
    private mutating func merge(_ pulled: Pulled) async throws {
        let (place, clock) = (self.place, setting.options.clock)
        var decisions: [Decided: Decision] = [:]
        while true {
            let known = decisions
            let merged = try await setting.store.transaction { transaction in
                let merged = Merge(place.dataset, try transaction.records(place), pulled, known)
                if merged.undecided.isEmpty {
                    try keep(merged, pulled, place, clock, transaction)
                }
                return merged
            }
            if merged.undecided.isEmpty {
                outcome.pulled += merged.news
                outcome.conflicts += decisions.count
                return
            }
            for (held, conflict) in merged.undecided {
                decisions[Decided(held, conflict.remote)] = try await handler(conflict)
            }
        }
    }

    /// Pushes the changes that stood when this began, oldest first; `false` if another device was quicker.
    private mutating func pushAll() async throws -> Bool {
        let (place, options) = (self.place, setting.options)
        let last = try await setting.store.transaction { try $0.progress(place) }.edits
        while let next = try await setting.store.transaction({ try nextPush(place, last, options, $0) }) {
            guard try await push(next) else {
                return false
            }
        }
        return true
    }

    /// Sends a push; `false` if it was not taken because the service holds something newer.
    private mutating func push(_ push: PendingPush) async throws -> Bool {
        let place = self.place
        let request = Request(method: "POST", path: path, query: ["identity": place.identity], body: push.body)
        let answer = try await setting.transport.send(request)
        if answer.isOK {
            let taken = try answer.read(Taken.self)
            if try await setting.store.transaction({ try settle(push, taken, place, $0) }) {
                outcome.pushed += push.edits.count
            }
            return true
        }
        guard answer.isJudged else {
            throw answer.failure(request)
        }
        let conflicts = answer.code == "Conflict" ? try answer.read(Conflicts.self) : nil
        let isWrong = try await setting.store.transaction { transaction in
            try transaction.setPending(place, nil)
            return try conflicts.map { try rebase($0, place, transaction) } ?? false
        }
        anew = anew || isWrong || answer.code == "FutureCount"
        guard ["Conflict", "FutureCount"].contains(answer.code) else {
            throw answer.failure(request)
        }
        return false
    }

    /// Asks about the dataset; anything but an answer or "it changed meanwhile" is an error.
    private func ask(_ query: [String: String]) async throws -> Answer {
        let request = Request(method: "GET", path: path, query: query, body: nil)
        let answer = try await setting.transport.send(request)
        guard answer.isOK || ["DatasetChanged", "FutureCount"].contains(answer.code) else {
            throw answer.failure(request)
        }
        return answer
    }
}

/// Stores a merge.
private func keep(
    _ merged: Merge, _ pulled: Pulled, _ place: Place, _ clock: () -> Int64, _ transaction: any Transaction
) throws {
    var edits = try transaction.progress(place).edits
    for record in merged.saved {
        try transaction.save(place, record)
    }
    for var record in merged.revived {
        edits += 1
        record.edit = edits
        try transaction.save(place, record)
    }
    for made in merged.decided {
        edits += 1
        let record = StoredRecord(key: made.key, value: made.value, base: made.base, changedAt: clock(), edit: edits)
        try transaction.save(place, record)
    }
    for key in merged.dropped {
        try transaction.drop(place, key)
    }
    try transaction.setProgress(place, Progress(since: pulled.syncCount, seenAt: pulled.seenAt, edits: edits))
}

/// Stores the next push with a token of its own before it is sent.
private func nextPush(
    _ place: Place, _ last: Int64, _ options: Options, _ transaction: any Transaction
) throws -> PendingPush? {
    let edited = try transaction.records(place).filter { $0.isEdited && $0.edit <= last }.sorted { $0.edit < $1.edit }
    var chosen: [StoredRecord] = []
    var size = 0
    for record in edited.prefix(options.maxChanges) {
        size += sizeOf(record)
        if !chosen.isEmpty, size > options.maxPushBytes {
            break
        }
        chosen.append(record)
    }
    guard !chosen.isEmpty else {
        return nil
    }
    let changes = chosen.map { Change(key: $0.key, value: $0.value, base: $0.base, changedAt: $0.changedAt) }
    let device = try options.device ?? transaction.device()
    let body = PushBody(token: options.newToken(), device: device, changes: changes)
    let push = PendingPush(body: body, edits: chosen.map(\.edit))
    try transaction.setPending(place, push)
    return push
}

/// Stores that a push was taken; what was edited since it was sent stays a local change, on the new base.
///
/// `false` if somebody else who uses the store was answered first.
private func settle(
    _ push: PendingPush, _ taken: Taken, _ place: Place, _ transaction: any Transaction
) throws -> Bool {
    guard try transaction.pending(place)?.body.token == push.body.token else {
        return false
    }
    for (change, sent) in zip(push.body.changes, push.edits) {
        guard var record = try transaction.record(place, change.key) else {
            continue
        }
        record.base = taken.syncCount
        record.edit = record.edit == sent ? 0 : record.edit
        try transaction.save(place, record)
    }
    var progress = try transaction.progress(place)
    // The next count is not enough: the dataset may have been deleted and made again by this very push. Then no record
    // had a count that it could be based on, and the next pull tells what is gone.
    let isSameLife = progress.since == 0 || push.body.changes.contains { $0.base > 0 }
    if isSameLife, progress.since + 1 == taken.syncCount {
        progress.since = taken.syncCount
        progress.seenAt = taken.seenAt
        try transaction.setProgress(place, progress)
    }
    try transaction.setPending(place, nil)
    return true
}

/// Looks at what a refused push met that no pull would tell of, so that the next round does not stand still.
///
/// A record that was removed, as this device knows or a complete pull left out, is no conflict: the change was made
/// knowing that it is gone, and only its base is put right. A live one means that this device has a wrong picture:
/// `true`.
private func rebase(_ conflicts: Conflicts, _ place: Place, _ transaction: any Transaction) throws -> Bool {
    let since = try transaction.progress(place).since
    var isWrong = false
    for remote in conflicts.conflicts.map(\.record) {
        // Of a record that is there no longer the service has no count; the pull was complete if nothing is newer.
        let isKnown = remote.syncCount > 0 ? remote.syncCount <= since : conflicts.syncCount == since
        guard isKnown, var record = try transaction.record(place, remote.key), record.isEdited else {
            continue
        }
        if remote.value == nil {
            record.base = remote.syncCount
            try transaction.save(place, record)
        } else {
            isWrong = true
        }
    }
    return isWrong
}

/// How long a change is in a push, all escaped: never less than it really is.
private func sizeOf(_ record: StoredRecord) -> Int {
    let numbers = "{\"key\": , \"value\": , \"base\": \(record.base), \"changed_at\": \(record.changedAt)}"
    return numbers.utf8.count + jsonLength(record.key) + (record.value.map(jsonLength) ?? "null".utf8.count)
}
