<?php

// Sends a message from a server in PHP, without any library: php send.php FUNCTION USER TITLE BODY
//
// The request to Lambda is signed with AWS's Signature Version 4. Credentials come from the environment or, on an
// instance, from its metadata; the role has the statements of the component's send_statements.

declare(strict_types=1);

/** @return array{key: string, secret: string, token: ?string} */
function credentials(): array
{
    $key = getenv('AWS_ACCESS_KEY_ID');
    $secret = getenv('AWS_SECRET_ACCESS_KEY');
    if ($key !== false && $secret !== false) {
        return ['key' => $key, 'secret' => $secret, 'token' => getenv('AWS_SESSION_TOKEN') ?: null];
    }
    $metadata = 'http://169.254.169.254/latest';
    $session = fetch('PUT', "$metadata/api/token", ['X-aws-ec2-metadata-token-ttl-seconds' => '300'])[1];
    $roles = "$metadata/meta-data/iam/security-credentials/";
    $header = ['X-aws-ec2-metadata-token' => $session];
    $role = trim(fetch('GET', $roles, $header)[1]);
    $found = json_decode(fetch('GET', $roles . $role, $header)[1], true, 8, JSON_THROW_ON_ERROR);
    return ['key' => $found['AccessKeyId'], 'secret' => $found['SecretAccessKey'], 'token' => $found['Token']];
}

/**
 * @param array<string, string> $headers
 * @return array{int, string, array<string, string>}
 */
function fetch(string $method, string $url, array $headers, string $body = ''): array
{
    $lines = [];
    foreach ($headers as $name => $value) {
        $lines[] = "$name: $value";
    }
    $options = ['method' => $method, 'header' => $lines, 'content' => $body, 'timeout' => 30, 'ignore_errors' => true];
    $answer = @file_get_contents($url, false, stream_context_create(['http' => $options]));
    if ($answer === false) {
        throw new RuntimeException("no answer from $url");
    }
    $status = (int) explode(' ', $http_response_header[0])[1];
    $found = [];
    foreach (array_slice($http_response_header, 1) as $line) {
        [$name, $value] = array_pad(explode(':', $line, 2), 2, '');
        $found[strtolower($name)] = trim($value);
    }
    return [$status, $answer, $found];
}

/**
 * Return the headers that sign a request to Lambda.
 *
 * @param array{key: string, secret: string, token: ?string} $who
 * @return array<string, string>
 */
function signed(string $host, string $path, string $body, string $region, array $who, int $now): array
{
    $time = gmdate('Ymd\THis\Z', $now);
    $day = substr($time, 0, 8);
    $headers = ['content-type' => 'application/json', 'host' => $host, 'x-amz-date' => $time];
    if ($who['token'] !== null) {
        $headers['x-amz-security-token'] = $who['token'];
    }
    ksort($headers);
    $names = implode(';', array_keys($headers));
    $listed = '';
    foreach ($headers as $name => $value) {
        $listed .= "$name:$value\n";
    }
    // Outside S3 the path is encoded twice: once as it is sent, once more here.
    $canonical = implode('/', array_map('rawurlencode', explode('/', $path)));
    $request = implode("\n", ['POST', $canonical, '', $listed, $names, hash('sha256', $body)]);
    $scope = "$day/$region/lambda/aws4_request";
    $toSign = implode("\n", ['AWS4-HMAC-SHA256', $time, $scope, hash('sha256', $request)]);
    $key = 'AWS4' . $who['secret'];
    foreach ([$day, $region, 'lambda', 'aws4_request'] as $part) {
        $key = hash_hmac('sha256', $part, $key, true);
    }
    $signature = hash_hmac('sha256', $toSign, $key);
    $headers['authorization'] =
        "AWS4-HMAC-SHA256 Credential={$who['key']}/$scope, SignedHeaders=$names, Signature=$signature";
    return $headers;
}

/**
 * Return what became of an order; its status is 200 where it was sent.
 *
 * @param array<string, mixed> $order
 * @return array<string, mixed>
 */
function send(string $function, string $region, array $order): array
{
    $suffix = str_starts_with($region, 'cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    $base = getenv('AWS_ENDPOINT_URL_LAMBDA') ?: "https://lambda.$region.$suffix";
    $host = substr($base, strpos($base, '//') + 2);
    $path = '/2015-03-31/functions/' . rawurlencode($function) . '/invocations';
    $body = json_encode($order, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
    $headers = signed($host, $path, $body, $region, credentials(), time());
    [$status, $answer, $found] = fetch('POST', $base . $path, $headers, $body);
    if ($status !== 200 || isset($found['x-amz-function-error'])) {
        throw new RuntimeException("Lambda answered $status: $answer");
    }
    return json_decode($answer, true, 64, JSON_THROW_ON_ERROR);
}

if (isset($argv[0]) && realpath($argv[0]) === __FILE__) {
    [, $function, $user, $title, $body] = $argv;
    $order = ['to' => ['user' => $user], 'message' => ['title' => $title, 'body' => $body]];
    echo json_encode(send($function, getenv('AWS_REGION') ?: 'eu-west-1', $order), JSON_THROW_ON_ERROR), "\n";
}
