<?php

declare(strict_types=1);

namespace CoreApi;

use RuntimeException;

/** What is wrong with the app's own surroundings: told to the log, never to the client. */
final class SetupError extends RuntimeException
{
}
