<?php

declare(strict_types=1);

namespace CoreApi\Token;

use CoreApi\Environment;
use CoreApi\SetupError;
use OpenSSLAsymmetricKey;

/**
 * The public keys that the tokens may be signed with, all of them for ES256.
 *
 * Each is an environment property of its own, KID.X.Y: Elastic Beanstalk does not document braces and commas, so a JWKS
 * could not be relied on to arrive.
 */
final class KeySet
{
    /** The first property. The others count on from it, without a gap. */
    public const FIRST = self::PREFIX . '1';
    private const PREFIX = 'TOKEN_PUBLIC_KEY_';
    private const MOST = 9;
    private const COORDINATE_BYTES = 32;
    /** SubjectPublicKeyInfo of a point on P-256, up to the point (RFC 5480). */
    private const DER_PREFIX = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
    private const UNCOMPRESSED = "\x04";

    /** @param array<string, OpenSSLAsymmetricKey> $keys by kid */
    private function __construct(private readonly array $keys)
    {
    }

    /** Return the key with this id, or null. */
    public function key(string $kid): ?OpenSSLAsymmetricKey
    {
        return $this->keys[$kid] ?? null;
    }

    /** Read TOKEN_PUBLIC_KEY_1, TOKEN_PUBLIC_KEY_2 and so on, up to the first that is missing. */
    public static function from(Environment $environment): self
    {
        $keys = [];
        for ($number = 1; $number <= self::MOST; $number++) {
            $name = self::PREFIX . $number;
            $text = $number === 1 ? $environment->required($name) : $environment->optional($name, '');
            if ($text === '') {
                break;
            }
            [$kid, $x, $y] = self::parts($text, $name);
            if (isset($keys[$kid])) {
                throw new SetupError("$name has the kid of another key");
            }
            $keys[$kid] = self::publicKey($x, $y, $name);
        }
        return new self($keys);
    }

    /** @return array{string, string, string} */
    private static function parts(string $text, string $name): array
    {
        if (preg_match('/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/D', $text) !== 1) {
            throw new SetupError("$name is not KID.X.Y in base64url");
        }
        return explode('.', $text);
    }

    private static function publicKey(string $x, string $y, string $name): OpenSSLAsymmetricKey
    {
        $point = self::UNCOMPRESSED . self::coordinate($x, 'X', $name) . self::coordinate($y, 'Y', $name);
        $pem = "-----BEGIN PUBLIC KEY-----\n"
            . chunk_split(base64_encode(hex2bin(self::DER_PREFIX) . $point), 64, "\n")
            . "-----END PUBLIC KEY-----\n";
        $parsed = openssl_pkey_get_public($pem);
        if ($parsed === false) {
            throw new SetupError("$name is not a point on P-256");
        }
        return $parsed;
    }

    private static function coordinate(string $text, string $which, string $name): string
    {
        $bytes = Base64Url::decode($text);
        if ($bytes === null || strlen($bytes) !== self::COORDINATE_BYTES) {
            throw new SetupError("$name: $which is not " . self::COORDINATE_BYTES . ' bytes in base64url');
        }
        return $bytes;
    }
}
