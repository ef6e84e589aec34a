"""LaTeX source of a document, for XeLaTeX."""

from __future__ import annotations

from model import Block, Look, Text

_SIZES = {"A4": "a4paper", "A5": "a5paper", "A4 landscape": "a4paper,landscape"}
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "%&#_$"})


def source(text: Text) -> str:
    """The LaTeX source of a document."""
    look = text.look
    foot = look.foot.replace("##", "\0").replace("#", r"\thepage{}").replace("\0", r"\pageref{LastPage}")
    sides = "twoside," if look.verso else ""
    heads = (rf"\fancyhead[CO]{{\small {look.head}}}\fancyhead[CE]{{\small {look.verso}}}" if look.verso
             else rf"\fancyhead[C]{{\small {look.head}}}")
    wide = "".join(map(_block, text.blocks[0].blocks)) if text.blocks[0].what == "wide" else ""
    blocks = text.blocks[1:] if wide else text.blocks
    start = rf"\twocolumn[{wide}\vspace{{1em}}]" if look.columns == 2 else wide
    return rf"""\documentclass[{sides}10pt]{{article}}
\usepackage[{_SIZES[look.page]},margin=18mm]{{geometry}}
\usepackage{{fontspec,fancyhdr,lastpage,ragged2e}}
\usepackage{{xeCJK}}
\setmainfont{{Liberation Serif}}\setCJKmainfont[BoldFont={{AR PL UKai TW}}]{{AR PL UMing TW}}
\pagestyle{{fancy}}\fancyhf{{}}\renewcommand{{\headrulewidth}}{{0pt}}{heads}\fancyfoot[C]{{\small {foot}}}
\setlength{{\columnsep}}{{7mm}}\setlength{{\parindent}}{{0pt}}\setlength{{\parskip}}{{{look.space}pt}}
\newcommand{{\hang}}[3]{{\par\hangindent=#1\hangafter=1\noindent\makebox[#1][l]{{#2}}#3\par}}
\begin{{document}}\fontsize{{{look.size}}}{{{look.size * look.pitch:.1f}}}\selectfont
{start}
{"".join(_block(b, look) for b in blocks)}
\end{{document}}
"""


def _block(block: Block, look: Look | None = None) -> str:
    look = look or Look()
    if block.blocks:
        return "".join(_block(b, look) for b in block.blocks)
    if block.what == "table":
        rows = r"\\\hline ".join(" & ".join(row) for row in block.rows)
        return rf"\par\begin{{center}}\begin{{tabular}}{{|{'l|' * len(block.rows[0])}}}\hline {rows}\\\hline\end{{tabular}}\end{{center}}" + "\n"
    if block.what == "figure":
        return rf"\par\medskip\centerline{{\rule{{4cm}}{{{block.text}cm}}}}\medskip" + "\n"
    said = "".join(p.translate(_SPECIAL) + (rf"\footnote{{{n.translate(_SPECIAL)}}}" if n else "") for p, n in block.parts())
    said = said.replace("\n", r"\\ ")
    if block.label:
        ems = sum(1 if c > "\u2e80" else 0.55 for c in block.label) + 0.4
        return rf"\hang{{{ems}em}}{{{block.label}}}{{{said}}}" + "\n\n"
    if block.what == "title":
        return rf"{{\centering\Large\bfseries {said}\par}}\medskip" + "\n\n"
    if block.what == "heading":
        return rf"\smallskip{{\bfseries {said}\par}}\nopagebreak" + "\n\n"
    if block.what in ("centred", "caption"):
        return rf"{{\centering {said}\par}}" + "\n\n"
    if block.what in ("right", "stamp"):
        return rf"{{\raggedleft {said}\par}}" + "\n\n"
    return (rf"\hspace*{{{look.indent}em}}" if block.what == "body" else "") + said + "\n\n"
