/** Keys and values as text: what the service takes, how long it is, and in which order it stands. */
package awsmobile.datasync

import java.nio.charset.CharacterCodingException

private const val MAX_KEY_BYTES = 1024
private val NAME = Regex("[A-Za-z0-9_.:-]{1,128}")

/** Orders text by its code points, as the other clients and the service do; strings order by UTF-16 units. */
internal val TEXT_ORDER: Comparator<String> = Comparator { a, b ->
    var i = 0
    while (i < a.length && i < b.length && a[i] == b[i]) {
        i += 1
    }
    when {
        i == a.length || i == b.length -> a.length - b.length
        // A surrogate stands for a code point above all that one unit writes.
        a[i].isSurrogate() != b[i].isSurrogate() -> if (a[i].isSurrogate()) 1 else -1
        else -> a[i].compareTo(b[i])
    }
}

/** Returns a dataset's name, or throws. */
internal fun checkedName(name: String): String {
    if (!NAME.matches(name)) {
        throw InvalidError("name", name, "1 to 128 of A-Z, a-z, 0-9, _, ., : and -")
    }
    return name
}

/** Returns a key, or throws. */
internal fun checkedKey(key: String): String {
    val bytes = utf8(key)
    if (bytes == null || bytes.size !in 1..MAX_KEY_BYTES || key.any(Char::isISOControl)) {
        throw InvalidError("key", key, "1 to $MAX_KEY_BYTES bytes of UTF-8 without control characters")
    }
    return key
}

/** Returns a value, or throws. */
internal fun checkedValue(value: String): String {
    if (utf8(value) == null) {
        throw InvalidError("value", value, "text that UTF-8 can write; remove() takes a record away")
    }
    return value
}

/** The length of text as a JSON string of ASCII, in which the limit of a push is counted: never less than UTF-8's. */
internal fun jsonLength(text: String): Int = 2 + text.sumOf {
    val length: Int = when (it) {
        '"', '\\', '\n', '\r', '\t', '\b', '\u000c' -> 2
        in ' '..'~' -> 1
        else -> 6
    }
    length
}

/** The text as UTF-8; `null` if it has no such form, because of half of a surrogate pair. */
private fun utf8(text: String): ByteArray? = try {
    text.encodeToByteArray(throwOnInvalidSequence = true)
} catch (_: CharacterCodingException) {
    null
}
