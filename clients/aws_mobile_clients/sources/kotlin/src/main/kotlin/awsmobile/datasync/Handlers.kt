/** Who wins when a record was changed on this device and on another one. */
package awsmobile.datasync

/** What this device has made of a record. */
public data class LocalChange(
    /** `null`: this device removed it. */
    val value: String?,
    /** When, in milliseconds since 1970 by this device's clock. */
    val changedAt: Long,
)

/** A record that was changed here and there, to other values. */
public data class Conflict(val dataset: String, val key: String, val local: LocalChange, val remote: RemoteRecord)

/** A handler's answer. */
public sealed interface Decision {
    /** This device's change stands, and is pushed. */
    public data object Local : Decision

    /** The other device's change stands, and this device's is dropped. */
    public data object Remote : Decision

    /** Another value stands, or, if it is `null`, the record is removed. */
    public data class Value(val value: String?) : Decision
}

/**
 * Decides a conflict.
 *
 * It may be asked twice for one record, if another device is quicker; it must not synchronise the dataset.
 */
public fun interface Handler {
    public suspend fun decide(conflict: Conflict): Decision
}

/** Lets the later change stand, by the devices' clocks; the other device's if they say the same time. */
public val lastWriter: Handler =
    Handler { if (it.local.changedAt > it.remote.changedAt) Decision.Local else Decision.Remote }

/** Lets the other device's change stand, always. */
public val remote: Handler = Handler { Decision.Remote }

/** Lets this device's change stand, always. */
public val local: Handler = Handler { Decision.Local }
