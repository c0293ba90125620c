/// A synchronisation did not come to its end; no local change is lost by it.
public protocol SyncError: Error, CustomStringConvertible {}

/// No answer came, or none that the service gives: the device is offline, or a hotspot's own page answered.
///
/// Whether the service took a push is not known; the next synchronisation sends the same push again.
public struct NoAnswerError: SyncError {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// The service was too busy or broken; the next synchronisation sends the same push again.
public struct UnavailableError: SyncError {
    public let status: Int
    public let message: String
    /// How long the service asks to be left alone.
    public let retryAfterSeconds: Int?

    public var description: String { "the service answered \(status): \(message)" }
}

/// The service refuses what was asked, and will again until something changes.
public struct RefusedError: SyncError {
    public let status: Int
    /// The kind of refusal, such as `TooLarge`; empty if the gateway refused before the service saw it.
    public let code: String
    public let message: String
    /// What was wrong in the request, such as `changes[3].value`.
    public let field: String?
    /// The record that `field` is about, if it is about one: change it or remove it, and synchronise again.
    public let key: String?

    public var description: String { "the service refused it (\(status) \(code)): \(message)" }
}

/// Other devices changed the dataset again and again while this one tried; try later.
public struct SyncBusyError: SyncError {
    public let dataset: String
    public let rounds: Int

    public var description: String { "dataset \"\(dataset)\" changed during each of \(rounds) rounds" }
}

/// A name, key or value that no service would take; nothing was stored.
public struct InvalidError: Error, CustomStringConvertible {
    public let what: String
    public let got: String
    public let allowed: String

    public var description: String { "\(what): got \"\(shortened(got))\"; allowed: \(allowed)" }
}

/// A value may be a quarter of a megabyte long.
func shortened(_ text: String) -> String {
    let shown = 80
    return text.count <= shown ? text : "\(text.prefix(shown))…"
}
