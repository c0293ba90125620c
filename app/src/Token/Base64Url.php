<?php

declare(strict_types=1);

namespace CoreApi\Token;

/** Base64 as JWTs spell it (RFC 7515): no padding, and one spelling only for the same bytes. */
final class Base64Url
{
    /** Return the bytes, or null where the text is not exactly their spelling. */
    public static function decode(string $text): ?string
    {
        $bytes = base64_decode(strtr($text, '-_', '+/'), true);
        return $bytes !== false && self::encode($bytes) === $text ? $bytes : null;
    }

    public static function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
