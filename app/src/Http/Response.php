<?php

declare(strict_types=1);

namespace CoreApi\Http;

/** One answer. */
final class Response
{
    /**
     * @param array<string, mixed>|null $body null for an answer without a body
     * @param array<string, string> $headers
     */
    public function __construct(
        public readonly int $status,
        public readonly ?array $body = null,
        public readonly array $headers = [],
    ) {
    }

    /** Return the same answer with one more header. */
    public function with(string $header, string $value): self
    {
        return new self($this->status, $this->body, [...$this->headers, $header => $value]);
    }

    /** Write the answer to the client. */
    public function send(): void
    {
        header_remove('X-Powered-By');
        $type = $this->body === null ? [] : ['Content-Type' => 'application/json'];
        $headers = ['Cache-Control' => 'no-store', 'X-Content-Type-Options' => 'nosniff', ...$type, ...$this->headers];
        foreach ($headers as $name => $value) {
            header("$name: $value");
        }
        http_response_code($this->status);
        if ($this->body !== null) {
            echo json_encode($this->body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
        }
    }
}
