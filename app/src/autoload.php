<?php

declare(strict_types=1);

/** Loads the classes of this folder: the namespace CoreApi\ is src/, and each further part of a name is a folder. */

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'CoreApi\\')) {
        $file = __DIR__ . '/' . strtr(substr($class, strlen('CoreApi\\')), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
