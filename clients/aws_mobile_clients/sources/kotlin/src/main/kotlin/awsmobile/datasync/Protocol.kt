/** What passes between a device and the service, as values: requests, answers and how an answer is read. */
package awsmobile.datasync

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.longOrNull

/** What a device asks. */
public data class Request(
    val method: String,
    /** The path as it is meant, such as `/sync/datasets/a:b`; a transport encodes it. */
    val path: String,
    val query: Map<String, String>,
    /** What is sent, as JSON: `body.toString()`. */
    val body: JsonObject? = null,
)

/** What was answered, by the service or by whatever stands before it. */
public data class Answer(
    val status: Int,
    /** The JSON of the answer; `null` if it was none. */
    val body: JsonElement?,
    val retryAfterSeconds: Int? = null,
) {
    public companion object {
        /** Reads the text of an answer; one that is no JSON has no body. */
        public fun of(status: Int, text: String, retryAfterSeconds: Int? = null): Answer {
            val body = try {
                Json.parseToJsonElement(text)
            } catch (_: SerializationException) {
                null
            }
            return Answer(status, body, retryAfterSeconds)
        }
    }
}

/** Carries one request to the service; knows addresses and signatures, and nothing of datasets. */
public fun interface Transport {
    /** Sends the request once and returns what was answered; throws [NoAnswerError] if nothing was. */
    public suspend fun send(request: Request): Answer
}

/** A record as the service holds it. */
public data class RemoteRecord(
    val key: String,
    /** `null`: the record was removed, or never was. */
    val value: String?,
    /** The dataset's count when the record last changed; 0 if the service holds nothing under the key. */
    val syncCount: Long,
    /** When it was changed, in milliseconds since 1970 by the clock of the device that did. */
    val changedAt: Long,
    /** The device that changed it. */
    val device: String,
)

/** What a complete pull brought: the dataset at one sync count. */
internal data class Pulled(
    /** The count that the records start from; 0: they are all there is, and what the device held before is void. */
    val since: Long,
    val syncCount: Long,
    val seenAt: Long,
    val records: List<RemoteRecord>,
)

/** What is answered to a push that was taken. */
internal data class Taken(val syncCount: Long, val seenAt: Long)

/** What a push met that was based on something else, and the dataset's count. */
internal data class Met(val syncCount: Long, val records: List<RemoteRecord>)

/** A dataset as the service lists it. */
public data class DatasetInfo(
    val name: String,
    val syncCount: Long,
    val records: Long,
    val bytes: Long,
    /** When it last changed, as the service says it. */
    val changedAt: Long,
)

internal const val OK = 200
private const val BAD = 400
private const val CONFLICT = 409
private const val TOO_LARGE = 413
private const val TOO_MANY = 429
private const val BROKEN = 500

/** The service's word for why it refuses; empty if it does not, or if it was not the service that answered. */
internal fun code(answer: Answer): String =
    if (answer.status == OK) "" else textOrNull(fields(answer.body)["code"]).orEmpty()

/**
 * Whether the answer proves that the service looked at a push and did not take it.
 *
 * A gateway's refusal (expired credentials, too many calls) proves nothing about the same push sent before it.
 */
internal fun isJudged(answer: Answer): Boolean =
    answer.status in setOf(BAD, CONFLICT, TOO_LARGE) && code(answer).isNotEmpty()

/** The error that an answer other than 200 is. */
internal fun failure(answer: Answer, request: Request): SyncError {
    val said = fields(answer.body)
    val message = said["message"]?.let { textOrNull(it) ?: it.toString() } ?: "no reason given"
    if (answer.status in BAD until BROKEN && answer.status != TOO_MANY) {
        val about = textOrNull(said["field"])
        return RefusedError(answer.status, code(answer), message, about, keyOf(about, request))
    }
    return UnavailableError(answer.status, message, answer.retryAfterSeconds)
}

private val CHANGE = Regex("""^changes\[(\d{1,4})]""")

/** The key of the change that a field such as `changes[3].value` is about. */
private fun keyOf(about: String?, request: Request): String? {
    val index = CHANGE.find(about.orEmpty())?.groupValues?.get(1)?.toInt() ?: return null
    val change = (request.body?.get("changes") as? JsonArray)?.getOrNull(index)
    return textOrNull(fields(change)["key"])
}

/** Reads one page of a pull and what to ask for the next. */
internal fun readPage(answer: Answer): Pair<Pulled, String?> = reading(answer) { said ->
    val records = list(said["records"]).map(::record)
    val pulled = Pulled(count(said["since"]), count(said["sync_count"]), count(said["seen_at"]), records)
    val page = said["page"]
    pulled to if (page == null || page is JsonNull) null else text(page)
}

/** Reads the answer to a push that was taken. */
internal fun readTaken(answer: Answer): Taken = reading(answer) { Taken(count(it["sync_count"]), count(it["seen_at"])) }

/** Reads what the service holds instead of what a push was based on. */
internal fun readMet(answer: Answer): Met = reading(answer) { said ->
    Met(count(said["sync_count"]), list(said["conflicts"]).map { record(fields(it)["record"]) })
}

/** Reads the list of datasets. */
internal fun readList(answer: Answer): List<DatasetInfo> = reading(answer) { said ->
    list(said["datasets"]).map {
        val found = fields(it)
        DatasetInfo(
            text(found["name"]),
            count(found["sync_count"]),
            count(found["records"]),
            count(found["bytes"]),
            count(found["changed_at"]),
        )
    }
}

private fun record(said: JsonElement?): RemoteRecord {
    val found = fields(said)
    val value = found["value"]
    return RemoteRecord(
        text(found["key"]),
        if (value is JsonNull) null else text(value),
        count(found["sync_count"]),
        found["changed_at"].takeUnless { it is JsonNull }?.let(::count) ?: 0,
        found["device"].takeUnless { it is JsonNull }?.let(::text).orEmpty(),
    )
}

private class Unexpected : Exception()

/** Turns what is not as the service says it into the error for a hotspot's page or a proxy's cache. */
private fun <T> reading(answer: Answer, read: (JsonObject) -> T): T = try {
    read(fields(answer.body))
} catch (error: Unexpected) {
    val shown = shortened(answer.body.toString())
    throw NoAnswerError("what was answered is not the service's: ${answer.status} $shown", error)
}

private val NOTHING = JsonObject(emptyMap())

private fun fields(value: JsonElement?): JsonObject = value as? JsonObject ?: NOTHING

private fun list(value: JsonElement?): JsonArray = value as? JsonArray ?: throw Unexpected()

private fun count(value: JsonElement?): Long {
    val number = (value as? JsonPrimitive)?.takeUnless { it.isString }?.longOrNull
    return if (number == null || number < 0) throw Unexpected() else number
}

private fun text(value: JsonElement?): String = textOrNull(value) ?: throw Unexpected()

private fun textOrNull(value: JsonElement?): String? =
    (value as? JsonPrimitive)?.takeIf { it.isString }?.contentOrNull
