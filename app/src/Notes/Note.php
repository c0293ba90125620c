<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use DateTimeImmutable;
use DateTimeZone;

/** One note as it is stored; `version` counts its changes. */
final class Note
{
    private const ID = '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';
    private const IN_DATABASE = 'Y-m-d H:i:s.v';
    private const IN_JSON = 'Y-m-d\TH:i:s.v\Z';

    public function __construct(
        public readonly string $id,
        public readonly NoteInput $input,
        public readonly int $version,
        public readonly string $createdAt,
        public readonly string $updatedAt,
    ) {
    }

    /** Make a new note. Its id begins with the time (RFC 9562, version 7), so that ids sort by age. */
    public static function create(NoteInput $input): self
    {
        $milliseconds = str_pad(dechex((int) (microtime(true) * 1000)), 12, '0', STR_PAD_LEFT);
        $random = random_bytes(10);
        $random[0] = chr(ord($random[0]) & 0x0F | 0x70);
        $random[2] = chr(ord($random[2]) & 0x3F | 0x80);
        $parts = [substr($milliseconds, 0, 8), substr($milliseconds, 8), ...sscanf(bin2hex($random), '%4s%4s%12s')];
        return new self(implode('-', $parts), $input, 1, self::now(), self::now());
    }

    /** @param array<string, mixed> $row */
    public static function fromRow(array $row): self
    {
        $input = new NoteInput($row['title'], $row['text']);
        return new self($row['id'], $input, $row['version'], $row['created_at'], $row['updated_at']);
    }

    /** Return the note as it is after a change. */
    public function replacedBy(NoteInput $input): self
    {
        return new self($this->id, $input, $this->version + 1, $this->createdAt, self::now());
    }

    /** @return array<string, string|int> */
    public function json(): array
    {
        return [
            'id' => $this->id,
            'title' => $this->input->title,
            'text' => $this->input->text,
            'version' => $this->version,
            'created_at' => self::timeInJson($this->createdAt),
            'updated_at' => self::timeInJson($this->updatedAt),
        ];
    }

    /** Tell whether a note may have this id. */
    public static function isId(string $id): bool
    {
        return preg_match(self::ID, $id) === 1;
    }

    private static function now(): string
    {
        return (new DateTimeImmutable('now', new DateTimeZone('UTC')))->format(self::IN_DATABASE);
    }

    private static function timeInJson(string $time): string
    {
        return (new DateTimeImmutable($time, new DateTimeZone('UTC')))->format(self::IN_JSON);
    }
}
