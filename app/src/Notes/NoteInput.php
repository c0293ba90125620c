<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use CoreApi\Http\Problem;

/** What a client writes of a note. The limits stand in openapi.yaml too. */
final class NoteInput
{
    /** Field -> the fewest and the most characters (code points). */
    private const FIELDS = ['title' => [1, 200], 'text' => [0, 10_000]];
    /** So that an answer stays short. */
    private const UNKNOWN_SHOWN = 5;

    public function __construct(public readonly string $title, public readonly string $text)
    {
    }

    /**
     * Check every field; name each that is at fault.
     *
     * @param array<string, mixed> $body
     */
    public static function from(array $body): self
    {
        $wrong = [];
        foreach (self::FIELDS as $field => [$fewest, $most]) {
            $sent = array_key_exists($field, $body);
            $wrong[$field] = $sent ? self::fault($body[$field], $fewest, $most) : 'is missing';
        }
        foreach (array_slice(array_keys(array_diff_key($body, self::FIELDS)), 0, self::UNKNOWN_SHOWN) as $field) {
            $wrong[(string) iconv_substr((string) $field, 0, 100, 'UTF-8')] = 'is not a field of a note';
        }
        $wrong = array_filter($wrong);
        if ($wrong !== []) {
            throw new Problem(400, 'Some fields of the body are not valid.', $wrong);
        }
        return new self($body['title'], $body['text']);
    }

    private static function fault(mixed $value, int $fewest, int $most): ?string
    {
        if (!is_string($value)) {
            return 'has to be a string';
        }
        $length = iconv_strlen($value, 'UTF-8');
        return match (true) {
            $length < $fewest => "has to have at least $fewest character",
            $length > $most => "may have at most $most characters",
            default => null,
        };
    }
}
