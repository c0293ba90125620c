package awsmobile.backend

import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider
import aws.smithy.kotlin.runtime.auth.awssigning.AwsSigningConfig
import aws.smithy.kotlin.runtime.auth.awssigning.DefaultAwsSigner
import aws.smithy.kotlin.runtime.http.Headers
import aws.smithy.kotlin.runtime.http.HttpBody
import aws.smithy.kotlin.runtime.http.HttpMethod
import aws.smithy.kotlin.runtime.http.request.HttpRequest
import aws.smithy.kotlin.runtime.net.url.Url
import aws.smithy.kotlin.runtime.time.Instant
import aws.smithy.kotlin.runtime.time.fromEpochMilliseconds
import kotlin.math.abs
import kotlinx.coroutines.runBlocking
import okhttp3.Interceptor
import okhttp3.Request
import okhttp3.Response
import okio.Buffer

/**
 * Signs what OkHttp sends by AWS Signature Version 4, with the signer of AWS's SDK for Kotlin.
 *
 * A device whose clock is wrong signs for a time that AWS refuses; the call is then sent once more, by AWS's clock.
 */
public class SigningInterceptor(
    private val region: String,
    /** Amplify's credentials, or whatever stands in for them; asked before each call. */
    private val credentials: CredentialsProvider,
    private val service: String = "execute-api",
    /** The device's clock, in milliseconds since 1970. */
    private val clock: () -> Long = System::currentTimeMillis,
) : Interceptor {
    @Volatile
    private var aheadMilliseconds = 0L

    override fun intercept(chain: Interceptor.Chain): Response {
        val answer = chain.proceed(signed(chain.request()))
        val said = answer.headers.getDate("Date")?.time ?: return answer
        val off = said - clock()
        if (answer.code != FORBIDDEN || abs(off - aheadMilliseconds) < SKEW_MILLISECONDS) {
            return answer
        }
        answer.close()
        aheadMilliseconds = off
        return chain.proceed(signed(chain.request()))
    }

    /** OkHttp calls interceptors on threads of its own, which may wait. */
    private fun signed(request: Request): Request = runBlocking {
        val config = AwsSigningConfig {
            region = this@SigningInterceptor.region
            service = this@SigningInterceptor.service
            credentials = this@SigningInterceptor.credentials.resolve()
            signingDate = Instant.fromEpochMilliseconds(clock() + aheadMilliseconds)
        }
        val made = DefaultAwsSigner.sign(unsigned(request), config).output
        val builder = request.newBuilder()
        for ((name, values) in made.headers.entries()) {
            if (!name.equals("Host", ignoreCase = true)) {
                builder.header(name, values.joinToString(","))
            }
        }
        builder.build()
    }

    private fun unsigned(request: Request): HttpRequest {
        val bytes = Buffer().also { request.body?.writeTo(it) }.readByteArray()
        val headers = Headers {
            append("Host", request.url.toUrl().authority)
            request.body?.contentType()?.let { append("Content-Type", it.toString()) }
            for ((name, value) in request.headers) {
                if (!name.equals("Content-Type", ignoreCase = true) || request.body?.contentType() == null) {
                    append(name, value)
                }
            }
        }
        return HttpRequest(
            HttpMethod.parse(request.method),
            Url.parse(request.url.toString()),
            headers,
            if (bytes.isEmpty()) HttpBody.Empty else HttpBody.fromBytes(bytes),
        )
    }

    private companion object {
        const val FORBIDDEN = 403

        /** AWS takes signatures that are at most this old. */
        const val SKEW_MILLISECONDS = 300_000L
    }
}
