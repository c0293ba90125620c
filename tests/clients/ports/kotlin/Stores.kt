/** What the stores of this language promise beyond the vectors. */
package awsmobile.datasync.checks

import awsmobile.datasync.Answer
import awsmobile.datasync.DatasetInfo
import awsmobile.datasync.FileStore
import awsmobile.datasync.MemoryStore
import awsmobile.datasync.NoAnswerError
import awsmobile.datasync.Place
import awsmobile.datasync.Store
import awsmobile.datasync.StoredRecord
import awsmobile.datasync.SyncManager
import awsmobile.datasync.Transport
import java.nio.file.Files
import kotlin.io.path.createTempDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.writeText
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

private val OFFLINE = Transport { throw NoAnswerError("offline") }

private fun notes(store: Store) = SyncManager(store, OFFLINE, "user").open("notes")

internal val CHECKS: Map<String, suspend () -> Unit> = mapOf(
    "two stores on one folder lose none of each other's edits" to {
        val folder = createTempDirectory("stores-")
        val datasets = List(2) { notes(FileStore(folder)) }
        coroutineScope {
            repeat(20) { i -> launch(Dispatchers.Default) { datasets[i % 2].put("k$i", "$i") } }
        }
        same("records", notes(FileStore(folder)).all().size, 20)
    },
    "a file that was being written when the device died is passed over" to {
        val folder = createTempDirectory("stores-")
        notes(FileStore(folder)).put("a", "1")
        folder.resolve("dataset-1.json.new").writeText("""{"progress": {"si""")
        folder.resolve("journal.json.new").writeText("[[")
        val dataset = notes(FileStore(folder))
        same("kept", dataset.get("a"), "1")
        dataset.put("b", "2")
        val files = folder.listDirectoryEntries().map { it.name }.sorted()
        same("files", files, listOf("dataset-1.json", "index.json", "journal.json.new"))
    },
    "a folder that cannot be written refuses an edit and keeps what was there" to {
        val folder = createTempDirectory("stores-")
        val dataset = notes(FileStore(folder))
        dataset.put("a", "1")
        Files.createDirectory(folder.resolve("dataset-1.json.new"))
        same("refused", runCatching { dataset.put("a", "2") }.isFailure, true)
        same("kept", notes(FileStore(folder)).get("a"), "1")
    },
    "a device keeps its name, and two devices differ" to {
        val folder = createTempDirectory("stores-")
        val first = FileStore(folder).transaction { it.device() }
        same("form", Regex("[0-9a-f]{16}").matches(first), true)
        same("again", FileStore(folder).transaction { it.device() }, first)
        same("another", MemoryStore().transaction { it.device() } == first, false)
    },
    "records stand in the order of their code points" to {
        val dataset = notes(MemoryStore())
        listOf("\uD83D\uDE00", "\uffee", "a", "ab").forEach { dataset.put(it, "") }
        same("keys", dataset.all().keys.toList(), listOf("a", "ab", "\uffee", "\uD83D\uDE00"))
    },
    "a transaction that throws leaves nothing" to {
        val store = MemoryStore()
        val thrown = runCatching {
            store.transaction<Unit> {
                it.save(Place("user", "notes"), StoredRecord("a", "1", base = 0, changedAt = 0, edit = 1))
                error("no")
            }
        }
        same("thrown", thrown.exceptionOrNull()?.message, "no")
        same("datasets", store.transaction { it.datasets("user") }, emptyList<String>())
    },
    "a list is read, and what no service says is no list" to {
        val info = """{"name": "notes", "sync_count": 3, "records": 2, "bytes": 10, "changed_at": 5}"""
        suspend fun lists(text: String) =
            runCatching { SyncManager(MemoryStore(), { Answer.of(200, text) }, "user").list() }
        same("list", lists("""{"datasets": [$info]}""").getOrThrow(), listOf(DatasetInfo("notes", 3, 2, 10, 5)))
        val negative = info.replace("3", "-1")
        val quoted = info.replace("3", "\"3\"")
        val wrong = listOf("null", negative, quoted).map { """{"datasets": [$it]}""" }
        for (text in wrong + listOf("", "<html>", "[]", "{}", "null")) {
            same(text, lists(text).exceptionOrNull() is NoAnswerError, true)
        }
    },
)
