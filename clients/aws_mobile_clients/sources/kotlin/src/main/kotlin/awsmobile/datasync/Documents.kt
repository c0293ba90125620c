/** A store made of a few small texts, each of which is written whole or not at all. */
package awsmobile.datasync

import java.io.IOException
import java.security.SecureRandom
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonArrayBuilder
import kotlinx.serialization.json.add
import kotlinx.serialization.json.addJsonArray
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** Texts under names: what a [DocumentStore] needs of a platform. Failures are [IOException]s. */
public interface Documents {
    /** The text of this name; `null` if there is none. */
    public suspend fun read(name: String): String?

    /** Writes the text whole or not at all; once it returns, the text survives a crash. */
    public suspend fun write(name: String, text: String)

    /** Removes the text of this name, if there is one. */
    public suspend fun remove(name: String)

    /** Does it alone of all that use the same texts. */
    public suspend fun <T> alone(body: suspend () -> T): T
}

private const val INDEX = "index"
private const val JOURNAL = "journal"

/**
 * Keeps each dataset as one text. A transaction over several texts is first written down whole in a journal, so that
 * whoever finds the journal after a crash can bring it to its end.
 */
public open class DocumentStore(private val documents: Documents) : Store {
    final override suspend fun <T> transaction(body: suspend (Transaction) -> T): T = documents.alone {
        recover()
        val work = Work(documents)
        val result = body(work)
        commit(work.writes())
        result
    }

    /** Brings to its end what the journal tells of. */
    private suspend fun recover() {
        val journal = documents.read(JOURNAL) ?: return
        apply(Json.parseToJsonElement(journal).jsonObject.mapValues { (_, text) -> text.jsonPrimitive.contentOrNull })
        documents.remove(JOURNAL)
    }

    private suspend fun commit(writes: Map<String, String?>) {
        if (writes.size <= 1) {
            apply(writes)
            return
        }
        documents.write(JOURNAL, JsonObject(writes.mapValues { (_, text) -> JsonPrimitive(text) }).toString())
        try {
            recover()
        } catch (_: IOException) {
            // The journal stands, so it has happened: whatever comes next begins by bringing it to its end.
        }
    }

    private suspend fun apply(writes: Map<String, String?>) {
        for ((name, text) in writes) {
            if (text == null) documents.remove(name) else documents.write(name, text)
        }
    }
}

/** The dataset of a place, and the number of its text. */
private data class Entry(val place: Place, val number: Long)

private class Index(val device: String, var next: Long, val entries: MutableList<Entry>)

private class Held(var progress: Progress, val records: MutableMap<String, StoredRecord>, var pending: PendingPush?)

/** One transaction: reads texts when they are first asked for, and keeps changes to itself. */
private class Work(private val documents: Documents) : Transaction {
    private var index: Index? = null
    private var indexChanged = false
    private val held = mutableMapOf<Long, Held>()
    private val changed = mutableSetOf<Long>()
    private val removed = mutableSetOf<Long>()

    /** The texts that the transaction leaves otherwise than it found them; `null`: removed. */
    fun writes(): Map<String, String?> = buildMap {
        changed.forEach { put(textName(it), written(held.getValue(it))) }
        removed.forEach { put(textName(it), null) }
        index?.takeIf { indexChanged }?.let { put(INDEX, written(it)) }
    }

    override suspend fun device(): String = theIndex().device

    override suspend fun datasets(identity: String): List<String> =
        theIndex().entries.map { it.place }.filter { it.identity == identity }.map { it.dataset }.sortedWith(TEXT_ORDER)

    override suspend fun progress(place: Place): Progress = find(place)?.progress ?: Progress()

    override suspend fun record(place: Place, key: String): StoredRecord? = find(place)?.records?.get(key)

    override suspend fun records(place: Place): Map<String, StoredRecord> =
        find(place)?.records.orEmpty().toSortedMap(TEXT_ORDER)

    override suspend fun pending(place: Place): PendingPush? = find(place)?.pending

    override suspend fun setProgress(place: Place, progress: Progress) {
        change(place).progress = progress
    }

    override suspend fun save(place: Place, record: StoredRecord) {
        change(place).records[record.key] = record
    }

    override suspend fun drop(place: Place, key: String) {
        change(place).records.remove(key)
    }

    override suspend fun setPending(place: Place, push: PendingPush?) {
        change(place).pending = push
    }

    override suspend fun dropDataset(place: Place) {
        val index = theIndex()
        val number = numberOf(index, place) ?: return
        index.entries.removeAll { it.number == number }
        indexChanged = true
        held.remove(number)
        changed.remove(number)
        removed.add(number)
    }

    private suspend fun theIndex(): Index = index ?: documents.read(INDEX).let { text ->
        indexChanged = text == null
        val found = if (text == null) Index(madeUp(DEVICE_BYTES), next = 1, mutableListOf()) else readIndex(text)
        index = found
        found
    }

    private suspend fun find(place: Place): Held? {
        val number = numberOf(theIndex(), place) ?: return null
        return held[number] ?: readHeld(documents.read(textName(number))).also { held[number] = it }
    }

    private suspend fun change(place: Place): Held {
        val index = theIndex()
        val number = numberOf(index, place) ?: index.next.also {
            index.next += 1
            index.entries += Entry(place, it)
            indexChanged = true
            held[it] = readHeld(null)
        }
        changed += number
        return checkNotNull(find(place))
    }
}

private const val DEVICE_BYTES = 8
private val random = SecureRandom()

/** Makes up a name of twice as many characters as bytes. */
internal fun madeUp(bytes: Int): String =
    ByteArray(bytes).also(random::nextBytes).joinToString("") { "%02x".format(it.toInt() and 0xff) }

private fun numberOf(index: Index, place: Place): Long? = index.entries.find { it.place == place }?.number

private fun textName(number: Long): String = "dataset-$number"

private fun written(index: Index): String = buildJsonObject {
    put("version", 1)
    put("device", index.device)
    put("next", index.next)
    putJsonArray("places") {
        for ((place, number) in index.entries) {
            addJsonArray { add(place.identity); add(place.dataset); add(number) }
        }
    }
}.toString()

private fun readIndex(text: String): Index {
    val found = Json.parseToJsonElement(text).jsonObject
    val entries = found.getValue("places").jsonArray.map {
        val (identity, dataset, number) = it.jsonArray
        Entry(Place(text(identity), text(dataset)), number(number))
    }
    return Index(text(found.getValue("device")), number(found.getValue("next")), entries.toMutableList())
}

private fun written(held: Held): String = buildJsonObject {
    put("since", held.progress.since)
    put("seen_at", held.progress.seenAt)
    put("edits", held.progress.edits)
    putJsonArray("records") { held.records.values.forEach { addRecord(it) } }
    held.pending?.let { pending ->
        put("pending", pending.body)
        putJsonArray("sent") {
            pending.edits.forEach { (key, edit) -> addJsonArray { add(key); add(edit) } }
        }
    }
}.toString()

private fun JsonArrayBuilder.addRecord(record: StoredRecord) {
    addJsonArray {
        add(record.key)
        add(record.value)
        add(record.base)
        add(record.changedAt)
        add(record.edit)
    }
}

private fun readHeld(text: String?): Held {
    if (text == null) {
        return Held(Progress(), mutableMapOf(), pending = null)
    }
    val found = Json.parseToJsonElement(text).jsonObject
    val (since, seenAt, edits) = listOf("since", "seen_at", "edits").map { number(found.getValue(it)) }
    val records = found.getValue("records").jsonArray.map {
        val (key, value, base, changedAt, edit) = it.jsonArray
        val held = if (value is JsonNull) null else text(value)
        StoredRecord(text(key), held, number(base), number(changedAt), number(edit))
    }
    val pending = found["pending"]?.let { body ->
        val sent = found.getValue("sent").jsonArray.associate { text(it.jsonArray[0]) to number(it.jsonArray[1]) }
        PendingPush(body.jsonObject, sent)
    }
    return Held(Progress(since, seenAt, edits), records.associateByTo(LinkedHashMap()) { it.key }, pending)
}

private fun text(value: JsonElement): String = value.jsonPrimitive.content

private fun number(value: JsonElement): Long = value.jsonPrimitive.long
