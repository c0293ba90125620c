<?php

declare(strict_types=1);

namespace CoreApi\Database;

use Closure;
use CoreApi\Environment;
use CoreApi\SetupError;
use ErrorException;
use JsonException;
use PDO;
use PDOException;
use PDOStatement;
use Throwable;

/** The connection to MySQL or MariaDB: made at the first query, encrypted, the server's certificate verified. */
final class Database
{
    public const CA_FILE = '/etc/pki/rds/global-bundle.pem';
    private const CONNECT_SECONDS = 5;
    private const READ_SECONDS = 10;
    /**
     * The server is restarting, full, being replaced, or has turned read-only in a failover; or another transaction was
     * in the way. All of these pass.
     */
    private const PASSING = [1040, 1053, 1158, 1159, 1160, 1161, 1205, 1213, 1290, 1836, 2002, 2003, 2006, 2013];

    /** 2000 to 2999: errors of the client, not of the server. */
    private const CLIENT_THOUSAND = 2;

    private ?PDO $connection = null;

    /** @param int $readSeconds how long one statement may keep us waiting */
    public function __construct(
        private readonly Environment $environment,
        private readonly int $readSeconds = self::READ_SECONDS,
    ) {
    }

    /** Tell whether the same request may succeed a little later. */
    public static function passes(PDOException $error): bool
    {
        return in_array($error->errorInfo[1] ?? null, self::PASSING, true);
    }

    /**
     * Run one prepared statement.
     *
     * @param list<string|int> $values
     */
    public function run(string $sql, array $values = []): PDOStatement
    {
        $statement = $this->connection()->prepare($sql);
        foreach ($values as $place => $value) {
            $statement->bindValue($place + 1, $value, is_int($value) ? PDO::PARAM_INT : PDO::PARAM_STR);
        }
        $statement->execute();
        return $statement;
    }

    /**
     * Do the work in one transaction; none of it counts if it throws.
     *
     * @template T
     * @param Closure(): T $work
     * @return T
     */
    public function transaction(Closure $work): mixed
    {
        $connection = $this->connection();
        $connection->beginTransaction();
        try {
            $result = $work();
            $connection->commit();
            return $result;
        } catch (Throwable $error) {
            try {
                $connection->rollBack();
            } catch (Throwable) {
                // the connection is gone, and the transaction with it: what matters is the first error
            }
            throw $error;
        }
    }

    private function connection(): PDO
    {
        return $this->connection ??= $this->connect();
    }

    private function connect(): PDO
    {
        $authority = $this->environment->optional('RDS_CA_FILE', self::CA_FILE);
        if (!is_file($authority) || !is_readable($authority)) {
            throw new DatabaseUnavailable("RDS_CA_FILE: $authority cannot be read; without it there is no connection");
        }
        $source = sprintf(
            'mysql:host=%s;port=%s;dbname=%s;charset=utf8mb4',
            $this->environment->required('RDS_HOSTNAME'),
            $this->environment->optional('RDS_PORT', '3306'),
            $this->environment->required('RDS_DB_NAME'),
        );
        ini_set('mysqlnd.net_read_timeout', (string) $this->readSeconds);
        try {
            return new PDO($source, $this->environment->required('RDS_USERNAME'), $this->password(), [
                PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
                PDO::ATTR_EMULATE_PREPARES => false,
                PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
                PDO::ATTR_TIMEOUT => self::CONNECT_SECONDS,
                PDO::MYSQL_ATTR_SSL_CA => $authority,
                PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true,
                PDO::MYSQL_ATTR_MULTI_STATEMENTS => false,
                PDO::MYSQL_ATTR_INIT_COMMAND => "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
            ]);
        } catch (PDOException $error) {
            // What the client says is about the network and TLS; what the server says names users.
            $ofClient = intdiv((int) $error->getCode(), 1000) === self::CLIENT_THOUSAND;
            throw new DatabaseUnavailable($ofClient ? $error->getMessage() : 'refused with error ' . $error->getCode());
        } catch (ErrorException $error) {
            throw new DatabaseUnavailable($error->getMessage()); // what PHP says of a file with no certificate in it
        }
    }

    /** Return the password: the property itself, or `password` of the secret's JSON that it holds. */
    private function password(): string
    {
        $value = $this->environment->required('RDS_PASSWORD');
        try {
            $secret = json_decode($value, true, 4, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            return $value;
        }
        return is_array($secret) && is_string($secret['password'] ?? null) ? $secret['password'] : $value;
    }
}
