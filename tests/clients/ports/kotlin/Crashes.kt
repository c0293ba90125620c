/** Lets the device die at every point of a scenario, and looks at what the service was told in the end. */
package awsmobile.datasync.checks

import awsmobile.datasync.Answer
import awsmobile.datasync.Dataset
import awsmobile.datasync.DocumentStore
import awsmobile.datasync.Documents
import awsmobile.datasync.Handler
import awsmobile.datasync.Options
import awsmobile.datasync.Request
import awsmobile.datasync.SyncManager
import awsmobile.datasync.Transport
import java.io.IOException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** The device died here; whatever it held only in memory is gone. */
private class Death : IOException()

/** Dies at the [left]-th thing that reaches the outside: before it happens, or when it has and nobody knows. */
private class Fate(private var left: Int, private val happens: Boolean) {
    var dead = false
        private set

    fun <T> meet(body: () -> T): T {
        if (dead) {
            throw Death()
        }
        if (left > 0) {
            left -= 1
            return body()
        }
        dead = true
        if (happens) {
            body()
        }
        throw Death()
    }
}

private class MortalDocuments(private val texts: MutableMap<String, String>, private val fate: Fate) : Documents {
    override suspend fun read(name: String): String? = texts[name]

    override suspend fun write(name: String, text: String) = fate.meet { texts[name] = text }

    override suspend fun remove(name: String) {
        fate.meet { texts.remove(name) }
    }

    override suspend fun <T> alone(body: suspend () -> T): T = body()
}

/** What the service does with pushes and pulls, and all that it ever took. */
private class Service {
    val taken = mutableListOf<String>()
    private val counts = mutableMapOf<String, Long>()
    private val records = mutableMapOf<String, MutableMap<String, JsonObject>>()
    private val answers = mutableMapOf<String, Answer>()

    fun live(identity: String): Map<String, String> =
        records[identity].orEmpty().filterValues { it["value"] != JsonNull }.mapValues { it.value.text("value") }

    fun answer(request: Request): Answer {
        val identity = request.query.getValue("identity")
        val body = request.body ?: return pulled(identity, request.query.getValue("since").toLong())
        return answers.getOrPut(body.text("token")) { pushed(identity, body) }
    }

    private fun pulled(identity: String, since: Long): Answer = answer(counts[identity] ?: 0) {
        put("since", since)
        putJsonArray("records") {
            records[identity].orEmpty().values
                .filter { count(it) > since && (since > 0 || it["value"] != JsonNull) }
                .forEach { add(it) }
        }
    }

    private fun pushed(identity: String, body: JsonObject): Answer {
        val held = records.getOrPut(identity, ::mutableMapOf)
        val changes = body.getValue("changes").jsonArray.map { it.jsonObject }
        val stale = changes.filter { count(held[it.text("key")]) != it.getValue("base").jsonPrimitive.long }
        check(stale.isEmpty()) { "one device met a conflict: $stale" }
        val count = (counts[identity] ?: 0) + 1
        counts[identity] = count
        for (change in changes) {
            taken += "$identity ${change.text("key")} ${change.getValue("value").jsonPrimitive.contentOrNull}"
            held[change.text("key")] = JsonObject(change - "base" + ("sync_count" to JsonPrimitive(count)))
        }
        return answer(count) {}
    }

    private fun answer(count: Long, more: JsonObjectBuilder.() -> Unit): Answer {
        val body = buildJsonObject {
            put("sync_count", count)
            put("seen_at", 1)
            more()
        }
        return Answer(status = 200, body)
    }

    private fun count(record: JsonElement?): Long =
        record?.jsonObject?.getValue("sync_count")?.jsonPrimitive?.long ?: 0
}

/** There is one device, so there is never a conflict: one would be with the device's own push. */
private val never = Handler { error("asked about $it") }

/** Every kind of transaction, with pushes in two chunks, an edit of what was pushed, a removal and a sign-in. */
private val SCENARIO: List<suspend (SyncManager) -> Unit> = listOf(
    { it.open("notes").put("a", "1") },
    { it.open("notes").put("b", "2") },
    { it.open("notes").put("c", "3") },
    { it.open("notes").synchronize(never) },
    { it.open("notes").put("a", "4") },
    { it.open("notes").remove("b") },
    { it.open("notes").synchronize(never) },
    { it.open("notes").put("d", "5") },
    { it.useIdentity("user") },
    { it.open("notes").put("c", "6") },
    { it.open("notes").synchronize(never) },
)

/** Lets the device die at every point of the scenario, in both ways, and do that step again; returns at how many. */
internal suspend fun dieEverywhere(): Int = everywhere(::dieAt)

/** Lets the device die at every point of a first push, in both ways, and edit before it does anything else. */
internal suspend fun editAfterDeath(): Int = everywhere(::editAfterDeathAt)

private suspend fun everywhere(die: suspend (Int, Boolean) -> Boolean): Int {
    var at = 0
    while (listOf(die(at, false), die(at, true)).any { it }) {
        at += 1
    }
    return at
}

private suspend fun dieAt(at: Int, happens: Boolean): Boolean {
    val service = Service()
    val texts = mutableMapOf<String, String>()
    var fate = Fate(at, happens)
    var identity = "guest"
    fun start(): SyncManager {
        val mine = fate
        val store = DocumentStore(MortalDocuments(texts, mine))
        val transport = Transport { request -> mine.meet { service.answer(request) } }
        return SyncManager(store, transport, identity, Options(maxChanges = 2))
    }
    var manager = start()
    var died = false
    for (step in SCENARIO) {
        try {
            step(manager)
        } catch (_: Death) {
            died = true
        }
        if (fate.dead) {
            died = true
            fate = Fate(Int.MAX_VALUE, happens = false)
            manager = start()
            step(manager)
        }
        identity = manager.identity
    }
    val where = "died at $at, ${if (happens) "after" else "before"} it happened"
    same("$where: the guest's", service.live("guest"), mapOf("a" to "4", "c" to "3"))
    same("$where: the user's", service.live("user"), mapOf("a" to "4", "c" to "6", "d" to "5"))
    val wanted = "guest a 1, guest a 4, guest b 2, guest b null, guest c 3, user a 4, user c 6, user d 5"
    same("$where: taken", service.taken.sorted().joinToString(), wanted)
    return died
}

private suspend fun editAfterDeathAt(at: Int, happens: Boolean): Boolean {
    val service = Service()
    val texts = mutableMapOf<String, String>()
    fun notes(fate: Fate): Dataset {
        val store = DocumentStore(MortalDocuments(texts, fate))
        return SyncManager(store, { request -> fate.meet { service.answer(request) } }, "user").open("notes")
    }
    notes(Fate(Int.MAX_VALUE, happens = false)).put("a", "1")
    val fate = Fate(at, happens)
    try {
        notes(fate).synchronize(never)
    } catch (_: Death) {
        // It goes on below.
    }
    val again = notes(Fate(Int.MAX_VALUE, happens = false))
    again.put("a", "2")
    again.synchronize(never)
    val where = "died at $at, ${if (happens) "after" else "before"} it happened"
    same("$where: live", service.live("user"), mapOf("a" to "2"))
    same("$where: taken", service.taken, service.taken.distinct())
    return fate.dead
}
