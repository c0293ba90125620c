<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use CoreApi\Http\Problem;

/** Which page of the notes is asked for. */
final class PageQuery
{
    private const DEFAULT_LIMIT = 20;
    private const MAX_LIMIT = 100;

    private function __construct(public readonly int $limit, public readonly ?string $after)
    {
    }

    /** @param array<mixed> $query */
    public static function from(array $query): self
    {
        $limit = $query['limit'] ?? (string) self::DEFAULT_LIMIT;
        $after = $query['after'] ?? null;
        $wrong = [];
        if (!is_string($limit) || preg_match('/^[1-9]\d{0,2}$/D', $limit) !== 1 || (int) $limit > self::MAX_LIMIT) {
            $wrong['limit'] = 'has to be a whole number from 1 to ' . self::MAX_LIMIT;
        }
        if ($after !== null && !(is_string($after) && Note::isId($after))) {
            $wrong['after'] = 'has to be the next of the page before';
        }
        if ($wrong !== []) {
            throw new Problem(400, 'Some parameters are not valid.', $wrong);
        }
        return new self((int) $limit, $after);
    }
}
