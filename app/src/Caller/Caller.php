<?php

declare(strict_types=1);

namespace CoreApi\Caller;

use CoreApi\Environment;
use CoreApi\Http\Headers;
use CoreApi\Http\Problem;

/**
 * Who signed the request, as API Gateway tells it.
 *
 * API Gateway overwrites these headers on every route, and only it reaches the load balancer. Shapes are checked all
 * the same: a caller with credentials from anywhere but the identity pool has no identity here. CALLER_ROLES, names of
 * roles with a colon between them, says whose sessions the identity pool gives; without it any role's will do.
 */
final class Caller
{
    private const ID = '/^[a-z]{2}(-[a-z]+)+-\d:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';
    private const ARN = '~^arn:aws[a-z-]*:sts::\d{12}:assumed-role/([\w+=.@-]{1,64})/CognitoIdentityCredentials$~D';
    private const NOBODY = ['', 'none'];

    private function __construct(public readonly string $identityId)
    {
    }

    /** Return the signed-in user who called; refuse guests, everyone else, and nobody. */
    public static function signedIn(Headers $headers): self
    {
        $id = (string) $headers->trusted('X-Caller-Identity-Id');
        $type = (string) $headers->trusted('X-Caller-Type');
        $arn = (string) $headers->trusted('X-Caller-Arn');
        if (array_diff([$id, $type, $arn], self::NOBODY) === []) {
            throw new Problem(401, 'Sign the request with the credentials of a signed-in user.', [], [
                'WWW-Authenticate' => 'AWS4-HMAC-SHA256',
            ]);
        }
        $session = preg_match(self::ARN, $arn, $parts) === 1 && self::isRoleOfUsers($parts[1]);
        if ($type !== 'authenticated' || !self::isIdentityId($id) || !$session) {
            throw new Problem(403, 'The caller is not a signed-in user of the app.');
        }
        return new self($id);
    }

    private static function isRoleOfUsers(string $role): bool
    {
        $roles = (new Environment())->optional('CALLER_ROLES', '');
        return $roles === '' || in_array($role, explode(':', $roles), true);
    }

    /** Tell whether this is an id as the identity pool gives it: REGION:UUID. */
    public static function isIdentityId(string $id): bool
    {
        return preg_match(self::ID, $id) === 1;
    }
}
