<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use CoreApi\Database\Database;
use CoreApi\Http\Problem;

/** Keeps the notes. Every statement names the owner: there is no way to another's note. */
final class NoteStore
{
    private const SELECT = 'SELECT id, title, text, version, created_at, updated_at FROM notes WHERE owner = ?';
    /** Sorts after every id. */
    private const BEYOND = 'g';

    public function __construct(private readonly Database $database)
    {
    }

    /**
     * Return the notes that follow one, the newest first.
     *
     * @return list<Note>
     */
    public function page(string $owner, ?string $after, int $limit): array
    {
        $sql = self::SELECT . ' AND id < ? ORDER BY id DESC LIMIT ?';
        $rows = $this->database->run($sql, [$owner, $after ?? self::BEYOND, $limit])->fetchAll();
        return array_map(Note::fromRow(...), $rows);
    }

    public function find(string $owner, string $id): Note
    {
        return $this->one($owner, $id, '');
    }

    public function add(string $owner, Note $note): void
    {
        $this->database->run(
            'INSERT INTO notes (owner, id, title, text, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
            [
                $owner,
                $note->id,
                $note->input->title,
                $note->input->text,
                $note->version,
                $note->createdAt,
                $note->updatedAt,
            ],
        );
    }

    public function replace(string $owner, string $id, NoteInput $input, Precondition $precondition): Note
    {
        return $this->database->transaction(function () use ($owner, $id, $input, $precondition): Note {
            $stored = $this->one($owner, $id, ' FOR UPDATE');
            $precondition->check($stored);
            $note = $stored->replacedBy($input);
            $this->database->run(
                'UPDATE notes SET title = ?, text = ?, version = ?, updated_at = ? WHERE owner = ? AND id = ?',
                [$input->title, $input->text, $note->version, $note->updatedAt, $owner, $id],
            );
            return $note;
        });
    }

    public function delete(string $owner, string $id, Precondition $precondition): void
    {
        $this->database->transaction(function () use ($owner, $id, $precondition): void {
            $precondition->check($this->one($owner, $id, ' FOR UPDATE'));
            $this->database->run('DELETE FROM notes WHERE owner = ? AND id = ?', [$owner, $id]);
        });
    }

    private function one(string $owner, string $id, string $lock): Note
    {
        $sql = self::SELECT . ' AND id = ?' . $lock;
        $row = Note::isId($id) ? $this->database->run($sql, [$owner, $id])->fetch() : false;
        // Another's note and none at all are one and the same to the caller.
        return $row !== false ? Note::fromRow($row) : throw new Problem(404, 'There is no such note.');
    }
}
