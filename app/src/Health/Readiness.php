<?php

declare(strict_types=1);

namespace CoreApi\Health;

use CoreApi\Database\Database;
use CoreApi\Database\Migrations;
use CoreApi\Environment;
use CoreApi\Http\Problem;
use CoreApi\Http\Response;
use CoreApi\Token\KeySet;

/** GET /ready: the database answers over TLS, has had every migration, and the keys of the tokens are keys. */
final class Readiness
{
    public function __construct(private readonly Environment $environment)
    {
    }

    public function show(): Response
    {
        if ((new Migrations(new Database($this->environment)))->pending() !== []) {
            throw new Problem(503, 'The database waits for migrations.', [], ['Retry-After' => '2']);
        }
        if ($this->environment->optional(KeySet::FIRST, '') !== '') {
            KeySet::from($this->environment); // without a token exchange there are none, and /me alone is missing
        }
        return new Response(200, ['status' => 'ready']);
    }
}
