import Foundation

/// How a platform's messages reach a device.
public enum Platform: String, Codable, Sendable {
    case apns
    case apnsSandbox = "apns_sandbox"
    case fcm
    case adm
}

/// What an app says of the device that it runs on.
public struct Registration: Encodable, Sendable {
    public let platform: Platform
    /// The push token that the platform gave, in hexadecimal digits.
    public let token: String
    /// The topics that it hears from now on; those it had, if not given.
    public let topics: [String]?

    public init(platform: Platform, token: String, topics: [String]? = nil) {
        self.platform = platform
        self.token = token
        self.topics = topics
    }
}

/// A device as the service knows it.
public struct Device: Decodable, Sendable {
    public let device: String
    public let platform: Platform
    public let topics: [String]
    /// When it was registered, in seconds since 1970.
    public let registeredAt: Int64
}

/// Whom a message goes to: a topic, a user, one device of a user, or a phone number.
public struct Recipient: Encodable, Sendable {
    public let topic: String?
    public let user: String?
    public let device: String?
    public let phoneNumber: String?

    public init(topic: String? = nil, user: String? = nil, device: String? = nil, phoneNumber: String? = nil) {
        self.topic = topic
        self.user = user
        self.device = device
        self.phoneNumber = phoneNumber
    }
}

/// What is sent.
public struct Message: Encodable, Sendable {
    public var title: String?
    public var body: String?
    public var data: [String: String]?
    public var badge: Int?
    public var sound: String?
    public var silent: Bool?
    public var collapseKey: String?
    public var ttlSeconds: Int?

    public init(title: String? = nil, body: String? = nil) {
        self.title = title
        self.body = body
    }
}

/// What became of a message.
public struct Sent: Decodable, Sendable {
    /// What became of it on one device.
    public struct Result: Decodable, Sendable {
        public let device: String
        public let platform: Platform
        public let status: String
        public let reason: String?
        public let messageId: String?
    }

    public let messageId: String?
    public let sent: Int?
    public let failed: Int?
    public let results: [Result]?
}

/// The service refused, or could not.
public struct PushError: Error, Sendable {
    public let status: Int
    /// The kind of refusal, such as `NoPlatform`; empty if the gateway refused.
    public let code: String
    public let message: String
    /// What was wrong in the request, such as `topics[1]`.
    public let field: String?
}

/// Registers devices, and sends where the user is in a group that may.
public struct Push: Sendable {
    let url: URL
    let session: SignedSession

    /// Returns the user's devices.
    public func devices() async throws -> [Device] {
        let found: Devices = try await call("GET", ["devices"])
        return found.devices
    }

    /// Registers this device; call it at every start, after every sign-in, and for every new token.
    public func register(_ device: String, _ registration: Registration) async throws -> Device {
        try await call("PUT", ["devices", device], registration)
    }

    /// Removes a device; call it before the user signs out. Returns whether it was there.
    public func remove(_ device: String) async throws -> Bool {
        let answer: Removed = try await call("DELETE", ["devices", device])
        return answer.removed
    }

    /// Subscribes a device to a topic.
    public func subscribe(_ device: String, to topic: String) async throws -> Device {
        try await call("PUT", ["devices", device, "topics", topic])
    }

    /// Ends a device's subscription to a topic.
    public func unsubscribe(_ device: String, from topic: String) async throws -> Device {
        try await call("DELETE", ["devices", device, "topics", topic])
    }

    /// Sends a message; under the same token it is sent once in seven days.
    public func send(_ message: Message, to recipient: Recipient, token: String? = nil) async throws -> Sent {
        try await call("POST", ["messages"], Order(to: recipient, message: message, token: token))
    }

    private func call<Said: Decodable>(
        _ method: String, _ path: [String], _ body: (any Encodable)? = nil
    ) async throws -> Said {
        var request = URLRequest(url: try place(url, path))
        request.httpMethod = method
        if let body {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            request.httpBody = try encoder.encode(body)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await session.send(request)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard (200 ..< 300).contains(response.statusCode) else {
            let failure = try? decoder.decode(Failure.self, from: data)
            throw PushError(
                status: response.statusCode,
                code: failure?.code ?? "",
                message: failure?.message ?? "",
                field: failure?.field
            )
        }
        return try decoder.decode(Said.self, from: data)
    }

    private struct Devices: Decodable { let devices: [Device] }
    private struct Removed: Decodable { let removed: Bool }
    private struct Order: Encodable {
        let to: Recipient
        let message: Message
        let token: String?
    }
    private struct Failure: Decodable {
        let code: String?
        let message: String?
        let field: String?
    }
}
