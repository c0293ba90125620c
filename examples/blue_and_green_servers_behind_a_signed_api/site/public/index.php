<?php

declare(strict_types=1);

// API Gateway may leave its stage before the path.
$path = preg_replace('~^/live(?=/)~', '', (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$answers = ['/' => ['well' => true], '/news' => ['news' => []], '/news/drafts' => ['drafts' => []]];
http_response_code(isset($answers[$path]) ? 200 : 404);
header('Content-Type: application/json');
echo json_encode($answers[$path] ?? ['detail' => 'There is nothing here.'], JSON_THROW_ON_ERROR);
