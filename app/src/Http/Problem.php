<?php

declare(strict_types=1);

namespace CoreApi\Http;

use RuntimeException;

/** A request that is refused: the status, a sentence for the client's developer, and the fields that are at fault. */
final class Problem extends RuntimeException
{
    private const TITLES = [
        400 => 'Bad Request',
        401 => 'Unauthorized',
        403 => 'Forbidden',
        404 => 'Not Found',
        405 => 'Method Not Allowed',
        412 => 'Precondition Failed',
        413 => 'Content Too Large',
        415 => 'Unsupported Media Type',
        500 => 'Internal Server Error',
        503 => 'Service Unavailable',
    ];

    /**
     * @param array<string, string> $fields what is wrong with which field
     * @param array<string, string> $headers
     */
    public function __construct(
        public readonly int $status,
        string $detail,
        public readonly array $fields = [],
        public readonly array $headers = [],
    ) {
        parent::__construct($detail);
    }

    /** Return the answer in the shape that every refusal has. */
    public function response(): Response
    {
        $body = ['status' => $this->status, 'title' => self::TITLES[$this->status], 'detail' => $this->getMessage()];
        foreach ($this->fields as $field => $detail) {
            $body['errors'][] = ['field' => (string) $field, 'detail' => $detail];
        }
        return new Response($this->status, $body, ['Content-Type' => 'application/problem+json', ...$this->headers]);
    }
}
