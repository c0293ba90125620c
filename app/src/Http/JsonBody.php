<?php

declare(strict_types=1);

namespace CoreApi\Http;

use JsonException;
use stdClass;

/** Reads a body that has to be one JSON object. */
final class JsonBody
{
    /** The longest note with every character as two \u escapes takes 122,430 bytes. */
    public const MAX_BYTES = 131_072;
    private const MAX_DEPTH = 16;

    /** @return array<string, mixed> */
    public static function read(Headers $headers): array
    {
        $type = strtolower((string) $headers->get('Content-Type'));
        if (preg_match('~^application/json\s*(;\s*charset="?utf-8"?\s*)?$~', $type) !== 1) {
            throw new Problem(415, 'Send a body with the Content-Type application/json.');
        }
        $text = (string) file_get_contents('php://input', length: self::MAX_BYTES + 1);
        if (strlen($text) > self::MAX_BYTES) {
            throw new Problem(413, 'The body may have at most ' . self::MAX_BYTES . ' bytes.');
        }
        return self::decode($text);
    }

    /** @return array<string, mixed> */
    private static function decode(string $text): array
    {
        try {
            $body = json_decode($text, false, self::MAX_DEPTH, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            throw new Problem(400, 'The body is not valid JSON.');
        }
        if (!$body instanceof stdClass) {
            throw new Problem(400, 'The body has to be a JSON object.');
        }
        return get_object_vars($body);
    }
}
