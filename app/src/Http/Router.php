<?php

declare(strict_types=1);

namespace CoreApi\Http;

use Closure;

/** Finds what answers a path and a method. */
final class Router
{
    /** @param array<string, array<string, Closure(Request, string): Response>> $routes path -> method -> answer */
    public function __construct(private readonly array $routes)
    {
    }

    /**
     * Return the pattern of the route and what answers it, bound to the id in its path.
     *
     * @return array{string, Closure(Request): Response}
     */
    public function find(string $method, string $path): array
    {
        foreach ($this->routes as $pattern => $methods) {
            $expression = '~^' . str_replace('{id}', '([^/]+)', $pattern) . '$~D';
            if (preg_match($expression, $path, $found) === 1) {
                $asked = $method === 'HEAD' ? 'GET' : $method;
                $answer = $methods[$asked] ?? throw self::notAllowed(array_keys($methods));
                return [$pattern, static fn (Request $request): Response => $answer($request, $found[1] ?? '')];
            }
        }
        throw new Problem(404, 'There is nothing at this path.');
    }

    /** @param list<string> $methods */
    private static function notAllowed(array $methods): Problem
    {
        $allowed = implode(', ', in_array('GET', $methods, true) ? [...$methods, 'HEAD'] : $methods);
        return new Problem(405, "This path answers to $allowed.", [], ['Allow' => $allowed]);
    }
}
