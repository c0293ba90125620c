@_exported import BackendApi
@_exported import DataSync
import Foundation

/// Everything that an app asks of its backend.
public struct Backend: Sendable {
    /// What the operations of `BackendAPI` are given: where the API is, and who signs.
    public let configuration: BackendAPIConfiguration
    /// The user's devices.
    public let push: Push
    private let url: URL
    private let signer: any Signer
    private let session: SignedSession
    private let carrier: URLSession

    /// - Parameters:
    ///   - url: The API's URL with its stage, as the stack's output `api.url` says it.
    ///   - signer: `AmplifySigner`, or what stands in for it.
    ///   - apiKey: Sent as `x-api-key`, for an API that wants one.
    public init(url: URL, signer: any Signer, apiKey: String? = nil, carrier: URLSession = .shared) {
        let text = url.absoluteString
        let place = text.hasSuffix("/") ? URL(string: String(text.dropLast())) ?? url : url
        let session = SignedSession(
            signer: signer, service: "execute-api", session: carrier, apiKey: apiKey, clock: Clock()
        )
        self.url = place
        self.signer = signer
        self.session = session
        self.carrier = carrier
        push = Push(url: place, session: session)
        configuration = BackendAPIConfiguration(
            basePath: place.absoluteString, interceptor: SigningInterceptor(session: session)
        )
    }

    /// Opens the data of whoever is signed in; after another sign-in call `useIdentity` of the manager.
    public func dataSync(_ store: any Store) async throws -> SyncManager {
        SyncManager(store, SyncTransport(url: url, session: session), try await signer.identityId())
    }

    /// Returns what events are recorded with.
    public func analytics(_ config: AnalyticsConfig, _ teller: Teller) -> Analytics {
        let stream = SignedSession(
            signer: signer, service: config.service, session: carrier, apiKey: nil, clock: Clock()
        )
        return Analytics(config: config, teller: teller, session: stream)
    }
}
