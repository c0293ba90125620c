<?php

declare(strict_types=1);

namespace CoreApi;

use PDOException;
use Throwable;

/** Writes one line of JSON per event: no bodies, no headers, no values of the database, no secrets. */
final class Log
{
    public function __construct(public readonly string $requestId)
    {
    }

    /** @param array<string, scalar> $facts */
    public function write(string $level, string $event, array $facts = []): void
    {
        $line = json_encode(
            [
                'time' => gmdate('Y-m-d\TH:i:s\Z'),
                'level' => $level,
                'event' => $event,
                'request_id' => $this->requestId,
                ...$facts,
            ],
            JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR,
        );
        if (PHP_SAPI === 'fpm-fcgi') {
            error_log($line); // the standard error of PHP-FPM's workers leads nowhere
        } else {
            file_put_contents('php://stderr', $line . "\n");
        }
    }

    /** Write what went wrong and where; of the database's own errors only the code, as their text quotes values. */
    public function failure(string $event, Throwable $error): void
    {
        $this->write('error', $event, [
            'error' => $error::class,
            'what' => $error instanceof PDOException ? 'SQLSTATE ' . $error->getCode() : $error->getMessage(),
            'where' => basename($error->getFile()) . ':' . $error->getLine(),
        ]);
    }
}
