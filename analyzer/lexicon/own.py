"""One's own entries over the shipped ones: lists grow, tables merge, a single value replaces the shipped one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from analyzer.errors import LexiconError


def merged(shipped: Any, own: Any, where: str) -> Any:
    """`own` laid over `shipped`; neither is changed. `where` names file and entry for messages.

    Raises LexiconError for what the rules would not read or could not use: an unknown key, an entry without a key that
    all shipped ones have, a value of another type.
    """
    if isinstance(shipped, dict) and isinstance(own, dict):
        _known_keys(own, [shipped], where)
        return shipped | {
            key: merged(shipped[key], value, f"{where}.{key}") if key in shipped else value
            for key, value in own.items()
        }
    if isinstance(shipped, list) and isinstance(own, list):
        for number, entry in enumerate(own, 1):
            _conform(entry, shipped, f"{where}[{number}]")
        return shipped + [entry for entry in own if entry not in shipped]
    _conform(own, [shipped], where)
    return own


def _conform(entry: Any, examples: list[Any], where: str) -> None:
    """Raises LexiconError where `entry` is not made like the shipped `examples`."""
    types = {type(example) for example in examples}
    if types and type(entry) not in types:
        names = " / ".join(sorted(each.__name__ for each in types))
        raise LexiconError(f"{where} 的类型不对，应为 {names} · {type(entry).__name__} instead of {names}")
    if isinstance(entry, dict):
        _known_keys(entry, examples, where)
        for key in sorted(set.intersection(*map(set, examples)) - set(entry)) if not _is_open(examples) else ():
            raise LexiconError(f"{where} 缺少 {key} · key missing")
        for key, value in entry.items():
            _conform(value, [example[key] for example in examples if key in example], f"{where}.{key}")
    elif isinstance(entry, list):
        if len(sizes := {len(example) for example in examples}) == 1 and len(entry) not in sizes and len(examples) > 1:
            raise LexiconError(f"{where} 应有{sizes.pop()}项，写了{len(entry)}项 · wrong number of items")
        inner = [item for example in examples for item in example]
        for number, item in enumerate(entry, 1):
            _conform(item, inner, f"{where}[{number}]")


def _known_keys(table: dict[str, Any], examples: list[dict[str, Any]], where: str) -> None:
    known = {key: value for example in examples for key, value in example.items()}
    for key, value in table.items():
        if key in known:
            continue
        if not _is_open(examples):
            near = get_close_matches(key, known)
            hint = f"，相近的有：{'、'.join(near)}" if near else f"，可用的有：{'、'.join(known)}"
            raise LexiconError(f"{where} 没有 {key} 这一项{hint} · unknown key")
        _conform(value, list(known.values()), f"{where}.{key}")


def _is_open(examples: list[dict[str, Any]]) -> bool:
    """Whether the keys are words with one value each (元 = "1"), which new ones may join; else they are fixed names."""
    plain = all(isinstance(value, str | int | float) for example in examples for value in example.values())
    return plain and any(not key.isascii() for example in examples for key in example)
