/** Tells the backend what users do: events are kept until they are sent, and sent again until they are taken. */
package awsmobile.backend

import java.io.IOException
import java.util.Base64
import java.util.UUID
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import okhttp3.Call
import okhttp3.HttpUrl.Companion.toHttpUrl

/** Where events go, as the stack's output `analytics.client` says it. */
public data class AnalyticsConfig(
    val region: String,
    /** `kinesis` or `firehose`. */
    val service: String,
    val stream: String,
    val schemaVersion: Int,
    /** Where the service is reached; AWS's own address if not given. */
    val endpoint: String = "https://$service.$region.amazonaws.com/",
)

/** What every event says of the app and of who uses it. */
public data class Teller(
    /** Made once at installation and kept. */
    val deviceId: String,
    val platform: String = "android",
    val appVersion: String? = null,
    val locale: String? = null,
)

/** What became of the events that waited; those that the service did not take are sent with the next flush. */
public data class Flushed(val sent: Int, val waiting: Int)

/** The service refused a whole batch; its events still wait. */
public class AnalyticsError(public val status: Int, message: String) :
    IOException("the stream refused the events ($status): $message")

/** The events of one device. They wait in memory: flush when the app goes into the background. */
public class Analytics internal constructor(
    private val config: AnalyticsConfig,
    private val teller: Teller,
    private val client: Call.Factory,
    private val clock: () -> Long,
) {
    private val isKinesis = config.service == "kinesis"
    private val flushing = Mutex()
    private val waiting = ArrayDeque<JsonObject>()
    private var sessionId = UUID.randomUUID().toString()
    private var userId: String? = null

    /** Begins a session: what is recorded from now on belongs to it. */
    public fun startSession(): Unit = synchronized(waiting) { sessionId = UUID.randomUUID().toString() }

    /** Says who is signed in; events recorded from now on name them, or nobody. */
    public fun identify(user: String?): Unit = synchronized(waiting) { userId = user }

    /** Keeps an event until the next flush. */
    public fun record(
        eventType: String,
        attributes: Map<String, String> = emptyMap(),
        metrics: Map<String, Number> = emptyMap(),
    ): Unit = synchronized(waiting) {
        waiting += buildJsonObject {
            put("event_id", UUID.randomUUID().toString())
            put("event_type", eventType)
            put("schema_version", config.schemaVersion)
            put("client_time", clock())
            put("device_id", teller.deviceId)
            put("session_id", sessionId)
            say("user_id", userId)
            put("platform", teller.platform)
            say("app_version", teller.appVersion)
            say("locale", teller.locale)
            put("attributes", JsonObject(attributes.mapValues { JsonPrimitive(it.value) }))
            put("metrics", JsonObject(metrics.mapValues { JsonPrimitive(it.value) }))
        }
        while (waiting.size > LONGEST_QUEUE) {
            waiting.removeFirst()
        }
    }

    /** Sends what waits; one flush at a time. What was sent and not confirmed is sent again, and counts once. */
    public suspend fun flush(): Flushed = flushing.withLock {
        val all = synchronized(waiting) { waiting.toList() }
        var sent = 0
        for (batch in all.chunked(BATCH)) {
            val refused = put(batch)
            val taken = batch.filterIndexed { place, _ -> !refused.getOrElse(place) { true } }.toSet()
            synchronized(waiting) { waiting.removeAll(taken) }
            sent += taken.size
        }
        Flushed(sent, synchronized(waiting) { waiting.size })
    }

    /** Sends a batch and returns for each event whether it was refused. */
    private suspend fun put(batch: List<JsonObject>): List<Boolean> {
        val sentAt = JsonPrimitive(clock())
        val records = buildJsonArray {
            for (event in batch) {
                val text = JsonObject(event + ("sent_at" to sentAt)).toString()
                add(
                    buildJsonObject {
                        put("Data", Base64.getEncoder().encodeToString(text.toByteArray()))
                        if (isKinesis) put("PartitionKey", teller.deviceId)
                    },
                )
            }
        }
        val order = buildJsonObject {
            put(if (isKinesis) "StreamName" else "DeliveryStreamName", config.stream)
            put("Records", records)
        }
        val target = if (isKinesis) "Kinesis_20131202.PutRecords" else "Firehose_20150804.PutRecordBatch"
        val made = request("POST", config.endpoint.toHttpUrl(), order.toString(), "application/x-amz-json-1.1")
        val said = client.say(made.newBuilder().header("X-Amz-Target", target).build())
        if (said.status != OK) {
            throw AnalyticsError(said.status, said.text)
        }
        val answer = Json.parseToJsonElement(said.text) as JsonObject
        val results = answer[if (isKinesis) "Records" else "RequestResponses"] as JsonArray
        return results.map { result -> ((result as JsonObject)["ErrorCode"] ?: JsonNull) != JsonNull }
    }

    private fun JsonObjectBuilder.say(name: String, value: String?) {
        if (value != null) put(name, value)
    }

    private companion object {
        const val OK = 200

        /** At 32 KiB for an event this stays below what one call may carry: 4 MiB for Firehose, 10 for Kinesis. */
        const val BATCH = 100

        /** Beyond this the oldest events go: a device that is offline for months keeps its memory. */
        const val LONGEST_QUEUE = 10_000
    }
}
