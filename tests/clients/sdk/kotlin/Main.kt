/** An app that uses all of its backend; prints one line of JSON for each thing that came of it. */
package checks

import aws.smithy.kotlin.runtime.auth.awscredentials.Credentials
import aws.smithy.kotlin.runtime.auth.awscredentials.CredentialsProvider
import aws.smithy.kotlin.runtime.collections.Attributes
import awsmobile.api.infrastructure.ClientException
import awsmobile.api.models.NoteInput
import awsmobile.backend.AnalyticsConfig
import awsmobile.backend.Backend
import awsmobile.backend.Platform
import awsmobile.backend.PushError
import awsmobile.backend.Registration
import awsmobile.backend.Teller
import awsmobile.datasync.MemoryStore
import awsmobile.datasync.lastWriter
import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put

private class Given(private val keys: JsonObject) : CredentialsProvider {
    override suspend fun resolve(attributes: Attributes): Credentials =
        Credentials(text(keys, "AccessKeyId"), text(keys, "SecretKey"), text(keys, "SessionToken"))
}

private fun text(from: JsonObject, name: String): String = from.getValue(name).jsonPrimitive.content

private fun say(name: String, value: Any?) {
    val shown: JsonElement = if (value == null) JsonNull else JsonPrimitive(value.toString())
    println(buildJsonObject { put("name", name); put("value", shown) })
}

public fun main(args: Array<String>): Unit = runBlocking {
    val told = Json.parseToJsonElement(File(args[0]).readText()).jsonObject
    val keys = Given(told.getValue("credentials").jsonObject)
    val region = text(told, "region")
    val url = text(told, "api")
    val backend = Backend(url, region, keys)

    say("me", backend.api.getMe().identityId == text(told, "identity"))
    say("note", backend.api.getNote("a/b c", "Käse & Brot +1 (2)*"))
    say("replaced", backend.api.replaceNote("a", NoteInput("ok")).tags)
    val long = NoteInput("x".repeat(21))
    say("too long", try { backend.api.replaceNote("a", long) } catch (e: ClientException) { e.statusCode })
    val late = Backend(url, region, keys, clock = { System.currentTimeMillis() - 3_600_000 })
    say("slow clock", late.api.getMe().identityId == text(told, "identity"))

    val identity = text(told, "identity")
    val phone = backend.dataSync(MemoryStore(), identity).open("notes")
    val tablet = backend.dataSync(MemoryStore(), identity).open("notes")
    phone.put("shopping", "milk")
    phone.synchronize(lastWriter)
    tablet.put("list", "ä")
    tablet.synchronize(lastWriter)
    phone.synchronize(lastWriter)
    say("in step", phone.all() == tablet.all() && phone.all() == mapOf("list" to "ä", "shopping" to "milk"))

    val token = "amzn1.adm-registration.v3." + "t".repeat(120)
    val device = backend.push.register("phone", Registration(Platform.ADM, token, listOf("news")))
    say("device", listOf(device.device, device.platform, device.topics))
    say("unsubscribed", backend.push.unsubscribe("phone", "news").topics)
    say("subscribed", backend.push.subscribe("phone", "news").topics)
    say("devices", backend.push.devices().map { it.device })
    val refused = try { backend.push.subscribe("phone", "nothing"); null } catch (e: PushError) { e }
    say("no topic", listOf(refused?.status, refused?.code))
    say("removed", listOf(backend.push.remove("phone"), backend.push.devices()))

    val client = told.getValue("analytics").jsonObject
    val config = AnalyticsConfig(
        region,
        text(client, "service"),
        text(client, "stream"),
        text(client, "schema_version").toInt(),
        text(told, "aws"),
    )
    val events = backend.analytics(config, Teller("d-1"))
    events.identify("anna")
    repeat(101) { events.record("purchase", metrics = mapOf("price" to it)) }
    say("flushed", events.flush())
    say("nothing left", events.flush())
    kotlin.system.exitProcess(0)
}
