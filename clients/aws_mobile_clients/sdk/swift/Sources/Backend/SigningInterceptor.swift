import BackendApi
import Foundation

/// Signs the operations of the API before they are sent.
struct SigningInterceptor: OpenAPIInterceptor {
    let session: SignedSession

    func intercept<T>(
        urlRequest: URLRequest,
        urlSession: URLSessionProtocol,
        requestBuilder: RequestBuilder<T>,
        completion: @Sendable @escaping (Result<URLRequest, Error>) -> Void
    ) {
        Task {
            do {
                completion(.success(try await session.signed(urlRequest)))
            } catch {
                completion(.failure(error))
            }
        }
    }

    func retry<T>(
        urlRequest: URLRequest,
        urlSession: URLSessionProtocol,
        requestBuilder: RequestBuilder<T>,
        data: Data?,
        response: URLResponse?,
        error: Error,
        completion: @Sendable @escaping (OpenAPIInterceptorRetry) -> Void
    ) {
        let wasLate = (response as? HTTPURLResponse).map { session.clock.learn(from: $0) } ?? false
        completion(wasLate ? .retry : .dontRetry)
    }
}
