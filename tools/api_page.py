"""Compose the page of the Python interface from the signatures and docstrings of the public names."""

import inspect
import re
from collections.abc import Callable, Iterator

import czurban
from czurban.app.api import public as api

INTRODUCTION = {
    "en": (
        "# Python API",
        "",
        "The functions and types that `import czurban` offers; the tests run the examples in the root of a checkout.",
        "",
        "See also: [use from Python](../how-to/python.md).",
    ),
    "zh": (
        "# Python 接口",
        "",
        "`import czurban` 提供的函数和类型；说明取自程序本身，为英文。示例在代码根目录下由测试逐一运行。",
    ),
}
_FUNCTIONS = ("read_plan", "check", "report", "validate", "compute", "trend", "compare")
_OPTIONS = ("CheckOptions", "ValidateOptions", "ComputeOptions")
_TITLES = {
    "en": ("## Functions", "## Results", "## Options", "## Other types"),
    "zh": ("## 函数", "## 结果", "## 选项", "## 其他类型"),
}
_SECTION = re.compile(r"^(Args|Returns|Raises|Example):$")


def api_page(made: str, language: str) -> str:
    """Return the page in a language; `made` is the line that says that it is generated."""
    groups = (
        _FUNCTIONS,
        ("CheckResult", "ComputeResult", "Report"),
        _OPTIONS,
        tuple(
            name
            for name in czurban.__all__
            if name not in (*_FUNCTIONS, "CheckResult", "ComputeResult", "Report", *_OPTIONS, "__version__")
        ),
    )
    parts = [made, "", *INTRODUCTION[language]]
    for title, names in zip(_TITLES[language], groups, strict=True):
        parts += ["", title]
        for name in names:
            parts += ["", f"### {name}", "", *_entry(name)]
    return "\n".join(parts) + "\n"


def _entry(name: str) -> Iterator[str]:
    thing = getattr(czurban, name)
    if name in _FUNCTIONS:
        yield from ("```python", f"czurban.{name}{_signature(thing)}", "```", "")
    yield from _sections(inspect.getdoc(thing) or "")
    if name in ("CheckResult", "ComputeResult", "Report"):
        for member, value in vars(thing).items():
            doc = inspect.getdoc(value)
            if not member.startswith("_") and doc and (callable(value) or isinstance(value, property)):
                call = (
                    "" if isinstance(value, property) else _signature(value).replace("(self, ", "(").replace("self", "")
                )
                yield from ("", f"#### {name}.{member}", "", "```python", f"{member}{call}", "```", "")
                yield from _sections(doc)
    if name in _OPTIONS:
        yield ""
        for cls in thing.__mro__:
            yield from (
                f"- `{field}: {kind if isinstance(kind, str) else inspect.formatannotation(kind)}`"
                for field, kind in inspect.get_annotations(cls).items()
            )


def _signature(thing: Callable[..., object]) -> str:
    text = str(inspect.signature(thing))
    for long, short in (
        ("pathlib.Path", "Path"),
        ("collections.abc.", ""),
        ("czurban.model.", ""),
        (f"{api.__name__}.", ""),
    ):
        text = text.replace(long, short)
    return re.sub(r"\b(plan|finding|derived|assessment)\.(?=[A-Z])", "", text).replace("typing.", "")


def _sections(doc: str) -> Iterator[str]:
    """Turn a docstring into Markdown: arguments and errors as lists, the example as code."""
    section = ""
    for line in inspect.cleandoc(doc).splitlines():
        if found := _SECTION.match(line):
            if section == "Example":
                yield "```"
            section = found[1]
            yield from (("```pycon",) if section == "Example" else (f"**{section}**", ""))
        elif section in ("Args", "Raises") and (item := re.match(r"^    (\w+): (.*)$", line)):
            yield f"- `{item[1]}`: {item[2]}"
        elif section in ("Args", "Raises") and line.strip():
            yield f"  {line.strip()}"
        elif section == "Example" and not line.strip():
            continue
        else:
            yield line.strip() if section in ("", "Returns") else line[4:]
    if section == "Example":
        yield "```"
