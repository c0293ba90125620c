/** What a device keeps of datasets: durable, and changed in transactions that happen whole or not at all. */
package awsmobile.datasync

import kotlinx.serialization.json.JsonObject

/** A record as the device holds it. */
public data class StoredRecord(
    val key: String,
    /** `null`: it was removed. */
    val value: String?,
    /** The record's count at the service, as far as the device knows; 0: the service never told of it. */
    val base: Long,
    /** When it was changed, in milliseconds since 1970, by the clock of the device that did. */
    val changedAt: Long,
    /** The number of the local change that the service has not taken yet; 0: there is none. */
    val edit: Long,
) {
    /** Whether there is a local change that the service has not taken yet. */
    public val isEdited: Boolean get() = edit > 0
}

/** How far a dataset is in step with the service. */
public data class Progress(
    /** The device holds everything that the service took up to this count. */
    val since: Long = 0,
    /** When that was, by the service's clock, in seconds since 1970. */
    val seenAt: Long = 0,
    /** The number of the last local change. */
    val edits: Long = 0,
)

/** A push that was sent, or was about to be, and of which no answer is known. */
public data class PendingPush(
    /** What is sent, again and again, until an answer comes: its token makes it count once. */
    val body: JsonObject,
    /** The number of the local change that was sent, by key. */
    val edits: Map<String, Long>,
)

/** Where a store keeps a dataset: each identity has its own. */
public data class Place(val identity: String, val dataset: String)

/** Reads and changes inside one transaction. */
public interface Transaction {
    /** The name of this device, made up when the store was. */
    public suspend fun device(): String

    /** The names of the datasets that are kept of an identity, in order. */
    public suspend fun datasets(identity: String): List<String>

    public suspend fun progress(place: Place): Progress

    /** One record, a removed one too. */
    public suspend fun record(place: Place, key: String): StoredRecord?

    /** All records by key, removed ones too, in the order of the keys. */
    public suspend fun records(place: Place): Map<String, StoredRecord>

    /** The push of which no answer is known. */
    public suspend fun pending(place: Place): PendingPush?

    public suspend fun setProgress(place: Place, progress: Progress)

    public suspend fun save(place: Place, record: StoredRecord)

    /** Forgets a record. */
    public suspend fun drop(place: Place, key: String)

    /** Keeps the push that is about to be sent, or forgets it. */
    public suspend fun setPending(place: Place, push: PendingPush?)

    /** Forgets everything about a dataset. */
    public suspend fun dropDataset(place: Place)
}

/** Where a device keeps its datasets: a [MemoryStore], a [FileStore], or an app's own. */
public interface Store {
    /**
     * Does everything inside whole, or, if it throws or the device dies, not at all; alone of all transactions.
     *
     * Once it returns, the changes survive a crash. Transactions are not nested.
     */
    public suspend fun <T> transaction(body: suspend (Transaction) -> T): T
}
