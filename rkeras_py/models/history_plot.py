"""The drawing of a history: a panel for each quantity, with the epochs marked that matter."""

import os
import re
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from ..language.errors import ArgumentError
from ..language.wording import did_you_mean, show
from ..training import log_keys

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Language = Literal["en", "zh"]


class History(Protocol):
    """What is drawn of a training."""

    epoch: list[int]
    monitor: str | None
    best_epoch: int | None
    stopped_epoch: int | None

    @property
    def metrics(self) -> dict[str, list[Any]]:
        """The values of every epoch by name."""

    def as_data_frame(self) -> "pd.DataFrame":
        """The same as a table, a row for each epoch and quantity."""


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "training": "training",
        "validation": "validation",
        "best": "best epoch by {monitor}: {epoch}",
        "stop": "stopped in epoch {epoch}",
        "rate": "learning rate",
        "epoch": "epoch",
    },
    "zh": {
        "training": "训练",
        "validation": "验证",
        "best": "最佳轮({monitor}):{epoch}",
        "stop": "停止于第 {epoch} 轮",
        "rate": "学习率",
        "epoch": "轮次",
    },
}
_COLOURS = {"training": "#1f78b4", "validation": "#e6550d"}
# matplotlib knows a collection of fonts by the first one in it.
_CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
_CHINESE_FILES = re.compile(r"NotoSansCJK-Regular|SourceHanSans|PingFang|msyh\.", re.IGNORECASE)


def draw(history: History, metrics: list[str] | str | None, language: Language | None) -> "Figure":
    """Draws the panels, one above the other.

    Args:
        history: The history.
        metrics: Which quantities; all if None.
        language: Of the labels; None for what the environment says.

    Raises:
        ArgumentError: There is no such quantity, or no such language.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    language = _language(language)
    words = _WORDS[language]
    table = table_of_panels(history, metrics)
    names = list(table["metric"].cat.categories)
    with mpl.rc_context({"font.family": _fonts(language)}):
        figure = Figure(figsize=(7, 0.8 + 2.2 * max(len(names), 1)), layout="constrained")
        panels = figure.subplots(max(len(names), 1), 1, sharex=True, squeeze=False)[:, 0]
        for panel, name in zip(panels, names, strict=False):
            for data, rows in table[table["metric"] == name].groupby("data", observed=True):
                panel.plot(
                    rows["epoch"], rows["value"], ".-", markersize=4, color=_COLOURS[data], label=words[str(data)]
                )
            panel.set_ylabel(words["rate"] if name == rate_of(history) else name)
        for panel in panels:
            for epoch, label, style in _marks(history, words):
                panel.axvline(epoch, color="0.35", linestyle=style, linewidth=1, label=label, zorder=0)
            panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        panels[-1].set_xlabel(words["epoch"])
        if names:
            handles, labels = panels[0].get_legend_handles_labels()
            figure.legend(handles, labels, loc="outside upper center", ncols=2, frameon=False)
    return figure


def table_of_panels(history: History, metrics: list[str] | str | None = None) -> "pd.DataFrame":
    """What is drawn, as `as_data_frame` has it, with the learning rate where it changed or is asked for."""
    import pandas as pd

    table = history.as_data_frame()
    names = list(table["metric"].cat.categories)
    rate = rate_of(history)
    known = [*names, *([rate] if rate and rate not in names else [])]
    chosen = _chosen(metrics, known) if metrics is not None else [*names, *_changed(history, rate)]
    if rate is not None and rate in chosen and rate not in names:
        values = history.metrics[rate]
        rows = {"epoch": [epoch + 1 for epoch in history.epoch], "value": values, "metric": rate, "data": "training"}
        table = pd.concat([table.astype({"metric": str, "data": str}), pd.DataFrame(rows)], ignore_index=True)
    table = table[table["metric"].isin(chosen)].copy()
    table["metric"] = pd.Categorical(table["metric"], chosen)
    table["data"] = pd.Categorical(table["data"], ["training", "validation"])
    return table


def rate_of(history: History) -> str | None:
    """The name under which the learning rate of every epoch was logged, if it was."""
    key = log_keys.find("lr", history.metrics)
    return key if key is not None and len(history.metrics[key]) == len(history.epoch) else None


def _changed(history: History, rate: str | None) -> list[str]:
    return [rate] if rate is not None and len(set(history.metrics[rate])) > 1 else []


def _marks(history: History, words: dict[str, str]) -> list[tuple[int, str, str]]:
    marks = []
    if history.best_epoch is not None:
        epoch = history.best_epoch + 1
        marks.append((epoch, words["best"].format(monitor=history.monitor, epoch=epoch), "--"))
    if history.stopped_epoch is not None:
        epoch = history.stopped_epoch + 1
        marks.append((epoch, words["stop"].format(epoch=epoch), ":"))
    return marks


def _chosen(metrics: list[str] | str, known: list[str]) -> list[str]:
    chosen = []
    for name in [metrics] if isinstance(metrics, str) else metrics:
        key = log_keys.find(name, known)
        if key is None:
            listed = ", ".join(f'"{one}"' for one in known)
            raise ArgumentError(f'plot(): `metrics` must be among {listed}, not "{name}".{did_you_mean(name, known)}')
        chosen.append(key)
    return chosen


def _language(language: Any) -> Language:
    language = language or os.environ.get("RKERAS_LANGUAGE") or "en"
    if language not in _WORDS:
        raise ArgumentError(f'plot(): `language` must be "en" or "zh", not {show(language)}.')
    return cast(Language, language)


def _fonts(language: Language) -> list[str]:
    """Fonts to take each character from the first that has it."""
    import matplotlib as mpl
    from matplotlib import font_manager

    if language != "zh":
        return list(mpl.rcParams["font.family"])
    if not _known_fonts():  # matplotlib remembers which fonts there were when it was first used
        for file in filter(_CHINESE_FILES.search, font_manager.findSystemFonts()):
            font_manager.fontManager.addfont(file)
    return [*mpl.rcParams["font.family"], *_known_fonts()[:1]]


def _known_fonts() -> list[str]:
    from matplotlib import font_manager

    there = set(font_manager.get_font_names())
    return [font for font in _CHINESE_FONTS if font in there]
