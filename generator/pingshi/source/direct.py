"""The short way from a file to its model, for files that nothing is wrong with.

The models say once what a record is. Pydantic reads them with every error told
(`model.load`); this module reads the very same models straight from the parser's nodes,
several times faster, and gives up at the first doubt. So it never judges: whatever it
can't read goes the long way and is explained there, and what it can read is equal to what
the long way gives (tests compare the two). A model with a part that this module does not
know is always read the long way. Why: docs/decisions/0013.
"""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from annotated_types import MaxLen
from pydantic import BaseModel, BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from pingshi.source.choices import Choices
from pingshi.source.fields import as_list, as_many
from pingshi.source.located import Located
from pingshi.source.nodes import NULLS, composed
from pingshi.source.places import File, Spot
from pingshi.source.swallowed import seems_swallowed
from pingshi.source.terms import as_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Loc = tuple[str | int, ...]
    #: What reads a node of a file, given the keys that lead to it.
    Reader = Callable[[yaml.Node, File, Loc], Any]

#: Metadata that says something about a value and never touches it.
_TELLING = (WithJsonSchema, PlainSerializer, Choices)
_SCALAR, _SEQUENCE, _MAPPING = yaml.ScalarNode, yaml.SequenceNode, yaml.MappingNode
_set_dict = BaseModel.__dict__["__dict__"].__set__
_set_fields = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__
_set_written = Located.__dict__["written"].__set__


#: What readers of single values validate with, so that models can do without the call in between.
_VALIDATORS: dict[Any, Any] = {}


class _Doubt(Exception):  # noqa: N818 -- nothing is known to be wrong
    """Something that the long way must look at."""


class _Unknown(Exception):  # noqa: N818 -- as above
    """A model uses a construction that this module does not know."""


def read(path: str, data: bytes, kind: Any) -> Any:
    """Return the model (or, of a list, the tuple) in a faultless file, and None in every doubt."""
    reader = _root(kind)
    if reader is None:
        return None
    node, text, problems = composed(path, data)
    if problems or node is None or "\\" in text or seems_swallowed(text):
        return None  # an escape could write what the text itself may not
    try:
        return reader(node, File(path, data), ())
    except Exception:  # noqa: BLE001 -- whatever it is, the long way says it better
        return None


@cache
def _root(kind: Any) -> Reader | None:
    try:
        return _reader(kind)
    except _Unknown:
        return None


def _reader(kind: Any, metadata: Sequence[Any] = ()) -> Reader:
    """Return what reads a node as `kind`."""
    if get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        return _reader(kind, (*more, *metadata))
    rules = [it for it in metadata if not isinstance(it, _TELLING)]
    if not rules:
        return _plain(kind)
    rule = rules[0]
    if len(rules) > 1:
        raise _Unknown
    if isinstance(rule, PlainValidator):
        return _scalar(rule.func)
    if isinstance(rule, FieldInfo) and isinstance(rule.discriminator, str):
        return _told_apart(get_args(kind), rule.discriminator)
    if isinstance(rule, MaxLen) and get_origin(kind) is tuple:
        return _listed(_reader(get_args(kind)[0]), rule.max_length)
    if isinstance(rule, BeforeValidator):
        if rule.func is as_terms:
            return _terms(get_args(kind)[0])
        if rule.func is as_many:
            return _one_or_many(get_args(kind)[0], _SCALAR)
        if rule.func is as_list:
            return _one_or_many(get_args(kind)[0], _MAPPING)
        key = getattr(rule.func, "shorthand_key", None)
        if key is not None:
            return _short(kind, key)
    raise _Unknown


def _plain(kind: Any) -> Reader:
    origin = get_origin(kind)
    if origin is Literal:
        allowed = {it: it for it in get_args(kind)}

        def choice(node: yaml.Node, _file: File, _loc: Loc) -> Any:
            if node.__class__ is not _SCALAR:
                raise _Doubt
            return allowed[node.value]

        return choice
    if origin is tuple and get_args(kind)[1:] == (...,):
        return _listed(_reader(get_args(kind)[0]))
    if origin is dict:
        return _keyed(*get_args(kind))
    if origin in (Union, UnionType):
        parts = [it for it in get_args(kind) if it is not NoneType]
        if len(parts) == 1:
            return _reader(parts[0])
        return _list_or_word(parts)
    if isinstance(kind, type) and issubclass(kind, Located):
        return _model(kind)
    raise _Unknown


def _scalar(validate: Any) -> Reader:
    def scalar(node: yaml.Node, _file: File, _loc: Loc) -> Any:
        if node.__class__ is not _SCALAR or (not node.style and node.value in NULLS):
            raise _Doubt
        return validate(node.value)

    _VALIDATORS[scalar] = validate
    return scalar


def _listed(item: Reader, most: int | None = None) -> Reader:
    def listed(node: yaml.Node, file: File, loc: Loc) -> tuple[Any, ...]:
        if node.__class__ is not _SEQUENCE or (most is not None and len(node.value) > most):
            raise _Doubt
        return tuple([item(child, file, (*loc, index)) for index, child in enumerate(node.value)])

    return listed


def _list_or_word(parts: Sequence[Any]) -> Reader:
    """Read a list, or in its place one of a few words, as `grades: all`."""
    bare = {it: get_args(it)[0] if get_origin(it) is Annotated else it for it in parts}
    lists = [_reader(it) for it in parts if get_origin(bare[it]) is tuple]
    words = [_reader(it) for it in parts if get_origin(bare[it]) is Literal]
    if len(parts) != len(("list", "word")) or not lists or not words:
        raise _Unknown

    def either(node: yaml.Node, file: File, loc: Loc) -> Any:
        return (words if node.__class__ is _SCALAR else lists)[0](node, file, loc)

    return either


def _one_or_many(item: Any, lone: type[yaml.Node]) -> Reader:
    one = _reader(item)
    many = _listed(one)

    def either(node: yaml.Node, file: File, loc: Loc) -> tuple[Any, ...]:
        return (one(node, file, loc),) if node.__class__ is lone else many(node, file, loc)

    return either


def _keyed(key: Any, value: Any) -> Reader:
    read_key, read_value = _reader(key), _reader(value)

    def keyed(node: yaml.Node, file: File, loc: Loc) -> dict[Any, Any]:
        if node.__class__ is not _MAPPING:
            raise _Doubt
        found: dict[Any, Any] = {}
        for key_node, child in node.value:
            name = read_key(key_node, file, loc)
            if name != key_node.value or name in found:
                raise _Doubt
            found[name] = read_value(child, file, (*loc, name))
        return found

    return keyed


def _told_apart(models: Sequence[Any], key: str) -> Reader:
    by_name = {name: _reader(model) for model in models for name in get_args(model.model_fields[key].annotation)}

    def told_apart(node: yaml.Node, file: File, loc: Loc) -> Any:
        if node.__class__ is not _MAPPING:
            raise _Doubt
        names = [child.value for key_node, child in node.value if key_node.value == key]
        return by_name[names[0]](node, file, loc)

    return told_apart


def _terms(term: Any) -> Reader:
    """Read a list of terms, or a value that stands for one without bounds."""
    whole = _model(term)
    value = _reader(term.model_fields["value"].annotation, term.model_fields["value"].metadata)
    bounds = dict.fromkeys(name for name in term.model_fields if name != "value")

    def terms(node: yaml.Node, file: File, loc: Loc) -> tuple[Any, ...]:
        if node.__class__ is _SEQUENCE and all(child.__class__ is _MAPPING for child in node.value):
            return tuple([whole(child, file, (*loc, index)) for index, child in enumerate(node.value)])
        return (_made(term, {"value": value(node, file, loc), **bounds}, _given(("value",)), Spot(file, loc)),)

    return terms


def _short(kind: Any, key: str) -> Reader:
    """Read a mapping, or a lone value that stands for {key: value}."""
    whole = _reader(kind)

    def short(node: yaml.Node, file: File, loc: Loc) -> Any:
        if node.__class__ is _SCALAR:
            if not node.style and node.value in NULLS:
                raise _Doubt
            node = yaml.MappingNode("", [(yaml.ScalarNode("", key), node)])
        return whole(node, file, loc)

    return short


@cache
def _model(model: type[Located]) -> Reader:  # noqa: C901 -- the innermost loop, in one piece
    """Return what reads a mapping as a model, with its defaults and its own checks."""
    fields = {}
    for name, info in model.model_fields.items():
        reader = _reader(info.annotation, info.metadata)
        fields[info.alias or name] = (name, reader, _VALIDATORS.get(reader), not info.is_required())
    defaults = {name: info.default for name, info in model.model_fields.items()}
    factories = {name: it.default_factory for name, it in model.model_fields.items() if it.default_factory is not None}
    required = sum(it.is_required() for it in model.model_fields.values())
    checks = _checks(model)

    def mapping(node: yaml.Node, file: File, loc: Loc) -> Any:  # noqa: C901, PLR0912 -- as above
        if node.__class__ is not _MAPPING:
            raise _Doubt
        values = defaults.copy()
        seen: list[str] = []
        given: list[str] = []
        needed = required
        for key_node, child in node.value:
            key = key_node.value
            name, reader, validate, optional = fields[key]
            if name in seen:
                raise _Doubt
            seen.append(name)
            if not optional:
                needed -= 1
            if child.__class__ is not _SCALAR:
                values[name] = reader(child, file, (*loc, key))
            elif not child.style and child.value in NULLS:
                if not optional:
                    raise _Doubt
                continue
            elif validate is not None:
                values[name] = validate(child.value)
            else:
                values[name] = reader(child, file, (*loc, key))
            given.append(name)
        if needed:
            raise _Doubt
        for name, factory in factories.items():
            if name not in given:
                values[name] = factory()  # type: ignore[call-arg]  # none of ours takes the data
        made = _made(model, values, _given(tuple(given)), Spot(file, loc))
        for check in checks:
            check(made)
        return made

    return mapping


def _checks(model: type[Located]) -> list[Callable[[Any], Any]]:
    """Return the model's own validators, which may only look; any but these is unknown here."""
    decorators = model.__pydantic_decorators__
    if decorators.field_validators or decorators.root_validators or decorators.validators:
        raise _Unknown
    found = []
    for name, it in decorators.model_validators.items():
        if it.info.mode == "after":
            found.append(it.func)
        elif name != "_remember_the_place":
            raise _Unknown
    return found


@cache
def _given(names: tuple[str, ...]) -> set[str]:
    return set(names)  # shared by all models that were given the same keys: they are frozen


def _made(model: type[Located], values: dict[str, Any], given: set[str], spot: Spot) -> Any:
    made = object.__new__(model)
    _set_dict(made, values)
    _set_fields(made, given)
    _set_extra(made, None)
    _set_private(made, None)
    _set_written(made, spot)
    return made
