"""Conditions in schemes: short Jinja2 expressions over a vocabulary, checked when loaded.

Only comparisons, and/or/not, plain arithmetic, literals and calls of the vocabulary's own
functions may stand in one. A name that the vocabulary does not hold is an error when the
scheme is loaded, not when it is first needed. Division is exact: `1/2` is a fraction.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from pydantic import PlainValidator, WithJsonSchema

from pingshi.schemes.samples import combinations
from pingshi.source import reject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pingshi.schemes.vocabulary import Vocabulary

_LONGEST = 300
_LARGEST = 10_000
_ALLOWED = (
    nodes.Output, nodes.Template, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Name,
    nodes.Const, nodes.Call, nodes.List, nodes.Tuple, nodes.Add, nodes.Sub, nodes.Div, nodes.Neg,
)  # fmt: skip


class _Environment(SandboxedEnvironment):
    intercepted_binops = frozenset(["/"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "/" and isinstance(left, int | Fraction) and isinstance(right, int | Fraction):
            return Fraction(left) / Fraction(right)
        return super().call_binop(context, operator, left, right)


@cache
def _environment() -> _Environment:
    return _Environment(undefined=StrictUndefined, autoescape=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, with what it is made of.

    `names` are the words of the vocabulary that it uses, `numbers` and `texts` its
    constants, `calls` the arguments of its functions: what the linter needs to try it out.
    """

    text: str
    names: tuple[str, ...]
    numbers: tuple[Fraction, ...] = ()
    texts: tuple[str, ...] = ()
    calls: tuple[tuple[str, tuple[int | str, ...]], ...] = ()

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Evaluate over values for (at least) `names`. ValueError where it yields no truth value."""
        called = [values[name](*given) for name, given in self.calls]
        plain = [value for name in self.names if not callable(value := values[name])]
        key = (self.text, *called, *plain)
        known = _KNOWN.get(key)
        if known is None:
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            known = _KNOWN[key] = self._evaluate(values)
        return known

    def _evaluate(self, values: Mapping[str, Any]) -> bool:
        result = _compiled(self.text)(**{name: values[name] for name in self.names})
        if not isinstance(result, bool):
            message = f"条件“{self.text}”的结果不是真假"
            raise ValueError(message)  # noqa: TRY004 -- the condition is at fault, not a type of ours
        return result


#: What conditions came to, by their text and all that they depend on: the same few values come again and again.
_KNOWN: dict[tuple[Any, ...], bool] = {}
_MOST_KNOWN = 50_000


@lru_cache(maxsize=1024)  # a scheme has some tens; who reads many of them must not keep all
def _compiled(text: str) -> Any:
    return _environment().compile_expression(text, undefined_to_none=False)


def condition(vocabulary: Vocabulary, text: str) -> Condition:
    """Check a condition against a vocabulary, and that it yields true or false for whatever can be.

    Raises the diagnostic error for the scheme's loader.
    """
    if len(text) > _LONGEST:
        raise reject("bad-value", f"条件超过 {_LONGEST} 个字符", "拆成几条规则")
    try:
        _compiled(text)
        tree = _environment().parse("{{ (" + text + ") }}")
    except (TemplateError, RecursionError):
        hint = "写成比较式，如 leave_share > 1/2；文字加英文单引号；用 and、or、not 连接"
        raise reject("bad-value", f"看不懂条件“{text}”", hint) from None
    made = _taken_apart(vocabulary, text, tree)
    try:
        for values in combinations(vocabulary, [made]):
            made.holds(values)
    except ValueError as error:
        raise reject("bad-value", str(error), "写成比较式，如 leave_share > 1/2") from None
    except TypeError:
        hint = "数与数比较，文字与文字比较；几个文字写成 in ['aid', 'loan']"
        raise reject("bad-value", f"条件“{text}”两边不是同一类，无法比较", hint) from None
    except ZeroDivisionError:
        hint = "不能除以可能是 0 的数（如全年没有等次时的 periods）；改为除以固定的数，如 count('较差') > periods / 4"
        raise reject("bad-value", f"条件“{text}”会除以 0", hint) from None
    return made


def _taken_apart(vocabulary: Vocabulary, text: str, tree: nodes.Template) -> Condition:
    every = _all_nodes(tree)
    called = {id(node.node) for node in every if isinstance(node, nodes.Call)}
    names: dict[str, None] = {}
    numbers: set[Fraction] = set()
    texts: dict[str, None] = {}
    calls: list[tuple[str, tuple[int | str, ...]]] = []
    for node in every:
        if not isinstance(node, _ALLOWED):
            what = type(node).__name__
            raise reject("bad-value", f"条件里不能用这种写法（{what}）", "只用比较、and、or、not、加减除和词汇表里的词")
        if isinstance(node, nodes.Call):
            if isinstance(node.node, nodes.Name):
                _check_name(vocabulary, node.node.name, called=True)
            calls.append(_check_call(vocabulary, node))
        if isinstance(node, nodes.Name):
            _check_name(vocabulary, node.name, called=id(node) in called)
            names[node.name] = None
        if isinstance(node, nodes.Const):
            _check_constant(node)
            if isinstance(node.value, str):
                texts[node.value] = None
            elif not isinstance(node.value, bool):
                numbers.add(Fraction(node.value))
        if isinstance(node, nodes.Div):
            numbers |= _quotient(node)
    return Condition(text, tuple(names), tuple(sorted(numbers)), tuple(texts), tuple(calls))


def _quotient(node: nodes.Div) -> set[Fraction]:
    parts = [it.value for it in (node.left, node.right) if isinstance(it, nodes.Const) and isinstance(it.value, int)]
    return {Fraction(parts[0], parts[1])} if len(parts) == len(("left", "right")) and parts[1] else set()


def _all_nodes(tree: nodes.Node) -> list[nodes.Node]:
    found = [child for child in tree.iter_child_nodes() if not isinstance(child, nodes.TemplateData)]
    for child in list(found):
        found += _all_nodes(child)
    return found


def _check_constant(node: nodes.Const) -> None:
    if isinstance(node.value, bool | str):
        return
    if not isinstance(node.value, int) or abs(node.value) > _LARGEST:
        hint = "用整数或分数：0.5 写成 1/2"
        raise reject("bad-value", f"条件里的数 {node.value} 不能用", hint)


def _check_call(vocabulary: Vocabulary, node: nodes.Call) -> tuple[str, tuple[int | str, ...]]:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    word = vocabulary.get(name)
    constants = tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))
    if word is None or node.kwargs or node.dyn_args or node.dyn_kwargs or len(constants) != len(node.args):
        raise reject("bad-value", f"“{name}(…)”的写法不对", "括号里只写词汇表规定的值")
    if word.arguments is None:
        raise reject("bad-value", f"“{name}”后面不能有括号", f"直接写 {name}")
    strange = [arg for arg in constants if not word.arguments(arg)]
    if strange or not constants:
        shown = strange[0] if strange else ""
        raise reject("bad-value", f"“{name}”不认识“{shown}”", f"{name}: {word.says}")
    return name, constants


def _check_name(vocabulary: Vocabulary, name: str, *, called: bool) -> None:
    word = vocabulary.get(name)
    if word is None:
        close = difflib.get_close_matches(name, vocabulary, n=1)
        hint = f"是不是 {close[0]}？" if close else ""
        raise reject("bad-value", f"条件里的“{name}”不在词汇表里", f"{hint}可以用：{', '.join(vocabulary)}")
    if word.arguments is not None and not called:
        raise reject("bad-value", f"“{name}”后面要有括号", f"{name}: {word.says}")


def condition_over(vocabulary: Vocabulary) -> PlainValidator:
    """Return the field validator for conditions over this vocabulary."""

    def validate(value: object) -> Condition:
        if isinstance(value, Condition):
            return value
        if not isinstance(value, str):
            raise reject("bad-value", "这里应是一个条件", "写成比较式，如 leave_share > 1/2")
        return condition(vocabulary, str(value))

    return PlainValidator(validate)


CONDITION_SCHEMA = WithJsonSchema({"type": "string"})
