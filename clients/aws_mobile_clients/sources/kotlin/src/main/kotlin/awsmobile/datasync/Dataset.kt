/** One dataset on one device: read and changed at any time, brought in step with the service when asked. */
package awsmobile.datasync

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** What one synchronisation did. */
public data class Outcome(
    /** Records that other devices had changed. */
    val pulled: Int = 0,
    /** Changes of this device that the service took, among them those whose answer was lost before. */
    val pushed: Int = 0,
    /** Conflicts that the handler decided. */
    val conflicts: Int = 0,
    /** Rounds after the first. */
    val retries: Int = 0,
)

/** What the datasets of one manager have in common. */
internal class Setting(val store: Store, val transport: Transport, val options: Options)

/** A named set of records, text under text keys, of one identity; a [SyncManager] gives these out. */
public class Dataset internal constructor(
    private val setting: Setting,
    private val place: Place,
    /** Held while synchronising: one device pushes one thing at a time. */
    private val mutex: Mutex,
) {
    private val store = setting.store

    /** The dataset's name. */
    public val name: String get() = place.dataset

    /** Returns what the device holds under the key; `null` if nothing. */
    public suspend fun get(key: String): String? {
        checkedKey(key)
        return store.transaction { it.record(place, key) }?.value
    }

    /** Returns everything that the device holds, in the order of the keys. */
    public suspend fun all(): Map<String, String> = buildMap {
        for (record in store.transaction { it.records(place) }.values) {
            record.value?.let { put(record.key, it) }
        }
    }

    /** Sets a record on this device; once this returns, the change survives a crash. */
    public suspend fun put(key: String, value: String): Unit = edit(checkedKey(key), checkedValue(value))

    /** Removes a record on this device; one that is not there stays so. */
    public suspend fun remove(key: String): Unit = edit(checkedKey(key), null)

    /**
     * Brings this device and the service in step: pulls, lets [handler] decide conflicts, pushes.
     *
     * Throws a [SyncError] if it cannot be done now; every local change is kept, and the next call goes on from there.
     */
    public suspend fun synchronize(handler: Handler = lastWriter): Outcome =
        mutex.withLock { Synchronization(setting, place, handler).run() }

    /**
     * Deletes the dataset, at the service and then on this device; the device must be online.
     *
     * Refused with the code `DatasetChanged` if the service holds what this device has not seen: nothing is deleted
     * then; synchronise, and delete again. Local changes that were not pushed go with it.
     */
    public suspend fun delete(): Unit = mutex.withLock {
        val base = store.transaction { it.progress(place) }.since
        val request =
            Request("DELETE", "/sync/datasets/$name", mapOf("identity" to place.identity, "base" to base.toString()))
        val answer = setting.transport.send(request)
        if (answer.status != OK) {
            throw failure(answer, request)
        }
        store.transaction { it.dropDataset(place) }
    }

    private suspend fun edit(key: String, value: String?): Unit = store.transaction { transaction ->
        val held = transaction.record(place, key)
        if (value == null) {
            if (held?.value == null) {
                return@transaction
            }
            if (held.base == 0L && transaction.pending(place)?.edits?.containsKey(key) != true) {
                // The service never heard of it, so there is nothing to tell; this also takes back what it refused.
                transaction.drop(place, key)
                return@transaction
            }
        }
        val progress = transaction.progress(place)
        val edit = progress.edits + 1
        transaction.setProgress(place, progress.copy(edits = edit))
        transaction.save(place, StoredRecord(key, value, held?.base ?: 0, setting.options.clock(), edit))
    }
}
