<?php

declare(strict_types=1);

/** The front controller: every request comes in here, and one answer goes out. */

use CoreApi\App;
use CoreApi\Environment;
use CoreApi\Http\LastWords;
use CoreApi\Http\Request;
use CoreApi\Log;

require dirname(__DIR__) . '/src/autoload.php';

$log = new Log(bin2hex(random_bytes(8)));
LastWords::prepare($log);
(new App(new Environment(), $log))->answer(Request::fromPhp())->send();
