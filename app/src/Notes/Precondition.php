<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use CoreApi\Http\Headers;
use CoreApi\Http\Problem;

/** If-Match (RFC 9110, section 13.1.1): change the note only if it still is as the client knows it. */
final class Precondition
{
    /** @param list<string>|null $tags null where any version will do */
    private function __construct(private readonly ?array $tags)
    {
    }

    public static function from(Headers $headers): self
    {
        $value = $headers->get('If-Match');
        if ($value === null || trim($value) === '*') {
            return new self(null);
        }
        $tags = array_map(trim(...), explode(',', $value));
        if (preg_grep('~^(W/)?"[\x21\x23-\x7E]*"$~D', $tags) !== $tags) {
            throw new Problem(400, 'The header If-Match has to hold the ETag of the note, or *.');
        }
        // A proxy that compresses answers makes their tags weak on the way.
        return new self(array_map(static fn (string $tag): string => preg_replace('~^W/~', '', $tag), $tags));
    }

    /** Return the tag of a note. */
    public static function tag(Note $note): string
    {
        return "\"$note->version\"";
    }

    public function check(Note $note): void
    {
        if ($this->tags !== null && !in_array(self::tag($note), $this->tags, true)) {
            throw new Problem(412, 'The note has changed since. Read it again.', [], ['ETag' => self::tag($note)]);
        }
    }
}
