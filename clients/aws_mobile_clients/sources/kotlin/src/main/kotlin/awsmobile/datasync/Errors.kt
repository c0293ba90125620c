/** What can go wrong between a device and the service. */
package awsmobile.datasync

/** A synchronisation did not come to its end; no local change is lost by it. */
public sealed class SyncError(message: String, cause: Throwable? = null) : Exception(message, cause)

/**
 * No answer came, or none that the service gives: the device is offline, or a hotspot's own page answered.
 *
 * Whether the service took a push is not known; the next synchronisation sends the same push again.
 */
public class NoAnswerError(message: String, cause: Throwable? = null) : SyncError(message, cause)

/** The service was too busy or broken; the next synchronisation sends the same push again. */
public class UnavailableError(
    public val status: Int,
    message: String,
    /** How long the service asks to be left alone. */
    public val retryAfterSeconds: Int? = null,
) : SyncError("the service answered $status: $message")

/** The service refuses what was asked, and will again until something changes. */
public class RefusedError(
    public val status: Int,
    /** The kind of refusal, such as `TooLarge`; empty if the gateway refused before the service saw it. */
    public val code: String,
    message: String,
    /** What was wrong in the request, such as `changes[3].value`. */
    public val field: String? = null,
    /** The record that [field] is about, if it is about one: change it or remove it, and synchronise again. */
    public val key: String? = null,
) : SyncError("the service refused it ($status $code): $message")

/** Other devices changed the dataset again and again while this one tried; try later. */
public class SyncBusyError(dataset: String, rounds: Int) :
    SyncError("dataset \"$dataset\" changed during each of $rounds rounds")

/** A name, key or value that no service would take; nothing was stored. */
public class InvalidError(what: String, got: String, allowed: String) :
    IllegalArgumentException("$what: got \"${shortened(got)}\"; allowed: $allowed")

/** A value may be a quarter of a megabyte long. */
private const val SHOWN = 80

internal fun shortened(text: String): String = if (text.length <= SHOWN) text else text.take(SHOWN) + "…"
