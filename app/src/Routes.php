<?php

declare(strict_types=1);

namespace CoreApi;

use Closure;
use CoreApi\Database\Database;
use CoreApi\Health\Readiness;
use CoreApi\Http\Request;
use CoreApi\Http\Response;
use CoreApi\Notes\NoteEndpoints;
use CoreApi\Notes\NoteStore;
use CoreApi\Token\Me;

/** The table of what the app serves. Nothing is connected or parsed before the route that needs it is called. */
final class Routes
{
    /** @return array<string, array<string, Closure(Request, string): Response>> */
    public static function table(Environment $environment): array
    {
        $notes = static fn (): NoteEndpoints => new NoteEndpoints(new NoteStore(new Database($environment)));
        return [
            '/health' => [
                'GET' => static fn (): Response => new Response(200, ['status' => 'ok']),
            ],
            '/ready' => [
                'GET' => static fn (): Response => (new Readiness($environment))->show(),
            ],
            '/about' => [
                'GET' => static fn (): Response => About::show($environment),
            ],
            '/me' => [
                'GET' => static fn (Request $request): Response => Me::show($request, $environment),
            ],
            '/notes' => [
                'GET' => static fn (Request $request): Response => $notes()->page($request),
                'POST' => static fn (Request $request): Response => $notes()->create($request),
            ],
            '/notes/{id}' => [
                'GET' => static fn (Request $request, string $id): Response => $notes()->show($request, $id),
                'PUT' => static fn (Request $request, string $id): Response => $notes()->replace($request, $id),
                'DELETE' => static fn (Request $request, string $id): Response => $notes()->delete($request, $id),
            ],
        ];
    }
}
