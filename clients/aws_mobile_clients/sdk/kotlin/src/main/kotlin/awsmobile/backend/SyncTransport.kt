package awsmobile.backend

import awsmobile.datasync.Answer
import awsmobile.datasync.NoAnswerError
import awsmobile.datasync.Request
import awsmobile.datasync.Transport
import java.io.IOException
import okhttp3.Call
import okhttp3.HttpUrl

/** Carries what data sync asks to the API. */
internal class SyncTransport(private val url: HttpUrl, private val client: Call.Factory) : Transport {
    override suspend fun send(request: Request): Answer {
        val place = url.newBuilder()
        request.path.trim('/').split('/').forEach { place.addPathSegment(it) }
        request.query.forEach { (name, value) -> place.addQueryParameter(name, value) }
        val said = try {
            client.say(request(request.method, place.build(), request.body?.toString()))
        } catch (error: IOException) {
            throw NoAnswerError("no answer from ${url.host}", error)
        }
        return Answer.of(said.status, said.text, said.retryAfterSeconds)
    }
}
