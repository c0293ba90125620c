import Foundation

/// Signs a request by AWS Signature Version 4 with the credentials of whoever is signed in.
public protocol Signer: Sendable {
    /// Returns the request with its signature; `date` is when it is sent, by AWS's clock.
    func sign(_ request: URLRequest, service: String, date: Date) async throws -> URLRequest
    /// The id of whoever is signed in, under which their data are kept.
    func identityId() async throws -> String
}

/// How far AWS's clock is ahead of the device's, as its answers say.
final class Clock: @unchecked Sendable {
    private let lock = NSLock()
    private var ahead: TimeInterval = 0

    var now: Date { lock.withLock { Date().addingTimeInterval(ahead) } }

    /// Learns from an answer; tells whether the clock was so wrong that AWS refused a signature for it.
    func learn(from response: HTTPURLResponse) -> Bool {
        guard response.statusCode == forbidden, let text = response.value(forHTTPHeaderField: "Date"),
              let said = Clock.format.date(from: text)
        else { return false }
        return lock.withLock {
            let off = said.timeIntervalSinceNow
            guard abs(off - ahead) >= skewSeconds else { return false }
            ahead = off
            return true
        }
    }

    private static let format: DateFormatter = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format
    }()
}

private let forbidden = 403
/// AWS takes signatures that are at most this old.
private let skewSeconds: TimeInterval = 300

/// Sends signed requests to one service; once more where the device's clock was wrong.
struct SignedSession: Sendable {
    let signer: any Signer
    let service: String
    let session: URLSession
    let apiKey: String?
    let clock: Clock

    func send(_ request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        let first = try await once(request)
        return clock.learn(from: first.1) ? try await once(request) : first
    }

    func signed(_ request: URLRequest) async throws -> URLRequest {
        var request = request
        if let apiKey { request.setValue(apiKey, forHTTPHeaderField: "x-api-key") }
        return try await signer.sign(request, service: service, date: clock.now)
    }

    private func once(_ request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        let (data, response) = try await session.data(for: signed(request))
        guard let answer = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return (data, answer)
    }
}
