/** Goes through a conformance vector with a store. */
package awsmobile.datasync.checks

import awsmobile.datasync.Answer
import awsmobile.datasync.Dataset
import awsmobile.datasync.Decision
import awsmobile.datasync.Handler
import awsmobile.datasync.InvalidError
import awsmobile.datasync.NoAnswerError
import awsmobile.datasync.Options
import awsmobile.datasync.RefusedError
import awsmobile.datasync.Request
import awsmobile.datasync.Store
import awsmobile.datasync.SyncBusyError
import awsmobile.datasync.SyncManager
import awsmobile.datasync.UnavailableError
import awsmobile.datasync.lastWriter
import awsmobile.datasync.local
import awsmobile.datasync.remote
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put

/** Goes through one vector; [reopen] opens the store anew, as a restarted app does. */
internal class Following(private val vector: JsonObject, private val reopen: () -> Store) {
    private val tokens = ArrayDeque(vector.getValue("tokens").jsonArray.map { it.jsonPrimitive.content })
    private val clock = ArrayDeque(vector.getValue("clock").jsonArray.map { it.jsonPrimitive.long })
    private val waiting = ArrayDeque<JsonObject>()
    private var manager = start(vector.text("identity"))

    /** Goes through it; throws what is wrong. */
    suspend fun run() {
        for ((i, step) in vector.getValue("steps").jsonArray.map { it.jsonObject }.withIndex()) {
            waiting += (step["exchange"]?.jsonArray.orEmpty()).map { it.jsonObject }
            same("step $i (${step.text("do")})", result(step), step["expect"] ?: JsonNull)
            same("requests left at step $i", JsonArray(waiting), JsonArray(emptyList()))
        }
        check(tokens.isEmpty() && clock.isEmpty()) { "tokens left: $tokens; clock left: $clock" }
    }

    private fun start(identity: String): SyncManager {
        val options = Options(
            device = vector.text("device"),
            clock = clock::removeFirst,
            newToken = tokens::removeFirst,
            maxChanges = vector["options"]?.jsonObject?.get("max_changes")?.jsonPrimitive?.int ?: Options().maxChanges,
        )
        return SyncManager(reopen(), ::send, identity, options)
    }

    private suspend fun send(request: Request): Answer {
        val next = checkNotNull(waiting.removeFirstOrNull()) { "asked for $request, which the vector does not" }
        val asked = buildJsonObject {
            put("method", request.method)
            put("path", request.path)
            put("query", JsonObject(request.query.mapValues { JsonPrimitive(it.value) }))
            put("body", request.body ?: JsonNull)
        }
        same("request", asked, next.getValue("request"))
        for (step in next["meanwhile"]?.jsonArray.orEmpty().map { it.jsonObject }) {
            same("meanwhile", result(step), step["expect"] ?: JsonNull)
        }
        val response = next.getValue("response").jsonObject
        if ("lost" in response) {
            throw NoAnswerError("lost")
        }
        val status = response.getValue("status").jsonPrimitive.int
        val body = response["body"].takeUnless { it is JsonNull }
        return Answer(status, body, response["retry_after"]?.jsonPrimitive?.int)
    }

    private suspend fun result(step: JsonObject): JsonElement = try {
        done(step)
    } catch (error: NoAnswerError) {
        told("no_answer")
    } catch (error: UnavailableError) {
        told("unavailable", "status" to JsonPrimitive(error.status))
    } catch (error: RefusedError) {
        val about = listOf("field" to error.field, "key" to error.key).filter { it.second != null }
        val code = listOf("status" to JsonPrimitive(error.status), "code" to JsonPrimitive(error.code))
        told("refused", *(code + about.map { it.first to JsonPrimitive(it.second) }).toTypedArray())
    } catch (error: SyncBusyError) {
        told("busy")
    } catch (error: InvalidError) {
        told("invalid")
    }

    private suspend fun done(step: JsonObject): JsonElement {
        when (step.text("do")) {
            "restart" -> manager = start(step["identity"]?.jsonPrimitive?.content ?: manager.identity)
            "use_identity" -> manager.useIdentity(step.text("identity"))
            else -> return done(step, manager.open(step.text("dataset")))
        }
        return JsonNull
    }

    private suspend fun done(step: JsonObject, dataset: Dataset): JsonElement {
        when (step.text("do")) {
            "put" -> dataset.put(step.text("key"), step.text("value"))
            "remove" -> dataset.remove(step.text("key"))
            "delete" -> dataset.delete()
            "get" -> return JsonPrimitive(dataset.get(step.text("key")))
            "all" -> return JsonObject(dataset.all().mapValues { JsonPrimitive(it.value) })
            "synchronize" -> {
                val outcome = dataset.synchronize(handlerOf(step.getValue("handler")))
                return buildJsonObject {
                    put("pulled", outcome.pulled)
                    put("pushed", outcome.pushed)
                    put("conflicts", outcome.conflicts)
                    put("retries", outcome.retries)
                }
            }
            else -> error("no such step: $step")
        }
        return JsonNull
    }
}

private fun handlerOf(said: JsonElement): Handler = when (said) {
    JsonPrimitive("last_writer") -> lastWriter
    JsonPrimitive("remote") -> remote
    JsonPrimitive("local") -> local
    else -> {
        val joint = said.jsonObject["join"]?.jsonPrimitive?.content
        Handler {
            Decision.Value(
                if (joint == null) {
                    said.jsonObject.getValue("value").jsonPrimitive.contentOrNull
                } else {
                    listOfNotNull(it.local.value, it.remote.value).joinToString(joint)
                },
            )
        }
    }
}

/** Says an error as the vectors do. */
private fun told(kind: String, vararg more: Pair<String, JsonElement>): JsonObject =
    JsonObject(mapOf("error" to JsonPrimitive(kind), *more))

internal fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

internal fun same(what: String, got: Any?, wanted: Any?) {
    check(got == wanted) { "$what: got $got; wanted $wanted" }
}
