<?php

declare(strict_types=1);

namespace CoreApi\Token;

use CoreApi\Caller\Caller;
use CoreApi\Environment;
use CoreApi\Http\Problem;
use CoreApi\Http\Request;
use CoreApi\Http\Response;

/** GET /me: the user whom both the signature of the request and the token name. */
final class Me
{
    public static function show(Request $request, Environment $environment): Response
    {
        $caller = Caller::signedIn($request->headers);
        $token = $request->headers->trusted('X-User-Token') ?? throw new Problem(
            401,
            'Send the token of the exchange as X-User-Token.',
            [],
            ['WWW-Authenticate' => 'Bearer realm="X-User-Token"'],
        );
        $user = TokenVerifier::from($environment)->verify($token, time());
        if ($user->identityId !== $caller->identityId) {
            throw new Problem(403, 'The user token belongs to another user than the credentials.');
        }
        return new Response(200, [
            'sub' => $user->subject,
            'identity_id' => $user->identityId,
            'groups' => $user->groups,
        ]);
    }
}
