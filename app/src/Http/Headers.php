<?php

declare(strict_types=1);

namespace CoreApi\Http;

/**
 * The headers of a request.
 *
 * PHP writes `X-Caller-Arn`, `X_Caller_Arn` and `X.Caller.Arn` to one and the same key of $_SERVER, where the last one
 * wins. A header that decides who calls is therefore read by its exact name, and refused in any other spelling.
 */
final class Headers
{
    /** @param array<string, string> $sent by the name that was sent */
    public function __construct(private readonly array $sent)
    {
    }

    /** Return a header that decides nothing about the caller. */
    public function get(string $name): ?string
    {
        foreach ($this->sent as $sent => $value) {
            if (strcasecmp((string) $sent, $name) === 0) {
                return $value;
            }
        }
        return null;
    }

    /** Return a header that is trusted, or null where there is none; refuse a second one and every other spelling. */
    public function trusted(string $name): ?string
    {
        $alike = array_filter(
            $this->sent,
            static fn (int|string $sent): bool => self::plain((string) $sent) === self::plain($name),
            ARRAY_FILTER_USE_KEY,
        );
        if ($alike === []) {
            return null;
        }
        $spelling = (string) array_key_first($alike);
        // What was sent twice under one name arrives as one value with a comma in it.
        if (count($alike) > 1 || strcasecmp($spelling, $name) !== 0 || str_contains($alike[$spelling], ',')) {
            throw new Problem(400, "The header $name may be sent once, and in this spelling alone.");
        }
        return trim($alike[$spelling]);
    }

    private static function plain(string $name): string
    {
        return trim((string) preg_replace('/[^a-z0-9]+/', '-', strtolower($name)), '-');
    }
}
