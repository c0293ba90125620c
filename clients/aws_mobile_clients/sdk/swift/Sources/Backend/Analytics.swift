import Foundation

/// Where events go, as the stack's output `analytics.client` says it.
public struct AnalyticsConfig: Sendable {
    public let region: String
    /// `kinesis` or `firehose`.
    public let service: String
    public let stream: String
    public let schemaVersion: Int
    /// Where the service is reached.
    public let endpoint: URL

    /// Without `endpoint` AWS's own address is used.
    public init(region: String, service: String, stream: String, schemaVersion: Int, endpoint: URL? = nil) {
        self.region = region
        self.service = service
        self.stream = stream
        self.schemaVersion = schemaVersion
        self.endpoint = endpoint ?? URL(string: "https://\(service).\(region).amazonaws.com/")!
    }
}

/// What every event says of the app and of who uses it.
public struct Teller: Sendable {
    /// Made once at installation and kept.
    public let deviceId: String
    public let platform: String
    public let appVersion: String?
    public let locale: String?

    public init(deviceId: String, platform: String = "ios", appVersion: String? = nil, locale: String? = nil) {
        self.deviceId = deviceId
        self.platform = platform
        self.appVersion = appVersion
        self.locale = locale
    }
}

/// What became of the events that waited; those that the service did not take are sent with the next flush.
public struct Flushed: Sendable {
    public let sent: Int
    public let waiting: Int
}

/// The service refused a whole batch; its events still wait.
public struct AnalyticsError: Error, Sendable {
    public let status: Int
    public let message: String
}

/// The events of one device. They wait in memory: flush when the app goes into the background.
public actor Analytics {
    private let config: AnalyticsConfig
    private let teller: Teller
    private let session: SignedSession
    private var waiting: [Event] = []
    private var sessionId = UUID().uuidString
    private var userId: String?
    private var flushing: Task<Flushed, Error>?

    init(config: AnalyticsConfig, teller: Teller, session: SignedSession) {
        self.config = config
        self.teller = teller
        self.session = session
    }

    /// Begins a session: what is recorded from now on belongs to it.
    public func startSession() { sessionId = UUID().uuidString }

    /// Says who is signed in; events recorded from now on name them, or nobody.
    public func identify(_ user: String?) { userId = user }

    /// Keeps an event until the next flush.
    public func record(_ eventType: String, attributes: [String: String] = [:], metrics: [String: Double] = [:]) {
        waiting.append(
            Event(
                eventId: UUID().uuidString,
                eventType: eventType,
                schemaVersion: config.schemaVersion,
                clientTime: milliseconds(),
                deviceId: teller.deviceId,
                sessionId: sessionId,
                userId: userId,
                platform: teller.platform,
                appVersion: teller.appVersion,
                locale: teller.locale,
                attributes: attributes,
                metrics: metrics
            )
        )
        waiting = waiting.suffix(longestQueue)
    }

    /// Sends what waits; one flush at a time. What was sent and not confirmed is sent again, and counts once.
    public func flush() async throws -> Flushed {
        if let flushing { return try await flushing.value }
        let task = Task { try await sendAll() }
        flushing = task
        defer { flushing = nil }
        return try await task.value
    }

    private func sendAll() async throws -> Flushed {
        let all = waiting
        var sent = 0
        for start in stride(from: 0, to: all.count, by: batchSize) {
            let batch = Array(all[start ..< min(start + batchSize, all.count)])
            let refused = try await put(batch)
            let taken = Set(zip(batch, refused).filter { !$0.1 }.map { $0.0.eventId })
            waiting.removeAll { taken.contains($0.eventId) }
            sent += taken.count
        }
        return Flushed(sent: sent, waiting: waiting.count)
    }

    /// Sends a batch and returns for each event whether it was refused.
    private func put(_ batch: [Event]) async throws -> [Bool] {
        let isKinesis = config.service == "kinesis"
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let sentAt = milliseconds()
        let records = try batch.map { event -> [String: String] in
            var event = event
            event.sentAt = sentAt
            let data = try encoder.encode(event).base64EncodedString()
            return isKinesis ? ["Data": data, "PartitionKey": teller.deviceId] : ["Data": data]
        }
        let order: [String: Any] = [isKinesis ? "StreamName" : "DeliveryStreamName": config.stream, "Records": records]
        var request = URLRequest(url: config.endpoint)
        request.httpMethod = "POST"
        request.httpBody = try JSONSerialization.data(withJSONObject: order)
        request.setValue("application/x-amz-json-1.1", forHTTPHeaderField: "Content-Type")
        let target = isKinesis ? "Kinesis_20131202.PutRecords" : "Firehose_20150804.PutRecordBatch"
        request.setValue(target, forHTTPHeaderField: "X-Amz-Target")
        let (data, response) = try await session.send(request)
        guard response.statusCode == 200 else {
            throw AnalyticsError(status: response.statusCode, message: String(decoding: data, as: UTF8.self))
        }
        let answer = try JSONDecoder().decode(Answer.self, from: data)
        return (answer.Records ?? answer.RequestResponses ?? []).map { $0.ErrorCode != nil }
    }

    private struct Answer: Decodable {
        struct Result: Decodable { let ErrorCode: String? }

        let Records: [Result]?
        let RequestResponses: [Result]?
    }
}

/// An event as it is sent; its names become AWS's way of writing them.
private struct Event: Encodable, Sendable {
    let eventId: String
    let eventType: String
    let schemaVersion: Int
    let clientTime: Int64
    var sentAt: Int64?
    let deviceId: String
    let sessionId: String
    let userId: String?
    let platform: String
    let appVersion: String?
    let locale: String?
    let attributes: [String: String]
    let metrics: [String: Double]
}

private func milliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

/// At 32 KiB for an event this stays below what one call may carry: 4 MiB for Firehose, 10 for Kinesis.
private let batchSize = 100
/// Beyond this the oldest events go: a device that is offline for months keeps its memory.
private let longestQueue = 10_000
