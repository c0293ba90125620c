import Foundation

/// What a device asks.
public struct Request: Sendable {
    public let method: String
    /// The path as it is meant, such as `/sync/datasets/a:b`; a transport encodes it.
    public let path: String
    public let query: [String: String]
    public let body: PushBody?

    /// The JSON to send; `nil` if there is no body.
    public func bodyData() throws -> Data? {
        try body.map { try JSONEncoder().encode($0) }
    }
}

/// What was answered, by the service or by whatever stands before it.
public struct Answer: Sendable {
    public let status: Int
    /// What came, as it came.
    public let body: Data
    public let retryAfterSeconds: Int?

    public init(status: Int, body: Data, retryAfterSeconds: Int? = nil) {
        self.status = status
        self.body = body
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// Carries one request to the service; knows addresses and signatures, and nothing of datasets.
public protocol Transport: Sendable {
    /// Sends the request once and returns what was answered; throws `NoAnswerError` if nothing was.
    func send(_ request: Request) async throws -> Answer
}

/// One record of a push, as it is sent.
public struct Change: Codable, Sendable {
    public let key: String
    public let value: String?
    public let base: Int64
    public let changedAt: Int64

    enum CodingKeys: String, CodingKey {
        case key
        case value
        case base
        case changedAt = "changed_at"
    }

    /// Writes a removal as `null`; the compiler's own way would leave it out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key, forKey: .key)
        try container.encode(value, forKey: .value)
        try container.encode(base, forKey: .base)
        try container.encode(changedAt, forKey: .changedAt)
    }
}

/// A push, as it is sent.
public struct PushBody: Codable, Sendable {
    public let token: String
    public let device: String
    public let changes: [Change]

    enum CodingKeys: String, CodingKey {
        case token
        case device
        case changes
    }
}

/// A record as the service holds it.
public struct RemoteRecord: Decodable, Sendable {
    public let key: String
    /// `nil`: the record was removed, or never was.
    public let value: String?
    /// The dataset's count when the record last changed; 0 if the service holds nothing under the key.
    public let syncCount: Int64
    /// When it was changed, in milliseconds since 1970 by the clock of the device that did.
    public let changedAt: Int64
    /// The device that changed it.
    public let device: String

    enum CodingKeys: String, CodingKey {
        case key
        case value
        case syncCount = "sync_count"
        case changedAt = "changed_at"
        case device
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        key = try container.decode(String.self, forKey: .key)
        value = try container.decodeNil(forKey: .value) ? nil : container.decode(String.self, forKey: .value)
        syncCount = try container.count(.syncCount)
        changedAt = try container.decodeIfPresent(Int64.self, forKey: .changedAt) ?? 0
        device = try container.decodeIfPresent(String.self, forKey: .device) ?? ""
    }

    /// What the service holds where it holds nothing.
    init(nothingUnder key: String) {
        self.key = key
        value = nil
        syncCount = 0
        changedAt = 0
        device = ""
    }
}

/// What a pull brought: the dataset at one sync count; or one page of it.
struct Pulled: Decodable, Sendable {
    /// The count that the records start from; 0: they are all there is, and what the device held before is void.
    let since: Int64
    let syncCount: Int64
    let seenAt: Int64
    var records: [RemoteRecord]
    /// What to ask for the next page.
    let page: String?

    enum CodingKeys: String, CodingKey {
        case since
        case syncCount = "sync_count"
        case seenAt = "seen_at"
        case records
        case page
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        since = try container.count(.since)
        syncCount = try container.count(.syncCount)
        seenAt = try container.count(.seenAt)
        records = try container.decode([RemoteRecord].self, forKey: .records)
        page = try container.decodeIfPresent(String.self, forKey: .page)
    }
}

/// What is answered to a push that was taken.
struct Taken: Decodable, Sendable {
    let syncCount: Int64
    let seenAt: Int64

    enum CodingKeys: String, CodingKey {
        case syncCount = "sync_count"
        case seenAt = "seen_at"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        syncCount = try container.count(.syncCount)
        seenAt = try container.count(.seenAt)
    }
}

/// What is answered to a push whose bases are not what the service holds.
struct Conflicts: Decodable, Sendable {
    struct Met: Decodable, Sendable {
        let record: RemoteRecord

        enum CodingKeys: String, CodingKey {
            case record
        }
    }

    /// The dataset's count.
    let syncCount: Int64
    let conflicts: [Met]

    enum CodingKeys: String, CodingKey {
        case syncCount = "sync_count"
        case conflicts
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        syncCount = try container.count(.syncCount)
        conflicts = try container.decode([Met].self, forKey: .conflicts)
    }
}

/// A dataset as the service lists it.
public struct DatasetInfo: Decodable, Sendable {
    public let name: String
    public let syncCount: Int64
    public let records: Int64
    public let bytes: Int64
    /// When it last changed, as the service says it.
    public let changedAt: Int64

    enum CodingKeys: String, CodingKey {
        case name
        case syncCount = "sync_count"
        case records
        case bytes
        case changedAt = "changed_at"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        syncCount = try container.count(.syncCount)
        records = try container.count(.records)
        bytes = try container.count(.bytes)
        changedAt = try container.count(.changedAt)
    }
}

/// What `list` is answered.
struct DatasetList: Decodable, Sendable {
    let datasets: [DatasetInfo]

    enum CodingKeys: String, CodingKey {
        case datasets
    }
}

/// Why the service, or a gateway before it, refuses; whatever is not as expected is left out.
struct Refusal: Decodable, Sendable {
    var message: String?
    var code: String?
    var field: String?

    enum CodingKeys: String, CodingKey {
        case message
        case code
        case field
    }

    init(_ answer: Answer) {
        self = (try? JSONDecoder().decode(Refusal.self, from: answer.body)) ?? Refusal()
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message = try? container.decode(String.self, forKey: .message)
        code = try? container.decode(String.self, forKey: .code)
        field = try? container.decode(String.self, forKey: .field)
    }

    private init() {}
}

extension KeyedDecodingContainer {
    /// Decodes a number that is never below 0.
    func count(_ key: Key) throws -> Int64 {
        let number = try decode(Int64.self, forKey: key)
        guard number >= 0 else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "below 0")
        }
        return number
    }
}

extension Answer {
    var isOK: Bool { status == 200 }

    /// The service's word for why it refuses; empty if it does not, or if it was not the service that answered.
    var code: String { isOK ? "" : Refusal(self).code ?? "" }

    /// Whether the answer proves that the service looked at a push and did not take it.
    ///
    /// A gateway's refusal (expired credentials, too many calls) proves nothing about the same push sent before it.
    var isJudged: Bool { [400, 409, 413].contains(status) && !code.isEmpty }

    /// Reads what the service says; anything else is a hotspot's page or a proxy's cache.
    func read<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch is DecodingError {
            let shown = shortened(String(decoding: body, as: UTF8.self))
            throw NoAnswerError("what was answered is not the service's: \(status) \(shown)")
        }
    }

    /// The error that an answer other than 200 is.
    func failure(_ request: Request) -> any Error {
        let refusal = Refusal(self)
        let message = refusal.message ?? "no reason given"
        if (400..<500).contains(status), status != 429 {
            let key = refusal.field.flatMap { changedKey($0, request) }
            return RefusedError(status: status, code: code, message: message, field: refusal.field, key: key)
        }
        return UnavailableError(status: status, message: message, retryAfterSeconds: retryAfterSeconds)
    }
}

/// The key of the change that a field such as `changes[3].value` is about.
private func changedKey(_ field: String, _ request: Request) -> String? {
    let prefix = "changes["
    guard field.hasPrefix(prefix), let end = field.firstIndex(of: "]"), let changes = request.body?.changes else {
        return nil
    }
    guard let index = Int(field[..<end].dropFirst(prefix.count)), changes.indices.contains(index) else {
        return nil
    }
    return changes[index].key
}
