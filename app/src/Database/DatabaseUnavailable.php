<?php

declare(strict_types=1);

namespace CoreApi\Database;

use RuntimeException;

/** No connection to the database could be made, or none that is encrypted and verified. */
final class DatabaseUnavailable extends RuntimeException
{
}
