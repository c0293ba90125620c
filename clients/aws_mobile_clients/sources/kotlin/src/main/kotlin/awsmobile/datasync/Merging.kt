/** Decides, as a pure function, what a pull makes of the records that a device holds. */
package awsmobile.datasync

/** Under what a decision is kept: another local edit, or another count at the service, is another conflict. */
internal data class Decided(val key: String, val edit: Long, val syncCount: Long)

/** What a handler made up. */
internal data class MadeUp(val key: String, val value: String?, val base: Long)

/** What is to be stored of a pull. */
internal class Merge {
    val saved: MutableList<StoredRecord> = mutableListOf()

    /** What the service lost and the device still has; they become local changes, numbered in this order. */
    val revived: MutableList<StoredRecord> = mutableListOf()

    /** What a handler made up; they become local changes of now, numbered in this order after the revived ones. */
    val decided: MutableList<MadeUp> = mutableListOf()
    val dropped: MutableList<String> = mutableListOf()

    /** Conflicts that nobody has decided yet; with any of them, nothing may be stored. */
    val open: MutableList<Conflict> = mutableListOf()

    /** Records that another device changed. */
    var news: Int = 0
}

/** Whether the device holds what the service once took and has not any more: a copy took over that was behind. */
internal fun isAhead(held: Map<String, StoredRecord>, syncCount: Long): Boolean =
    held.values.any { it.base > syncCount }

/** Merges a pull into the records that are held. */
internal fun merge(
    dataset: String,
    held: Map<String, StoredRecord>,
    pulled: Pulled,
    decisions: Map<Decided, Decision>,
): Merge = Merging(dataset, pulled, decisions).run(held)

private class Merging(
    private val dataset: String,
    private val pulled: Pulled,
    private val decisions: Map<Decided, Decision>,
) {
    private val result = Merge()

    fun run(held: Map<String, StoredRecord>): Merge {
        for (remote in pulled.records) {
            take(held[remote.key], remote)
        }
        if (pulled.since == 0L) {
            val there = pulled.records.mapTo(HashSet()) { it.key }
            val inOrder = held.values.sortedWith(compareBy<StoredRecord> { it.edit }.thenBy(TEXT_ORDER) { it.key })
            inOrder.filterNot { it.key in there }.forEach(::miss)
        }
        return result
    }

    /** Merges a record that the pull brought. */
    private fun take(record: StoredRecord?, remote: RemoteRecord) {
        if (record == null) {
            result.news += 1
            result.saved += synchronised(remote)
        } else if (remote.syncCount < record.base) {
            // The service was set back: what this device holds is newer and becomes a change again.
            (if (record.isEdited) result.saved else result.revived) += record.copy(base = remote.syncCount)
        } else if (remote.syncCount > record.base) {
            result.news += 1
            if (record.isEdited && record.value != remote.value) {
                decide(record, remote)
            } else {
                result.saved += synchronised(remote)
            }
        }
    }

    /** Merges a record that the device holds and the service does not. */
    private fun miss(record: StoredRecord) {
        if (record.value == null || (!record.isEdited && record.base <= pulled.syncCount)) {
            result.dropped += record.key
        } else if (record.base > pulled.syncCount) {
            (if (record.isEdited) result.saved else result.revived) += record.copy(base = 0)
        } else if (record.base > 0) {
            decide(record, RemoteRecord(record.key, null, 0, 0, ""))
        }
    }

    private fun decide(record: StoredRecord, remote: RemoteRecord) {
        val decision = decisions[decidedFor(record, remote)]
        if (decision == null) {
            result.open += Conflict(dataset, record.key, LocalChange(record.value, record.changedAt), remote)
        } else if (decision == Decision.Remote || decision == Decision.Value(remote.value)) {
            if (remote.syncCount > 0) {
                result.saved += synchronised(remote)
            } else {
                result.dropped += record.key
            }
        } else if (decision is Decision.Value && decision.value != record.value) {
            result.decided += MadeUp(record.key, decision.value, remote.syncCount)
        } else {
            result.saved += record.copy(base = remote.syncCount)
        }
    }
}

internal fun decidedFor(held: StoredRecord, remote: RemoteRecord): Decided =
    Decided(held.key, held.edit, remote.syncCount)

private fun synchronised(remote: RemoteRecord): StoredRecord =
    StoredRecord(remote.key, remote.value, remote.syncCount, remote.changedAt, edit = 0)
