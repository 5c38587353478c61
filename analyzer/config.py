"""The settings of a folder of reports: analyzer.toml, or [tool.analyzer] of pyproject.toml."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from analyzer.errors import ConfigError, UnknownRule
from analyzer.ledger import VERDICTS, relative
from analyzer.lexicon import load
from analyzer.records import Severity
from analyzer.rules import choose

FILE = "analyzer.toml"
_SEVERITIES = (*(each.value for each in Severity), "off")
_FAIL_ON = (*(each.value for each in Severity), "never")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that a person does not want to see again, by rule and words or file, with the reason."""

    rule: str
    reason: str
    quote: str = ""
    path: str = ""  # a glob


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; as it stands, what holds without one. Codes may be families, as in `choose`."""

    folder: Path  # the globs' root, and home of the verdicts
    file: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # glob → codes
    severities: Mapping[str, str] = field(default_factory=dict)  # code → error warning info off
    suppress: tuple[Suppression, ...] = ()
    lexicon: Path | None = None
    profile: str = "auto"
    fail_on: str = "error"

    def rules(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[str, ...]:
        """The codes to run: `select` of the command line replaces all that stands here, `ignore` adds to it.

        Raises UnknownRule for a code of the command line.
        """
        if list(select):
            return tuple(rule.code for rule in choose(select, ignore))
        chosen = choose(self.select, [*self.ignore, *ignore])
        return tuple(rule.code for rule in chosen if self.severity(rule.code) != "off")

    def severity(self, code: str) -> str | None:
        """What `severities` says of a rule: the longest key that fits."""
        return next(
            (self.severities[key] for key in sorted(self.severities, key=len, reverse=True) if covers(key, code)), None
        )

    def is_ignored(self, code: str, path: str) -> bool:
        """Whether `per_path_ignores` takes this rule from this file."""
        return any(
            any(covers(key, code) for key in codes) and self.fits(glob, path)
            for glob, codes in self.per_path_ignores.items()
        )

    def fits(self, glob: str, path: str) -> bool:
        """Whether a file's name, or its way from this folder, fits `glob`; * stands for any characters, / too."""
        inside = relative(path, self.folder)
        return fnmatchcase(inside, glob) or fnmatchcase(inside.rpartition("/")[2], glob)


def covers(key: str, code: str) -> bool:
    """Whether `key`, a code or how codes begin, names the rule `code`."""
    return code.startswith(key.strip().upper())


def find_config(paths: Iterable[str]) -> Config:
    """The settings for an audit of `paths`: from the nearest folder at or above them, else at or above the working one.

    A folder counts where it holds an analyzer.toml, a pyproject.toml with [tool.analyzer], or verdicts; the first of
    these is read. Raises ConfigError for a file that is not TOML or has an unknown key or value.
    """
    places = [Path(path).absolute() for path in paths]
    audited = Path(os.path.commonpath(places)) if len({place.anchor for place in places}) == 1 else Path.cwd()
    for folder in dict.fromkeys([audited, *audited.parents, Path.cwd(), *Path.cwd().parents]):
        if (file := folder / FILE).is_file():
            return _checked(_toml(file), file, FILE)
        if (file := folder / "pyproject.toml").is_file() and b"tool.analyzer" in file.read_bytes():
            table = _toml(file).get("tool", {}).get("analyzer")
            if table is not None:
                return _checked(table, file, "pyproject.toml [tool.analyzer]")
        if (folder / VERDICTS).is_file():
            return Config(folder)
    return Config(Path.cwd())


def profiles() -> tuple[str, ...]:
    """What a profile may be: auto (as the title says), none, or a kind of report of lexicon/profiles.toml."""
    return ("auto", "none", *load("profiles"))


def check_codes(config: Config) -> None:
    """Raises ConfigError for a code that no rule has and a profile that is none.

    Apart from `find_config`, for it imports the rules, and the lexicon may be the user's own.
    """
    if config.file is None:
        return  # no file, no codes
    if config.profile not in profiles():
        raise ConfigError(f"{config.file}：profile 应为{'、'.join(profiles())}之一 · must be one of these")
    named = {
        "select": config.select,
        "ignore": config.ignore,
        "severities": config.severities,
        **{f"per_path_ignores.{glob}": codes for glob, codes in config.per_path_ignores.items()},
        **{f"suppress[{number}].rule": [each.rule] for number, each in enumerate(config.suppress, 1)},
    }
    for key, codes in named.items():
        try:
            choose(codes)
        except UnknownRule as error:
            raise ConfigError(f"{config.file}：{key}：{error}") from None


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}：读不了，应为 UTF-8 编码的 TOML · not TOML in UTF-8: {error}") from None


def _checked(table: Any, file: Path, name: str) -> Config:
    """The record of `table`. Raises ConfigError."""

    def wrong(key: str, expected: str) -> ConfigError:
        return ConfigError(f"{file}：{key} 应为{expected}")

    def words(key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise wrong(key, '一组文字，如 ["ENU", "TXT003"] · must be a list of strings')
        return tuple(value)

    def one_of(key: str, value: Any, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise wrong(key, f"{'、'.join(allowed)}之一 · must be one of these")
        return str(value)

    def entries(key: str) -> dict[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise wrong(key, f"一张表 [{key}] · must be a table")
        return value

    if not isinstance(table, dict):
        raise wrong(name, "一张表 · must be a table")
    fields = [each for each in Config.__dataclass_fields__ if each not in ("folder", "file")]
    _known(table, fields, file, "")
    if not isinstance(lexicon := table.get("lexicon", ""), str):
        raise wrong("lexicon", "文件夹名 · must be a folder")
    return Config(
        folder=file.parent,
        file=file,
        select=words("select", table.get("select", [])),
        ignore=words("ignore", table.get("ignore", [])),
        per_path_ignores={
            glob: words(f"per_path_ignores.{glob}", codes) for glob, codes in entries("per_path_ignores").items()
        },
        severities={
            code: one_of(f"severities.{code}", value, _SEVERITIES) for code, value in entries("severities").items()
        },
        suppress=_suppressions(table.get("suppress", []), file),
        lexicon=file.parent / lexicon if lexicon else None,
        profile=str(table.get("profile", "auto")),
        fail_on=one_of("fail_on", table.get("fail_on", "error"), _FAIL_ON),
    )


def _suppressions(tables: Any, file: Path) -> tuple[Suppression, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{file}：suppress 应写成 [[suppress]] · must be an array of tables")
    found = []
    for number, table in enumerate(tables, 1):
        where = f"suppress[{number}]"
        _known(table, list(Suppression.__dataclass_fields__), file, f"{where}.")
        if not all(isinstance(value, str) for value in table.values()):
            raise ConfigError(f"{file}：{where} 的各项都应为文字 · all values must be strings")
        for key in ("rule", "reason"):
            if not table.get(key, "").strip():
                raise ConfigError(f"{file}：{where} 必须写明 {key} · {key} is missing")
        if not (table.get("quote") or table.get("path")):
            raise ConfigError(
                f"{file}：{where} 必须写明 quote 或 path（整条规则不用，请写 ignore）· quote or path missing"
            )
        found.append(Suppression(**table))
    return tuple(found)


def _known(table: dict[str, Any], keys: list[str], file: Path, where: str) -> None:
    for key in table:
        if key not in keys:
            near = get_close_matches(key, keys)
            hint = f"，相近的有：{'、'.join(near)}" if near else f"，可用的有：{'、'.join(keys)}"
            raise ConfigError(f"{file}：没有 {where}{key} 这个设置{hint} · no such setting")
