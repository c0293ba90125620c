package awsmobile.backend

import java.io.IOException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine
import okhttp3.Call
import okhttp3.Callback
import okhttp3.HttpUrl
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response

/** What was answered, read to its end. */
internal class Said(val status: Int, val text: String, val retryAfterSeconds: Int?)

/** Sends a request without keeping a thread of the caller's waiting. */
internal suspend fun Call.Factory.say(request: Request): Said = suspendCancellableCoroutine { continuation ->
    val call = newCall(request)
    continuation.invokeOnCancellation { call.cancel() }
    call.enqueue(object : Callback {
        override fun onFailure(call: Call, e: IOException) = continuation.resumeWithException(e)

        override fun onResponse(call: Call, response: Response) {
            val said = try {
                response.use { Said(it.code, it.body.string(), it.header("Retry-After")?.toIntOrNull()) }
            } catch (error: IOException) {
                continuation.resumeWithException(error)
                return
            }
            continuation.resume(said)
        }
    })
}

/** Returns a request with JSON, or with nothing. */
internal fun request(method: String, url: HttpUrl, json: String?, type: String = "application/json"): Request {
    // OkHttp wants a body for these, and one for no other.
    val empty = if (method == "POST" || method == "PUT") "" else null
    // The type without a charset, which the text's own bytes do not add.
    val body = (json ?: empty)?.toByteArray()?.toRequestBody(if (json == null) null else type.toMediaType())
    return Request.Builder().url(url).method(method, body).build()
}
