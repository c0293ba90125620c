<?php

declare(strict_types=1);

namespace CoreApi;

use CoreApi\Http\Response;

/** GET /about: which version answered, and which instance. */
final class About
{
    public static function show(Environment $environment): Response
    {
        $version = trim((string) file_get_contents(dirname(__DIR__) . '/VERSION'));
        return new Response(200, [
            'version' => $environment->optional('APP_VERSION', $version),
            'instance' => $environment->optional('INSTANCE_ID', (string) gethostname()),
        ]);
    }
}
