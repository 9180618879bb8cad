"""Dependencies of routes: the services, the caller's key, the page of a list."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.domain.access.keys import Key, Scope
from app.domain.audit.entries import ActorKind
from app.domain.core.errors import MissingScope, NotFound, Unauthenticated
from app.domain.core.text import unstorable
from app.services import Services
from app.services.audit.origin import current_origin
from app.web import idempotency, rate_limits
from app.web.query import reject_unknown_parameters

T = TypeVar("T")
_bearer = HTTPBearer(auto_error=False, description="The key that `refrain keys create` printed.")


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


TheServices = Annotated[Services, Depends(_services)]


async def _authenticated(request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Key:
    """Key that `app/web/authentication.py` found to be valid."""
    key: Key | None = getattr(request.state, "caller", None)
    if key is None:
        raise Unauthenticated("send the header 'Authorization: Bearer <key>' with a key of 'refrain keys create'")
    request.state.organisation_id = key.organisation.id
    current_origin().identify(ActorKind.KEY, key.id, key.organisation.id)
    if any(unstorable(str(part)) for part in request.path_params.values()):
        raise NotFound("there is nothing with this id, which no database can hold")
    return key


async def _caller(request: Request, key: Annotated[Key, Depends(_authenticated)]) -> Key:
    reject_unknown_parameters(request)
    return key


Caller = Annotated[Key, Depends(_caller)]


def require(*scopes: Scope, charged: bool = True) -> Any:
    """Dependency that authenticates a key with one of the scopes, and returns it.

    The request is then taken from the key's quotas, but where the route does that itself; one that was answered
    before is not taken again.
    """

    async def check(request: Request, services: TheServices, caller: Annotated[Key, Depends(_authenticated)]) -> Key:
        if not caller.scopes & set(scopes):
            needed = " or ".join(f"'{scope}'" for scope in scopes)
            raise MissingScope(f"this needs a key with the scope {needed}; yours has {_listed(caller.scopes)}")
        reject_unknown_parameters(request)
        await idempotency.begin(request, services, caller.organisation)
        if charged:
            await rate_limits.charge(request, services, caller)
        return caller

    return Security(check, scopes=list(scopes))


MayCheck = Annotated[Key, require(Scope.CHECK)]
MayCheckMany = Annotated[Key, require(Scope.CHECK, charged=False)]
MayRead = Annotated[Key, require(Scope.READ)]
MayWrite = Annotated[Key, require(Scope.WRITE)]
MayReview = Annotated[Key, require(Scope.REVIEW)]
MaySeeFlags = Annotated[Key, require(Scope.READ, Scope.REVIEW)]
MayCounter = Annotated[Key, require(Scope.WRITE, Scope.REVIEW)]
MaySeeCounters = Annotated[Key, require(Scope.READ, Scope.WRITE, Scope.REVIEW)]
MayAdminister = Annotated[Key, require(Scope.ADMIN)]


def _listed(scopes: frozenset[Scope]) -> str:
    return ", ".join(f"'{scope}'" for scope in sorted(scopes)) or "none"
