<?php

declare(strict_types=1);

namespace CoreApi\Database;

use CoreApi\SetupError;
use PDOException;

/**
 * The numbered files of a folder, each with one statement, and which of them the database has had.
 *
 * MySQL ends a transaction at every change of a table, so a file is one statement, written so that it may run again
 * (CREATE TABLE IF NOT EXISTS): it does where a run was cut off before the file was recorded.
 */
final class Migrations
{
    public const FOLDER = __DIR__ . '/../../migrations';
    private const LOCK_SECONDS = 120;
    private const NO_SUCH_TABLE = '42S02';

    public function __construct(private readonly Database $database, private readonly string $folder = self::FOLDER)
    {
    }

    /**
     * Return the names of the files that the database has not had, in their order.
     *
     * @return list<string>
     */
    public function pending(): array
    {
        return array_values(array_diff(array_keys($this->files()), array_keys($this->applied())));
    }

    /**
     * Bring the database up to date and return what that took; whoever comes meanwhile waits and finds it done.
     *
     * A replica takes no statements but those of its source, and gets its migrations with them.
     *
     * @return list<string>
     */
    public function apply(): array
    {
        // A number, or a word from MariaDB 12 on.
        if (!in_array((string) $this->database->run('SELECT @@GLOBAL.read_only')->fetchColumn(), ['0', 'OFF'], true)) {
            return [];
        }
        $lock = 'core-api-migrations';
        if ($this->database->run('SELECT GET_LOCK(?, ?)', [$lock, self::LOCK_SECONDS])->fetchColumn() !== 1) {
            throw new SetupError('other migrations have been running for ' . self::LOCK_SECONDS . ' seconds');
        }
        try {
            $this->database->run(
                'CREATE TABLE IF NOT EXISTS schema_migrations (
                    name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
                    sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                    applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
                )',
            );
            return $this->applyPending();
        } finally {
            $this->database->run('SELECT RELEASE_LOCK(?)', [$lock]);
        }
    }

    /** @return list<string> */
    private function applyPending(): array
    {
        $files = $this->files();
        $applied = $this->applied();
        foreach (array_intersect_key($applied, $files) as $name => $digest) {
            if ($digest !== hash('sha256', $files[$name])) {
                throw new SetupError("$name was changed after it had been applied; write a new migration instead");
            }
        }
        $pending = array_diff_key($files, $applied);
        foreach ($pending as $name => $sql) {
            $this->database->run($sql);
            $this->database->run(
                'INSERT INTO schema_migrations (name, sha256) VALUES (?, ?)',
                [$name, hash('sha256', $sql)],
            );
        }
        return array_keys($pending);
    }

    /** @return array<string, string> name -> SQL, by number */
    private function files(): array
    {
        $files = [];
        $numbers = [];
        foreach (glob($this->folder . '/*') ?: [] as $path) {
            $name = basename($path);
            if (preg_match('/^(\d{4})_[a-z0-9_]+\.sql$/', $name, $found) !== 1) {
                throw new SetupError("$name in migrations/ is not named like 0001_create_notes.sql");
            }
            if (isset($numbers[$found[1]])) {
                throw new SetupError("{$numbers[$found[1]]} and $name have the same number");
            }
            $numbers[$found[1]] = $name;
            $files[$name] = (string) file_get_contents($path);
        }
        return $files;
    }

    /** @return array<string, string> name -> digest */
    private function applied(): array
    {
        try {
            $rows = $this->database->run('SELECT name, sha256 FROM schema_migrations')->fetchAll();
        } catch (PDOException $error) {
            if ($error->getCode() !== self::NO_SUCH_TABLE) {
                throw $error;
            }
            return [];
        }
        return array_column($rows, 'sha256', 'name');
    }
}
