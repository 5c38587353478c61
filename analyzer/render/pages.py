"""Web pages: a template of the folder `page` with its style sheets and scripts put inside, so that one file is whole.

Every page extends frame.html, which brings the head, the theme switch and the skip link. What pages share:

- base.css: colours of both themes as variables (--page --ink --quiet --rule --error --warning --info …), letters,
  tables (`<table class="data">` in a `<div class="scroll">`), buttons, print;
- base.js: the theme switch;
- tables.js: any `<table class="data" id="X">` sorts by its headings (`data-sort` on a cell is what counts in place of
  its text; `<th data-fixed>` does not sort), and the `<input data-filter="X">` of a page hides the rows that lack its
  words; `<output data-rows="X" data-template="{shown} of {all}">` says how many are left.

A page has a Content-Security-Policy under which nothing is fetched and only its own style and script work: so no
`style=` and no `on…=` in a template.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from analyzer.render.roles import PLAIN, ROLES
from analyzer.render.templates import environment, source, words_of
from analyzer.render.words import WORDS

_HERE = "analyzer.render"
_THIN = "30"  # opacity of a colour behind text, hexadecimal


def page(template: str, lang: str, styles: Sequence[str], scripts: Sequence[str], values: Mapping[str, Any]) -> str:
    """The page of `template`, with the files `styles` and `scripts` of the folder after base.css and base.js.

    `values` are the template's variables, besides `words` (those of words.toml and of words.py in the language `lang`),
    `lang` and `roles`.
    """
    style = "\n".join([_role_style(), *(source(_HERE, name) for name in ("base.css", *styles))])
    script = "\n".join(source(_HERE, name) for name in ("base.js", *scripts))
    return (
        environment(_HERE)
        .get_template(template)
        .render(
            values,
            words=words(lang),
            lang=lang,
            roles=[(role, look.name(lang)) for role, look in ROLES.items() if role not in PLAIN],
            style=Markup(style),  # files of this package, not a report's words
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


@cache
def words(lang: str) -> dict[str, Any]:
    """The words of pages in one language."""
    return {**WORDS[lang], **words_of(_HERE, "words.toml", lang)}


def _role_style() -> str:
    """The colour of each role, as a variable that a switch can empty and as a class."""
    shown = {role: look.colour + _THIN for role, look in ROLES.items() if role not in PLAIN}
    variables = " ".join(f"--role-{role}: {colour};" for role, colour in shown.items())
    classes = "\n".join(f".role-{role} {{ background: var(--role-{role}); }}" for role in shown)
    return f":root {{ {variables} }}\n{classes}"


def _hash(text: str) -> str:
    """As a Content-Security-Policy names a style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
