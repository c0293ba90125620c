/** A store that forgets. */
package awsmobile.datasync

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** A store in memory: for tests, and for apps that want nothing kept. */
public class MemoryStore : DocumentStore(MemoryDocuments())

private class MemoryDocuments : Documents {
    private val texts = mutableMapOf<String, String>()
    private val mutex = Mutex()

    override suspend fun read(name: String): String? = texts[name]

    override suspend fun write(name: String, text: String) {
        texts[name] = text
    }

    override suspend fun remove(name: String) {
        texts.remove(name)
    }

    override suspend fun <T> alone(body: suspend () -> T): T = mutex.withLock { body() }
}
