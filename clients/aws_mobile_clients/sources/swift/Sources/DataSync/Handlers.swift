/// What this device has made of a record.
public struct LocalChange: Sendable {
    /// `nil`: this device removed it.
    public let value: String?
    /// When, in milliseconds since 1970 by this device's clock.
    public let changedAt: Int64
}

/// A record that was changed here and there, to other values.
public struct Conflict: Sendable {
    public let dataset: String
    public let key: String
    public let local: LocalChange
    public let remote: RemoteRecord
}

/// A handler's answer.
public enum Decision: Sendable {
    /// This device's change stands, and is pushed.
    case local
    /// The other device's change stands, and this device's is dropped.
    case remote
    /// Another value stands, or, if it is `nil`, the record is removed.
    case value(String?)
}

/// Decides a conflict.
///
/// It may be asked twice for one record, if another device is quicker; it must not synchronise the dataset.
public typealias Handler = @Sendable (Conflict) async throws -> Decision

/// Lets the later change stand, by the devices' clocks; the other device's if they say the same time.
public let lastWriter: Handler = { conflict in
    conflict.local.changedAt > conflict.remote.changedAt ? .local : .remote
}

/// Lets the other device's change stand, always.
public let remote: Handler = { _ in .remote }

/// Lets this device's change stand, always.
public let local: Handler = { _ in .local }
