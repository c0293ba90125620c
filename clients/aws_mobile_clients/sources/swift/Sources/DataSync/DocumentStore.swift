import Foundation

/// Texts under names: what a `DocumentStore` needs of a platform.
public protocol Documents: Sendable {
    /// The text of this name; `nil` if there is none.
    func read(_ name: String) throws -> Data?
    /// Writes the text whole or not at all; once it returns, the text survives a crash.
    func write(_ name: String, _ text: Data) throws
    /// Removes the text of this name, if there is one.
    func remove(_ name: String) throws
}

private let indexName = "index"
private let journalName = "journal"

/// Keeps each dataset as one text. A transaction over several texts is first written down whole in a journal, so that
/// whoever finds the journal after a crash can bring it to its end.
public actor DocumentStore: Store {
    private let documents: any Documents

    public init(_ documents: any Documents) {
        self.documents = documents
    }

    /// The body does not wait for anything, so the actor lets no other transaction come between.
    public func transaction<T: Sendable>(_ body: @Sendable (any Transaction) throws -> T) async throws -> T {
        try recover()
        let work = Work(documents)
        let result = try body(work)
        try commit(try work.writes())
        return result
    }

    /// Brings to its end what the journal tells of.
    private func recover() throws {
        guard let journal = try documents.read(journalName) else {
            return
        }
        try apply(try JSONDecoder().decode([Write].self, from: journal))
        try documents.remove(journalName)
    }

    private func commit(_ writes: [Write]) throws {
        guard writes.count > 1 else {
            try apply(writes)
            return
        }
        try documents.write(journalName, try JSONEncoder().encode(writes))
        do {
            try recover()
        } catch {
            // The journal stands, so it has happened: whatever comes next begins by bringing it to its end.
        }
    }

    private func apply(_ writes: [Write]) throws {
        for write in writes {
            if let text = write.text {
                try documents.write(write.name, text)
            } else {
                try documents.remove(write.name)
            }
        }
    }
}

/// A text that a transaction leaves otherwise than it found it; `nil`: removed.
private struct Write: Codable {
    let name: String
    let text: Data?
}

private struct Index: Codable {
    struct Entry: Codable {
        let place: Place
        let number: Int
    }

    var version = 1
    let device: String
    /// The number of the next dataset's text.
    var next = 1
    var entries: [Entry] = []

    func number(_ place: Place) -> Int? {
        entries.first { $0.place == place }?.number
    }
}

private struct DatasetText: Codable {
    var progress = Progress()
    var records: [StoredRecord] = []
    var pending: PendingPush?
}

private struct Held {
    var progress: Progress
    var records: [RecordKey: StoredRecord]
    var pending: PendingPush?

    init(_ text: Data?) throws {
        let found = try text.map { try JSONDecoder().decode(DatasetText.self, from: $0) } ?? DatasetText()
        progress = found.progress
        records = Dictionary(uniqueKeysWithValues: found.records.map { (RecordKey($0.key), $0) })
        pending = found.pending
    }

    var inOrder: [StoredRecord] {
        records.values.sorted { RecordKey($0.key) < RecordKey($1.key) }
    }

    func text() throws -> Data {
        try JSONEncoder().encode(DatasetText(progress: progress, records: inOrder, pending: pending))
    }
}

/// One transaction: reads texts when they are first asked for, and keeps changes to itself.
private final class Work: Transaction {
    private let documents: any Documents
    private var index: Index?
    private var indexChanged = false
    private var held: [Int: Held] = [:]
    private var changed: Set<Int> = []
    private var removed: Set<Int> = []

    init(_ documents: any Documents) {
        self.documents = documents
    }

    func writes() throws -> [Write] {
        var writes: [Write] = []
        for number in changed.sorted() {
            writes.append(Write(name: textName(number), text: try held[number]?.text()))
        }
        for number in removed.sorted() {
            writes.append(Write(name: textName(number), text: nil))
        }
        if indexChanged {
            writes.append(Write(name: indexName, text: try JSONEncoder().encode(index)))
        }
        return writes
    }

    func device() throws -> String {
        try theIndex().device
    }

    func datasets(_ identity: String) throws -> [String] {
        try theIndex().entries.map(\.place).filter { $0.identity == identity }.map(\.dataset).sorted()
    }

    func progress(_ place: Place) throws -> Progress {
        try find(place)?.progress ?? Progress()
    }

    func record(_ place: Place, _ key: String) throws -> StoredRecord? {
        try find(place)?.records[RecordKey(key)]
    }

    func records(_ place: Place) throws -> [StoredRecord] {
        try find(place)?.inOrder ?? []
    }

    func pending(_ place: Place) throws -> PendingPush? {
        try find(place)?.pending
    }

    func setProgress(_ place: Place, _ progress: Progress) throws {
        try change(place) { $0.progress = progress }
    }

    func save(_ place: Place, _ record: StoredRecord) throws {
        try change(place) { $0.records[RecordKey(record.key)] = record }
    }

    func drop(_ place: Place, _ key: String) throws {
        try change(place) { $0.records[RecordKey(key)] = nil }
    }

    func setPending(_ place: Place, _ push: PendingPush?) throws {
        try change(place) { $0.pending = push }
    }

    func dropDataset(_ place: Place) throws {
        var index = try theIndex()
        guard let number = index.number(place) else {
            return
        }
        index.entries.removeAll { $0.number == number }
        self.index = index
        indexChanged = true
        held[number] = nil
        changed.remove(number)
        removed.insert(number)
    }

    private func theIndex() throws -> Index {
        if let index {
            return index
        }
        let text = try documents.read(indexName)
        let found = try text.map { try JSONDecoder().decode(Index.self, from: $0) } ?? Index(device: madeUp(bytes: 8))
        index = found
        indexChanged = text == nil
        return found
    }

    private func find(_ place: Place) throws -> Held? {
        guard let number = try theIndex().number(place) else {
            return nil
        }
        if let known = held[number] {
            return known
        }
        let found = try Held(try documents.read(textName(number)))
        held[number] = found
        return found
    }

    private func change(_ place: Place, _ body: (inout Held) -> Void) throws {
        var index = try theIndex()
        if index.number(place) == nil {
            held[index.next] = try Held(nil)
            index.entries.append(Index.Entry(place: place, number: index.next))
            index.next += 1
            self.index = index
            indexChanged = true
        }
        guard let number = index.number(place), var found = try find(place) else {
            return
        }
        body(&found)
        held[number] = found
        changed.insert(number)
    }

    private func textName(_ number: Int) -> String {
        "dataset-\(number)"
    }
}

/// Makes up a name of twice as many characters as bytes.
func madeUp(bytes: Int) -> String {
    let digits = Array("0123456789abcdef")
    var random = SystemRandomNumberGenerator()
    return String((0..<(2 * bytes)).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
}
