"""Address of a list of predictions: parsed leniently, and written back so that it can be shared."""

from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import QueryText
from app.services.predictions.settle_predictions import Listed

PAGE: Final = 25

_Given = Annotated[QueryText, Field(max_length=500)]


class PredictionsQuery(BaseModel):
    """Query parameters of the address; empty ones count as absent. `at`: id of the statement that is looked at."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    listed: Listed = "lapsed"
    speaker: _Given = ""
    narrative: _Given = ""
    page: Annotated[int, Field(ge=1, le=400)] = 1
    at: Annotated[QueryText, Field(max_length=64)] = ""

    @property
    def skipped(self) -> int:
        """Entries before this page."""
        return (self.page - 1) * PAGE

    def query(self, **changes: str | int) -> str:
        """The query string with these changes, with no more in it than it needs."""
        values = {**self.model_dump(), **changes}
        fields = PredictionsQuery.model_fields
        return urlencode({name: value for name, value in values.items() if value and value != fields[name].default})

    def url(self, path: str = "/predictions", **changes: str | int) -> str:
        """The address of the list, or of something below it, with these changes."""
        query = self.query(**changes)
        return f"{path}?{query}" if query else path
