<?php

declare(strict_types=1);

namespace CoreApi\Token;

use CoreApi\Caller\Caller;
use CoreApi\Environment;
use CoreApi\Http\Problem;
use JsonException;

/**
 * Verifies the token of the exchange (RFC 7519, RFC 8725): ES256 alone, keys from the environment alone.
 *
 * What a token names in `alg` is compared and never chosen from; `jwk`, `jku` and `x5u` are never read.
 */
final class TokenVerifier
{
    /** How far the clocks of the signer and of this instance may lie apart. */
    public const LEEWAY_SECONDS = 30;
    /** API Gateway takes 10,240 bytes of headers. */
    private const MAX_BYTES = 8192;
    private const MAX_DEPTH = 8;

    public function __construct(
        private readonly KeySet $keys,
        private readonly string $issuer,
        private readonly string $audience,
    ) {
    }

    public static function from(Environment $environment): self
    {
        return new self(
            KeySet::from($environment),
            $environment->required('TOKEN_ISSUER'),
            $environment->required('TOKEN_AUDIENCE'),
        );
    }

    /** Return what the token says at this time (seconds since 1970), or refuse it. */
    public function verify(string $token, int $now): UserToken
    {
        $claims = $this->signedClaims($token) ?? throw self::refused('The user token is not valid.');
        $expires = $claims['exp'] ?? null;
        if (self::isTime($expires) && $expires <= $now - self::LEEWAY_SECONDS) {
            throw self::refused('The user token has expired.');
        }
        if (!self::isTime($expires) || !$this->isForUs($claims) || !self::hasBegun($claims, $now)) {
            throw self::refused('The user token is not valid.');
        }
        return self::user($claims) ?? throw self::refused('The user token is not valid.');
    }

    /** @return array<mixed>|null the claims of a token that one of our keys signed */
    private function signedClaims(string $token): ?array
    {
        $parts = explode('.', $token, 4);
        if (strlen($token) > self::MAX_BYTES || count($parts) !== 3) {
            return null;
        }
        [$header, $claims] = array_map(self::object(...), [$parts[0], $parts[1]]);
        $kid = $header['kid'] ?? null;
        if (($header['alg'] ?? null) !== 'ES256' || ($header['typ'] ?? null) !== 'JWT' || isset($header['crit'])) {
            return null;
        }
        $key = is_string($kid) ? $this->keys->key($kid) : null;
        $signature = Base64Url::decode($parts[2]);
        if ($key === null || $signature === null || !Es256::verify("$parts[0].$parts[1]", $signature, $key)) {
            return null;
        }
        return $claims;
    }

    /** @return array<mixed>|null */
    private static function object(string $part): ?array
    {
        $text = Base64Url::decode($part);
        if ($text === null || !str_starts_with($text, '{')) {
            return null;
        }
        try {
            return json_decode($text, true, self::MAX_DEPTH, JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            return null;
        }
    }

    /** @param array<mixed> $claims */
    private function isForUs(array $claims): bool
    {
        $audience = $claims['aud'] ?? null;
        return ($claims['iss'] ?? null) === $this->issuer
            && ($audience === $this->audience || (is_array($audience) && in_array($this->audience, $audience, true)));
    }

    /** @param array<mixed> $claims */
    private static function hasBegun(array $claims, int $now): bool
    {
        $issued = $claims['iat'] ?? null;
        $begins = $claims['nbf'] ?? $issued;
        return self::isTime($issued) && self::isTime($begins) && max($issued, $begins) <= $now + self::LEEWAY_SECONDS;
    }

    private static function isTime(mixed $value): bool
    {
        return is_int($value) || is_float($value);
    }

    /** @param array<mixed> $claims */
    private static function user(array $claims): ?UserToken
    {
        $subject = $claims['sub'] ?? null;
        $identityId = $claims['identity_id'] ?? null;
        $groups = $claims['groups'] ?? [];
        $whole = is_string($subject) && $subject !== '' && is_string($identityId) && Caller::isIdentityId($identityId)
            && is_array($groups) && array_is_list($groups) && array_filter($groups, is_string(...)) === $groups;
        return $whole ? new UserToken($subject, $identityId, $groups) : null;
    }

    private static function refused(string $detail): Problem
    {
        $challenge = 'Bearer realm="X-User-Token", error="invalid_token"';
        return new Problem(401, $detail, [], ['WWW-Authenticate' => $challenge]);
    }
}
