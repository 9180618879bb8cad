"""`/v1/keys`: the keys of the caller's organisation."""

from datetime import timedelta

from fastapi import APIRouter, Response

from app.domain.access.keys import Scope
from app.schemas.access import KeyIn, KeyList, KeyOut, NewKeyOut, RotationIn
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/keys", tags=["access"], route_class=JsonRoute)

SECRET = {"Cache-Control": "no-store"}
"""Headers of answers with a secret, which must not be cached or stored."""


@router.post("", status_code=201, operation_id="createKey", responses=answers(400, 401, 403, 413, 422))
def create_key(body: KeyIn, services: TheServices, key: MayAdminister, response: Response) -> NewKeyOut:
    """Makes a key. Its secret is in this answer and nowhere else."""
    scopes = [Scope(scope) for scope in body.scopes]
    secret, made = services.manage_keys.create(body.name, scopes, "", body.ends, body.limit_per_hour, key)
    response.headers.update(SECRET)
    return NewKeyOut.with_secret(made, secret)


@router.get("", operation_id="listKeys", responses=answers(401, 403, 422))
def list_keys(services: TheServices, key: MayAdminister, page: ThePage) -> KeyList:
    """Keys of the organisation, the oldest first, ended ones included."""
    entries, cursor = page.part_of(services.manage_keys.all(key.organisation))
    return KeyList(items=[KeyOut.of(listed) for listed in entries], next_cursor=cursor)


@router.get("/{key_id}", operation_id="getKey", responses=answers(401, 403, 404))
def get_key(key_id: str, services: TheServices, key: MayAdminister) -> KeyOut:
    """Returns a key."""
    return KeyOut.of(services.manage_keys.get(key_id, key))


@router.post("/{key_id}/rotate", operation_id="rotateKey", responses=answers(400, 401, 403, 404, 413, 422))
def rotate_key(
    key_id: str, body: RotationIn, services: TheServices, key: MayAdminister, response: Response
) -> NewKeyOut:
    """Gives a key a new secret; the old one stays good for a while, so that nothing stops in between."""
    secret, rotated = services.manage_keys.rotate(key_id, timedelta(hours=body.overlap_hours), key)
    response.headers.update(SECRET)
    return NewKeyOut.with_secret(rotated, secret)


@router.delete("/{key_id}", status_code=204, operation_id="revokeKey", responses=answers(401, 403, 404))
def revoke_key(key_id: str, services: TheServices, key: MayAdminister) -> None:
    """Ends a key at once."""
    services.manage_keys.revoke(key_id, key)
