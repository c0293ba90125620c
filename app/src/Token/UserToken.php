<?php

declare(strict_types=1);

namespace CoreApi\Token;

/** What a verified token says of the user. */
final class UserToken
{
    /** @param list<string> $groups */
    public function __construct(
        public readonly string $subject,
        public readonly string $identityId,
        public readonly array $groups,
    ) {
    }
}
