import Amplify
import AWSPluginsCore
import AWSSDKHTTPAuth
import Foundation
import Smithy
import SmithyHTTPAPI
import SmithyHTTPAuthAPI
import SmithyIdentity

/// Signs with the credentials of Amplify's session, by the signer of AWS's SDK for Swift.
public struct AmplifySigner: Signer {
    private let region: String

    public init(region: String) {
        self.region = region
    }

    public func sign(_ request: URLRequest, service: String, date: Date) async throws -> URLRequest {
        let config = AWSSigningConfig(
            credentials: try await credentials(),
            signedBodyHeader: .none,
            signedBodyValue: .empty,
            flags: SigningFlags(useDoubleURIEncode: true, shouldNormalizeURIPath: true, omitSessionToken: false),
            date: date,
            service: service,
            region: region,
            signatureType: .requestHeaders,
            signingAlgorithm: .sigv4
        )
        guard let builder = builder(of: request),
              let made = await AWSSigV4Signer().sigV4SignedRequest(requestBuilder: builder, signingConfig: config)
        else { throw URLError(.badURL) }
        var signed = request
        for header in made.headers.headers where header.name.lowercased() != "host" {
            signed.setValue(header.value.joined(separator: ","), forHTTPHeaderField: header.name)
        }
        return signed
    }

    public func identityId() async throws -> String {
        guard let session = try await Amplify.Auth.fetchAuthSession() as? AuthCognitoIdentityProvider else {
            throw SignedOutError()
        }
        return try session.getIdentityId().get()
    }

    private func credentials() async throws -> AWSCredentialIdentity {
        guard let session = try await Amplify.Auth.fetchAuthSession() as? AuthAWSCredentialsProvider else {
            throw SignedOutError()
        }
        let found = try session.getAWSCredentials().get()
        let temporary = found as? AWSTemporaryCredentials
        return AWSCredentialIdentity(
            accessKey: found.accessKeyId,
            secret: found.secretAccessKey,
            expiration: temporary?.expiration,
            sessionToken: temporary?.sessionToken
        )
    }

    private func builder(of request: URLRequest) -> HTTPRequestBuilder? {
        guard let url = request.url, let host = url.host,
              let parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
        else { return nil }
        var headers = request.allHTTPHeaderFields ?? [:]
        headers["host"] = parts.port.map { "\(host):\($0)" } ?? host
        return HTTPRequestBuilder()
            .withHost(host)
            .withPath(parts.percentEncodedPath)
            .withQueryItems((parts.queryItems ?? []).map { URIQueryItem(name: $0.name, value: $0.value) })
            .withMethod(HTTPMethodType(rawValue: request.httpMethod ?? "GET") ?? .get)
            .withProtocol(parts.scheme == "http" ? .http : .https)
            .withHeaders(Headers(headers))
            .withBody(.data(request.httpBody))
    }
}

/// Nobody is signed in, and guests have no credentials.
public struct SignedOutError: Error {
    public init() {}
}
