<?php

declare(strict_types=1);

namespace CoreApi;

use CoreApi\Database\Database;
use CoreApi\Database\DatabaseUnavailable;
use CoreApi\Http\Problem;
use CoreApi\Http\Request;
use CoreApi\Http\Response;
use CoreApi\Http\Router;
use PDOException;
use Throwable;

/** Answers a request, whatever happens on the way. */
final class App
{
    private const POLLED = ['/health', '/ready'];

    public function __construct(private readonly Environment $environment, private readonly Log $log)
    {
    }

    public function answer(Request $request): Response
    {
        $started = hrtime(true);
        $route = 'none';
        try {
            $router = new Router(Routes::table($this->environment));
            $path = $request->pathBelow($this->environment->optional('BASE_PATH', ''));
            [$route, $answer] = $router->find($request->method, $path);
            $response = $answer($request);
        } catch (Problem $problem) {
            $response = $problem->response();
        } catch (Throwable $error) {
            $response = $this->failed($error);
        }
        if ($response->status !== 200 || !in_array($route, self::POLLED, true)) {
            $this->log->write('info', 'request', [
                'method' => preg_replace('/[^A-Z]/', '', substr($request->method, 0, 10)),
                'route' => $route,
                'status' => $response->status,
                'milliseconds' => round((hrtime(true) - $started) / 1e6, 1),
            ]);
        }
        return $response->with('X-Request-Id', $this->log->requestId);
    }

    private function failed(Throwable $error): Response
    {
        if ($error instanceof DatabaseUnavailable || ($error instanceof PDOException && Database::passes($error))) {
            $this->log->failure('database_unavailable', $error);
            $soon = ['Retry-After' => '2'];
            return (new Problem(503, 'The database cannot be reached. Try again.', [], $soon))->response();
        }
        $this->log->failure('failed', $error);
        return (new Problem(500, 'The request could not be served.'))->response();
    }
}
