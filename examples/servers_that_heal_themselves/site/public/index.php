<?php

declare(strict_types=1);

header('Content-Type: application/json');
echo json_encode(['well' => true], JSON_THROW_ON_ERROR);
