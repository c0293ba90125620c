package awsmobile.backend

import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider
import awsmobile.api.apis.BackendApi
import awsmobile.datasync.Store
import awsmobile.datasync.SyncManager
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient

/** Everything that an app asks of its backend. */
public class Backend(
    /** The API's URL with its stage, as the stack's output `api.url` says it. */
    url: String,
    region: String,
    /** The credentials of an identity pool, such as Amplify's. */
    private val credentials: CredentialsProvider,
    /** What carries requests. */
    private val carrier: OkHttpClient = OkHttpClient(),
    /** Sent as `x-api-key`, for an API that wants one. */
    apiKey: String? = null,
    /** The device's clock, in milliseconds since 1970. */
    private val clock: () -> Long = System::currentTimeMillis,
) {
    private val place = url.trimEnd('/').toHttpUrl()

    /** Sends signed requests of the app's own, for what the document does not describe. */
    public val client: OkHttpClient = carrier.newBuilder()
        .apply {
            if (apiKey != null) {
                addInterceptor { it.proceed(it.request().newBuilder().header("x-api-key", apiKey).build()) }
            }
        }
        .addInterceptor(SigningInterceptor(region, credentials, clock = clock))
        .build()

    /** The operations of the API. */
    public val api: BackendApi = BackendApi(url.trimEnd('/'), client)

    /** The user's devices. */
    public val push: Push = Push(place, client)

    /** Opens the data of this identity of the pool; after another sign-in call `useIdentity` of the manager. */
    public fun dataSync(store: Store, identityId: String): SyncManager =
        SyncManager(store, SyncTransport(place, client), identityId)

    /** Returns what events are recorded with. */
    public fun analytics(config: AnalyticsConfig, teller: Teller): Analytics {
        val signing = SigningInterceptor(config.region, credentials, config.service, clock)
        return Analytics(config, teller, carrier.newBuilder().addInterceptor(signing).build(), clock)
    }
}
