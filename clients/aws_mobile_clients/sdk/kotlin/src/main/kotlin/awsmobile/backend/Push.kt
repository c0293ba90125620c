/** The devices of a user, and the messages that they get. */
package awsmobile.backend

import java.io.IOException
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import okhttp3.Call
import okhttp3.HttpUrl

/** How a platform's messages reach a device. */
@Serializable
public enum class Platform {
    @SerialName("apns")
    APNS,

    @SerialName("apns_sandbox")
    APNS_SANDBOX,

    @SerialName("fcm")
    FCM,

    @SerialName("adm")
    ADM,
}

/** What an app says of the device that it runs on. */
@Serializable
public data class Registration(
    val platform: Platform,
    /** The push token that the platform gave. */
    val token: String,
    /** The topics that it hears from now on; those it had, if not given. */
    val topics: List<String>? = null,
)

/** A device as the service knows it. */
@Serializable
public data class Device(
    val device: String,
    val platform: Platform,
    val topics: List<String>,
    /** When it was registered, in seconds since 1970. */
    @SerialName("registered_at") val registeredAt: Long,
)

/** Whom a message goes to: a topic, a user, one device of a user, or a phone number. */
@Serializable
public data class Recipient(
    val topic: String? = null,
    val user: String? = null,
    val device: String? = null,
    @SerialName("phone_number") val phoneNumber: String? = null,
)

/** What is sent. */
@Serializable
public data class Message(
    val title: String? = null,
    val body: String? = null,
    val data: Map<String, String>? = null,
    val badge: Int? = null,
    val sound: String? = null,
    val silent: Boolean? = null,
    @SerialName("collapse_key") val collapseKey: String? = null,
    @SerialName("ttl_seconds") val ttlSeconds: Int? = null,
)

/** What became of a message. */
@Serializable
public data class Sent(
    @SerialName("message_id") val messageId: String? = null,
    val sent: Int? = null,
    val failed: Int? = null,
    val results: List<Result> = emptyList(),
) {
    /** What became of it on one device. */
    @Serializable
    public data class Result(
        val device: String,
        val platform: Platform,
        val status: String,
        val reason: String? = null,
        @SerialName("message_id") val messageId: String? = null,
    )
}

/** The service refused, or could not. */
public class PushError(
    public val status: Int,
    /** The kind of refusal, such as `NoPlatform`; empty if the gateway refused. */
    public val code: String,
    message: String,
    /** What was wrong in the request, such as `topics[1]`. */
    public val field: String?,
) : IOException("push notifications refused it ($status $code): $message")

/** Registers devices, and sends where the user is in a group that may. */
public class Push internal constructor(private val url: HttpUrl, private val client: Call.Factory) {
    /** Returns the user's devices. */
    public suspend fun devices(): List<Device> =
        JSON.decodeFromString<Devices>(call("GET", listOf("devices"), null)).devices

    /** Registers this device; call it at every start, after every sign-in, and for every new token. */
    public suspend fun register(device: String, registration: Registration): Device =
        JSON.decodeFromString(call("PUT", listOf("devices", device), JSON.encodeToString(registration)))

    /** Removes a device; call it before the user signs out. Returns whether it was there. */
    public suspend fun remove(device: String): Boolean =
        JSON.decodeFromString<Removed>(call("DELETE", listOf("devices", device), null)).removed

    /** Subscribes a device to a topic. */
    public suspend fun subscribe(device: String, topic: String): Device =
        JSON.decodeFromString(call("PUT", listOf("devices", device, "topics", topic), null))

    /** Ends a device's subscription to a topic. */
    public suspend fun unsubscribe(device: String, topic: String): Device =
        JSON.decodeFromString(call("DELETE", listOf("devices", device, "topics", topic), null))

    /** Sends a message; under the same token it is sent once in seven days. */
    public suspend fun send(to: Recipient, message: Message, token: String? = null): Sent =
        JSON.decodeFromString(call("POST", listOf("messages"), JSON.encodeToString(Order(to, message, token))))

    private suspend fun call(method: String, path: List<String>, json: String?): String {
        val place = url.newBuilder()
        path.forEach { place.addPathSegment(it) }
        val said = client.say(request(method, place.build(), json))
        if (said.status !in SUCCESS) {
            throw refusal(said)
        }
        return said.text
    }

    private fun refusal(said: Said): PushError {
        val failure = try {
            JSON.decodeFromString<Failure>(said.text)
        } catch (_: SerializationException) {
            Failure()
        }
        return PushError(said.status, failure.code, failure.message, failure.field)
    }

    @Serializable
    private class Devices(val devices: List<Device>)

    @Serializable
    private class Removed(val removed: Boolean)

    @Serializable
    private class Order(val to: Recipient, val message: Message, val token: String? = null)

    @Serializable
    private class Failure(val code: String = "", val message: String = "", val field: String? = null)

    private companion object {
        val SUCCESS = 200..299
        val JSON = Json {
            ignoreUnknownKeys = true
            explicitNulls = false
        }
    }
}
