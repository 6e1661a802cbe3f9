"""The base of every model: frozen, strict about keys, and aware of where it was written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, model_validator

from pingshi.source.values import Map, Marks

if TYPE_CHECKING:
    from typing import Self

    from pingshi.diagnostics import Place
    from pingshi.source.places import Spot

NOWHERE = Marks("", 1, 1)


class Located(BaseModel):
    """A frozen model that refuses unknown keys and remembers where it was written."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    __slots__ = ("written",)
    if TYPE_CHECKING:
        written: ClassVar[Marks | Spot]  # a slot and no field: as small as can be, and no part of equality

    @model_validator(mode="wrap")
    @classmethod
    def _remember_the_place(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Map):
            made = handler(data)
            object.__setattr__(made, "written", NOWHERE)
            return made
        optional = optional_keys(cls)
        blank = [key for key, value in data.items() if value is None and key in optional]
        made = handler({key: value for key, value in data.items() if key not in blank} if blank else data)
        object.__setattr__(made, "written", data.marks)
        return made

    def at(self, *loc: str | int) -> Place:
        """Return the place of a key under this value, or of the nearest thing above it."""
        return self.written.at(*loc)

    @property
    def place(self) -> Place:
        """Where this value begins."""
        return self.written.place


@cache
def optional_keys(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys that may be left blank, which is the same as leaving them out."""
    return frozenset(field.alias or name for name, field in model.model_fields.items() if not field.is_required())
