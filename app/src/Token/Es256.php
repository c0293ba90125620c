<?php

declare(strict_types=1);

namespace CoreApi\Token;

use OpenSSLAsymmetricKey;

/** Verifies ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4). */
final class Es256
{
    private const NUMBER_BYTES = 32;

    /** @param string $signature r and s, 32 bytes each, as JWTs carry them */
    public static function verify(string $text, string $signature, OpenSSLAsymmetricKey $key): bool
    {
        if (strlen($signature) !== 2 * self::NUMBER_BYTES) {
            return false;
        }
        $numbers = array_map(self::derInteger(...), str_split($signature, self::NUMBER_BYTES));
        $sequence = implode('', $numbers); // at most 70 bytes: one byte holds the length
        return openssl_verify($text, "\x30" . chr(strlen($sequence)) . $sequence, $key, OPENSSL_ALGO_SHA256) === 1;
    }

    /** OpenSSL takes the numbers as ASN.1 has them: as short as can be, with a zero before a first bit that is set. */
    private static function derInteger(string $bytes): string
    {
        $number = ltrim($bytes, "\0");
        if ($number === '' || ord($number[0]) >= 0x80) {
            $number = "\0" . $number;
        }
        return "\x02" . chr(strlen($number)) . $number;
    }
}
