/** One call of `synchronize`. */
package awsmobile.datasync

import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** How often a synchronisation starts anew because another device was quicker. */
private const val ROUNDS = 8

internal class Synchronization(
    private val setting: Setting,
    private val place: Place,
    private val handler: Handler,
) {
    private val store = setting.store
    private val path = "/sync/datasets/${place.dataset}"
    private var outcome = Outcome()

    /** Whether the next pull asks for everything: the service is not what this device remembers. */
    private var anew = false

    /** Sends again what has no answer yet; then pulls and pushes until no other device comes between. */
    suspend fun run(): Outcome {
        store.transaction { it.pending(place) }?.let { push(it) }
        for (turn in 0 until ROUNDS) {
            outcome = outcome.copy(retries = turn)
            if (pull() && pushAll()) {
                return outcome
            }
        }
        throw SyncBusyError(place.dataset, ROUNDS)
    }

    /** Pulls what is new and merges it; `false` if the dataset changed on the way and it must be done again. */
    private suspend fun pull(): Boolean {
        val pulled = fetch() ?: return false
        if (pulled.since > 0 && isAhead(store.transaction { it.records(place) }, pulled.syncCount)) {
            anew = true
            return false
        }
        anew = false
        keepMerged(pulled)
        return true
    }

    /** Fetches all pages of a pull; `null` if they are not of one count, or if the service was set back. */
    private suspend fun fetch(): Pulled? {
        val progress = if (anew) Progress() else store.transaction { it.progress(place) }
        val query = buildMap {
            put("identity", place.identity)
            put("since", progress.since.toString())
            if (progress.since > 0) {
                put("seen_at", progress.seenAt.toString())
            }
        }
        var first: Pulled? = null
        val records = mutableListOf<RemoteRecord>()
        var page: String? = null
        do {
            val answer = ask(if (page == null) query else query + ("page" to page))
            if (answer.status != OK) {
                anew = anew || code(answer) == "FutureCount"
                return null
            }
            val (found, next) = readPage(answer)
            if (first != null && found.syncCount != first.syncCount) {
                return null
            }
            first = first ?: found
            records += found.records
            page = next
        } while (page != null)
        return first.copy(records = records)
    }

    /** Merges a pull in one transaction; the handler is asked outside of it, as it may take its time. */
    private suspend fun keepMerged(pulled: Pulled) {
        val decisions = mutableMapOf<Decided, Decision>()
        while (true) {
            val (held, merged) = store.transaction { transaction ->
                val held = transaction.records(place)
                val merged = merge(place.dataset, held, pulled, decisions)
                if (merged.open.isEmpty()) {
                    keep(transaction, merged, pulled)
                }
                held to merged
            }
            if (merged.open.isEmpty()) {
                outcome = outcome.copy(
                    pulled = outcome.pulled + merged.news,
                    conflicts = outcome.conflicts + decisions.size,
                )
                return
            }
            for (conflict in merged.open) {
                val decision = handler.decide(conflict)
                (decision as? Decision.Value)?.value?.let(::checkedValue)
                decisions[decidedFor(held.getValue(conflict.key), conflict.remote)] = decision
            }
        }
    }

    /** Stores a merge. */
    private suspend fun keep(transaction: Transaction, merged: Merge, pulled: Pulled) {
        var edits = transaction.progress(place).edits
        merged.saved.forEach { transaction.save(place, it) }
        for (record in merged.revived) {
            edits += 1
            transaction.save(place, record.copy(edit = edits))
        }
        for ((key, value, base) in merged.decided) {
            edits += 1
            transaction.save(place, StoredRecord(key, value, base, setting.options.clock(), edits))
        }
        merged.dropped.forEach { transaction.drop(place, it) }
        transaction.setProgress(place, Progress(pulled.syncCount, pulled.seenAt, edits))
    }

    /** Pushes the changes that stood when this began, oldest first; `false` if another device was quicker. */
    private suspend fun pushAll(): Boolean {
        val last = store.transaction { it.progress(place) }.edits
        while (true) {
            val push = store.transaction { nextPush(it, last) } ?: return true
            if (!push(push)) {
                return false
            }
        }
    }

    /** Stores the next push with a token of its own before it is sent. */
    private suspend fun nextPush(transaction: Transaction, last: Long): PendingPush? {
        val edited = transaction.records(place).values.filter { it.edit in 1..last }.sortedBy { it.edit }
        val chosen = mutableListOf<StoredRecord>()
        var size = 0
        for (record in edited.take(setting.options.maxChanges)) {
            size += sizeOf(record)
            if (chosen.isNotEmpty() && size > setting.options.maxPushBytes) {
                break
            }
            chosen += record
        }
        if (chosen.isEmpty()) {
            return null
        }
        val name = setting.options.device ?: transaction.device()
        val body = buildJsonObject {
            put("token", setting.options.newToken())
            put("device", name)
            putJsonArray("changes") {
                for (record in chosen) {
                    addJsonObject {
                        put("key", record.key)
                        put("value", record.value)
                        put("base", record.base)
                        put("changed_at", record.changedAt)
                    }
                }
            }
        }
        return PendingPush(body, chosen.associate { it.key to it.edit }).also { transaction.setPending(place, it) }
    }

    /** Sends a push; `false` if it was not taken because the service holds something newer. */
    private suspend fun push(push: PendingPush): Boolean {
        val request = Request("POST", path, mapOf("identity" to place.identity), push.body)
        val answer = setting.transport.send(request)
        if (answer.status == OK) {
            val taken = readTaken(answer)
            if (store.transaction { settle(it, push, taken) }) {
                outcome = outcome.copy(pushed = outcome.pushed + push.edits.size)
            }
            return true
        }
        if (!isJudged(answer)) {
            throw failure(answer, request)
        }
        val why = code(answer)
        val met = if (why == "Conflict") readMet(answer) else Met(0, emptyList())
        store.transaction {
            it.setPending(place, null)
            rebase(it, met)
        }
        anew = anew || why == "FutureCount"
        if (why != "Conflict" && why != "FutureCount") {
            throw failure(answer, request)
        }
        return false
    }

    /**
     * Stores that a push was taken; what was edited since it was sent stays a local change, on the new base.
     *
     * `false` if somebody else who uses the store was answered first.
     */
    private suspend fun settle(transaction: Transaction, push: PendingPush, taken: Taken): Boolean {
        val known = transaction.pending(place)
        if (known == null || token(known) != token(push)) {
            return false
        }
        for ((key, sent) in push.edits) {
            val record = transaction.record(place, key) ?: continue
            val edit = if (record.edit == sent) 0 else record.edit
            transaction.save(place, record.copy(base = taken.syncCount, edit = edit))
        }
        val progress = transaction.progress(place)
        // The next count is not enough: the dataset may have been deleted and made again by this very push. Then no
        // record had a count that it could be based on, and the next pull tells what is gone.
        val sameLife = progress.since == 0L || bases(push).any { it > 0 }
        if (sameLife && progress.since + 1 == taken.syncCount) {
            transaction.setProgress(place, progress.copy(since = taken.syncCount, seenAt = taken.seenAt))
        }
        transaction.setPending(place, null)
        return true
    }

    /**
     * Looks at what a refused push met that no pull would tell of, so that the next round does not stand still.
     *
     * A record that was removed, as this device knows or a complete pull left out, is no conflict: the change was made
     * knowing that it is gone, and only its base is put right. A live one means that this device has a wrong picture.
     */
    private suspend fun rebase(transaction: Transaction, met: Met) {
        val since = transaction.progress(place).since
        for (remote in met.records) {
            val record = transaction.record(place, remote.key)?.takeIf { it.isEdited }
            // Of a record that is there no longer the service has no count; the pull was complete if nothing is newer.
            val known = if (remote.syncCount > 0) remote.syncCount <= since else met.syncCount == since
            if (!known || record == null) {
                continue
            }
            if (remote.value == null) {
                transaction.save(place, record.copy(base = remote.syncCount))
            } else {
                anew = true
            }
        }
    }

    /** Asks about the dataset; anything but an answer or "it changed meanwhile" is an error. */
    private suspend fun ask(query: Map<String, String>): Answer {
        val request = Request("GET", path, query)
        val answer = setting.transport.send(request)
        if (answer.status != OK && code(answer) !in setOf("DatasetChanged", "FutureCount")) {
            throw failure(answer, request)
        }
        return answer
    }
}

private fun token(push: PendingPush): String = push.body.getValue("token").jsonPrimitive.content

private fun bases(push: PendingPush): List<Long> =
    push.body.getValue("changes").jsonArray.map { it.jsonObject.getValue("base").jsonPrimitive.long }

/** How long a change is in a push, all escaped: never less than it really is. */
private fun sizeOf(record: StoredRecord): Int {
    val numbers = """{"key": , "value": , "base": ${record.base}, "changed_at": ${record.changedAt}}"""
    return numbers.length + jsonLength(record.key) + (record.value?.let(::jsonLength) ?: "null".length)
}
