<?php

declare(strict_types=1);

namespace CoreApi\Notes;

use CoreApi\Caller\Caller;
use CoreApi\Http\JsonBody;
use CoreApi\Http\Request;
use CoreApi\Http\Response;

/** /notes and /notes/{id}: the notes of the caller. */
final class NoteEndpoints
{
    public function __construct(private readonly NoteStore $store)
    {
    }

    public function page(Request $request): Response
    {
        $caller = Caller::signedIn($request->headers);
        $query = PageQuery::from($request->query);
        $notes = $this->store->page($caller->identityId, $query->after, $query->limit + 1);
        $shown = array_slice($notes, 0, $query->limit);
        $body = ['notes' => array_map(static fn (Note $note): array => $note->json(), $shown)];
        if (count($notes) > $query->limit) {
            $body['next'] = end($shown)->id;
        }
        return new Response(200, $body);
    }

    public function create(Request $request): Response
    {
        $caller = Caller::signedIn($request->headers);
        $note = Note::create(NoteInput::from(JsonBody::read($request->headers)));
        $this->store->add($caller->identityId, $note);
        // Relative to the request: the client may know this API under a path that never reaches us.
        return self::shown($note, 201)->with('Location', "notes/$note->id");
    }

    public function show(Request $request, string $id): Response
    {
        $caller = Caller::signedIn($request->headers);
        return self::shown($this->store->find($caller->identityId, $id), 200);
    }

    public function replace(Request $request, string $id): Response
    {
        $caller = Caller::signedIn($request->headers);
        $precondition = Precondition::from($request->headers);
        $input = NoteInput::from(JsonBody::read($request->headers));
        return self::shown($this->store->replace($caller->identityId, $id, $input, $precondition), 200);
    }

    public function delete(Request $request, string $id): Response
    {
        $caller = Caller::signedIn($request->headers);
        $this->store->delete($caller->identityId, $id, Precondition::from($request->headers));
        return new Response(204);
    }

    private static function shown(Note $note, int $status): Response
    {
        return new Response($status, $note->json(), ['ETag' => Precondition::tag($note)]);
    }
}
