/** A store in files. */
package awsmobile.datasync

import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.TRUNCATE_EXISTING
import java.nio.file.StandardOpenOption.WRITE
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * A store in a folder of its own, which is made if it is not there; for one process at a time.
 *
 * On Android, a folder under `Context.filesDir`, from API level 26.
 */
public class FileStore(folder: Path) : DocumentStore(FileDocuments(folder.toAbsolutePath().normalize()))

private class FileDocuments(private val folder: Path) : Documents {
    private val mutex = mutexes.computeIfAbsent(folder) { Mutex() }

    override suspend fun read(name: String): String? = try {
        Files.readAllBytes(path(name)).decodeToString()
    } catch (_: NoSuchFileException) {
        null
    }

    override suspend fun write(name: String, text: String) {
        Files.createDirectories(folder)
        val beside = folder.resolve("$name.json.new")
        FileChannel.open(beside, CREATE, WRITE, TRUNCATE_EXISTING).use { file ->
            val bytes = java.nio.ByteBuffer.wrap(text.encodeToByteArray())
            while (bytes.hasRemaining()) {
                file.write(bytes)
            }
            file.force(true)
        }
        Files.move(beside, path(name), ATOMIC_MOVE, REPLACE_EXISTING)
        syncFolder()
    }

    override suspend fun remove(name: String) {
        Files.deleteIfExists(path(name))
    }

    override suspend fun <T> alone(body: suspend () -> T): T =
        mutex.withLock { withContext(Dispatchers.IO) { body() } }

    private fun path(name: String): Path = folder.resolve("$name.json")

    /** Makes a new name survive a power cut; Windows cannot open folders and does not need to. */
    private fun syncFolder() {
        if (java.io.File.separatorChar == '/') {
            FileChannel.open(folder, READ).use { it.force(true) }
        }
    }

    private companion object {
        /** Who uses one folder takes turns, however many stores there are. */
        val mutexes = ConcurrentHashMap<Path, Mutex>()
    }
}
