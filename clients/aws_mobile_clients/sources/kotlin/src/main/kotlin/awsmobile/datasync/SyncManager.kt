/** What an app opens once: the datasets of one identity on this device. */
package awsmobile.datasync

import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.sync.Mutex

private const val MAX_CHANGES = 90

/** The service takes 3.5 MB; the rest is for what is around the changes. */
private const val MAX_PUSH_BYTES = 3_000_000
private const val TOKEN_BYTES = 16

/** What tests, and services with other limits, set otherwise. */
public class Options(
    /** The device's name, 1 to 64 of A-Z, a-z, 0-9, _ and -; the store's own unless given. */
    public val device: String? = null,
    /** The device's clock, in milliseconds since 1970. */
    public val clock: () -> Long = System::currentTimeMillis,
    /** Makes up a token that no push had before. */
    public val newToken: () -> String = { madeUp(TOKEN_BYTES) },
    /** The most changes of one push; no more than the service takes. */
    public val maxChanges: Int = MAX_CHANGES,
    public val maxPushBytes: Int = MAX_PUSH_BYTES,
)

/** The datasets of one identity on this device: the Cognito identity that [transport] signs for, kept in [store]. */
public class SyncManager(
    private val store: Store,
    private val transport: Transport,
    identity: String,
    options: Options = Options(),
) {
    private val setting = Setting(store, transport, options)
    private val mutexes = ConcurrentHashMap<Place, Mutex>()

    /** The identity whose datasets these are. */
    @Volatile
    public var identity: String = identity
        private set

    /** Returns the dataset of this name, without asking the service; it need not exist yet. */
    public fun open(name: String): Dataset {
        val place = Place(identity, checkedName(name))
        return Dataset(setting, place, mutexes.computeIfAbsent(place) { Mutex() })
    }

    /** Asks the service what datasets the identity has; the device must be online. */
    public suspend fun list(): List<DatasetInfo> {
        val request = Request("GET", "/sync/datasets", mapOf("identity" to identity))
        val answer = transport.send(request)
        if (answer.status != OK) {
            throw failure(answer, request)
        }
        return readList(answer)
    }

    /**
     * Goes on as [new], to whom the guest has signed in, and brings along what the device held so far.
     *
     * Each record becomes a local change of the new identity, unless it has one of its own under that key; where the
     * service holds something else, the next synchronisation asks its handler. Happens whole or not at all, and doing
     * it again changes nothing. Datasets that were opened before are those of the old identity: open them again.
     *
     * For another person on the same device, make a manager of their own instead: nothing is brought along then.
     */
    public suspend fun useIdentity(new: String) {
        val before = identity
        if (new == before) {
            return
        }
        store.transaction { transaction ->
            for (dataset in transaction.datasets(before)) {
                val old = Place(before, dataset)
                bring(transaction, old, Place(new, dataset))
                transaction.dropDataset(old)
            }
        }
        identity = new
    }
}

/** Makes the records at [old] local changes at [place]. */
private suspend fun bring(transaction: Transaction, old: Place, place: Place) {
    val held = transaction.records(place)
    val brought = transaction.records(old).values.filter { it.value != null && held[it.key]?.isEdited != true }
    var edits = transaction.progress(place).edits
    for (record in brought) {
        edits += 1
        transaction.save(place, record.copy(base = 0, edit = edits))
    }
    if (brought.isNotEmpty()) {
        // From 0: the next pull must tell of what this identity already has under these keys.
        transaction.setProgress(place, Progress(since = 0, seenAt = 0, edits = edits))
    }
}
