<?php

declare(strict_types=1);

namespace CoreApi\Http;

/** One request, as it came. */
final class Request
{
    /** @param array<mixed> $query */
    public function __construct(
        public readonly string $method,
        public readonly string $path,
        public readonly array $query,
        public readonly Headers $headers,
    ) {
    }

    /** Take the request from PHP. */
    public static function fromPhp(): self
    {
        $target = (string) ($_SERVER['REQUEST_URI'] ?? '/');
        return new self(
            (string) ($_SERVER['REQUEST_METHOD'] ?? 'GET'),
            explode('?', $target, 2)[0],
            $_GET,
            new Headers(getallheaders()),
        );
    }

    /** Return the path without the stage of the API, which API Gateway may leave before it. */
    public function pathBelow(string $basePath): string
    {
        $base = rtrim($basePath, '/');
        return $base !== '' && str_starts_with($this->path, $base . '/')
            ? substr($this->path, strlen($base))
            : $this->path;
    }
}
