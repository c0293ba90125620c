<?php

declare(strict_types=1);

namespace CoreApi\Http;

use CoreApi\Log;
use ErrorException;

/** Makes PHP's own warnings exceptions, and answers even where PHP itself gives up. */
final class LastWords
{
    private const FATAL = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR;

    public static function prepare(Log $log): void
    {
        ini_set('display_errors', '0');
        set_error_handler(static function (int $level, string $what, string $file, int $line) use ($log): bool {
            if (($level & (E_DEPRECATED | E_USER_DEPRECATED)) !== 0) {
                $log->write('warning', 'deprecated', ['what' => $what, 'where' => basename($file) . ":$line"]);
                return true;
            }
            if ((error_reporting() & $level) === 0) {
                return true; // under @
            }
            throw new ErrorException($what, 0, $level, $file, $line);
        });
        register_shutdown_function(static function () use ($log): void {
            $error = error_get_last();
            if ($error !== null && ($error['type'] & self::FATAL) !== 0 && !headers_sent()) {
                $log->failure('fatal', new ErrorException($error['message'], 0, 1, $error['file'], $error['line']));
                $response = (new Problem(500, 'The request could not be served.'))->response();
                $response->with('X-Request-Id', $log->requestId)->send();
            }
        });
    }
}
