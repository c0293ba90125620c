/** Runs every check and prints one line of JSON for each: its name, and what is wrong, if anything. */
package awsmobile.datasync.checks

import awsmobile.datasync.FileStore
import awsmobile.datasync.MemoryStore
import awsmobile.datasync.Store
import java.nio.file.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.put

/** By kind of store, something that makes one and opens it again. */
private val STORES: Map<String, () -> () -> Store> = mapOf(
    "memory" to { MemoryStore().let { { it } } },
    "file" to { createTempDirectory("vectors-").let { { FileStore(it) } } },
)

private suspend fun check(name: String, body: suspend () -> Any) {
    val result = runCatching { body() }
    val line = buildJsonObject {
        put("name", name)
        put("problem", result.exceptionOrNull()?.stackTraceToString())
        put("said", result.getOrNull() as? Int)
    }
    println(line)
}

public fun main(arguments: Array<String>): Unit = runBlocking {
    for (file in Path.of(arguments.first()).listDirectoryEntries("*.json").sorted()) {
        val vector = Json.parseToJsonElement(file.readText()).jsonObject
        for ((kind, make) in STORES) {
            check("$kind: ${file.name}") { Following(vector, make()).run() }
        }
    }
    for ((name, body) in CHECKS) {
        check(name, body)
    }
    check("crashes") { dieEverywhere() }
    check("edits after crashes") { editAfterDeath() }
}
