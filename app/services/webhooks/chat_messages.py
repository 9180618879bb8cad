"""Chat messages: the body that a webhook of a chat receives for an event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.core.messages import MessageCatalogs
from app.domain.webhooks.webhooks import Event, Webhook, WebhookFormat
from app.services.webhooks.alerts import Alert, alert_of
from app.services.webhooks.mattermost import mattermost_message
from app.services.webhooks.slack import slack_message
from app.services.webhooks.teams import teams_message

_FORMATS: Final[Mapping[WebhookFormat, Callable[[Alert], dict[str, Any]]]] = {
    WebhookFormat.SLACK: slack_message,
    WebhookFormat.TEAMS: teams_message,
    WebhookFormat.MATTERMOST: mattermost_message,
}


@dataclass(frozen=True, slots=True)
class ChatMessages:
    """Writes events as messages for people. `public_url`: the address of the service, for links; empty: no link."""

    texts: MessageCatalogs
    public_url: str

    def __call__(self, webhook: Webhook, event: Event) -> dict[str, Any] | None:
        """The message in the webhook's format and language; None for a webhook that receives events themselves."""
        write = _FORMATS.get(webhook.format)
        if write is None:
            return None
        messages = self.texts.for_language([webhook.language] if webhook.language else [])
        return write(alert_of(event, messages, self.public_url))
