import DataSync
import Foundation

/// Carries what data sync asks to the API.
struct SyncTransport: DataSync.Transport {
    let url: URL
    let session: SignedSession

    func send(_ request: DataSync.Request) async throws -> DataSync.Answer {
        let names = request.path.split(separator: "/").map(String.init)
        var asked = URLRequest(url: try place(url, names, request.query))
        asked.httpMethod = request.method
        if let body = try request.bodyData() {
            asked.httpBody = body
            asked.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        do {
            let (data, response) = try await session.send(asked)
            let wait = response.value(forHTTPHeaderField: "Retry-After").flatMap { Int($0) }
            return DataSync.Answer(status: response.statusCode, body: data, retryAfterSeconds: wait)
        } catch let error as URLError {
            throw NoAnswerError(error.localizedDescription)
        }
    }
}

/// Returns the address of a path below `url`; nothing in a name or a value is taken for a delimiter.
func place(_ url: URL, _ names: [String], _ query: [String: String] = [:]) throws -> URL {
    let plain = CharacterSet.alphanumerics.intersection(.asciiOnly).union(CharacterSet(charactersIn: "-._~"))
    func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
    let path = names.map(escaped).joined(separator: "/")
    let pairs = query.sorted { $0.key < $1.key }.map { "\(escaped($0.key))=\(escaped($0.value))" }
    let tail = pairs.isEmpty ? "" : "?\(pairs.joined(separator: "&"))"
    guard let found = URL(string: "\(url.absoluteString)/\(path)\(tail)") else { throw URLError(.badURL) }
    return found
}

extension CharacterSet {
    fileprivate static let asciiOnly = CharacterSet(charactersIn: Unicode.Scalar(0) ... Unicode.Scalar(127))
}
