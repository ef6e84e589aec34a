"""HTML and CSS of a document, for Chromium and WeasyPrint."""

from __future__ import annotations

from html import escape

from model import Block, Look, Text

SERIF, SANS, KAI = "'Liberation Serif','AR PL UMing TW'", "'Liberation Sans','WenQuanYi Zen Hei'", "'AR PL UKai TW'"


def page(text: Text) -> str:
    """The HTML page of a document."""
    number = [0]
    body = "\n".join(_block(b, number) for b in text.blocks)
    cover = f'<div class="mark">{escape(text.look.watermark)}</div>' if text.look.watermark else ""
    return (f'<!doctype html><html lang="zh-Hant"><meta charset="utf-8"><title>{escape(_title(text.blocks))}</title>'
            f"<style>{_css(text.look)}</style><body>{cover}{body}</body></html>")


def _title(blocks: list[Block]) -> str:
    first = blocks[0]
    return first.text.replace("\n", "") if first.text else _title(first.blocks)


def _css(look: Look) -> str:
    face = SANS if look.sans else SERIF
    box = "font-size:8.5pt;" + f"font-family:{face}"
    head = f"@top-center{{content:'{look.head}';{box}}}" if look.head else ""
    verso = f"@page:left{{@top-center{{content:'{look.verso}';{box}}}}}" if look.verso else ""
    foot = look.foot.replace("##", "\0").replace("#", "'counter(page)'").replace("\0", "'counter(pages)'")
    foot = f"@bottom-center{{content:'{foot}';{box}}}" if look.foot else ""
    flow = f"columns:{look.columns};column-gap:7mm" if look.columns > 1 else ""
    justify = "left" if look.space else "justify"
    return f"""
@page{{size:{look.page};margin:18mm 17mm;{head}{foot}}}{verso}
body{{margin:0;font:{look.size}pt/{look.pitch} {face};text-align:{justify};{flow}}}
p{{margin:0 0 {look.space}pt;orphans:1;widows:1}} .body{{text-indent:{look.indent}em}}
.title{{font-size:{look.size + 5}pt;font-weight:bold;text-align:center;line-height:1.4;margin-bottom:6pt}}
.centred,.caption{{text-align:center}} .right{{text-align:right}} .caption{{font-size:{look.size - 1}pt}}
.heading{{font-weight:bold;font-family:{KAI if not look.sans else face};margin:6pt 0 3pt;break-after:avoid}}
.wide{{column-span:all;margin:0 0 8pt}} .box{{background:#e4ece0;padding:5pt 6pt;margin:6pt 0;break-inside:avoid}}
.label{{display:inline-block;text-indent:0}} .figure{{border:1px solid #777;background:#ddd;margin:5pt auto;break-after:avoid}}
.stamp{{border:2px solid #c00;color:#c00;width:5em;text-align:center;margin:-2.2em 3em 0 auto;transform:rotate(-8deg)}}
table{{border-collapse:collapse;margin:4pt auto 8pt;text-align:left;font-size:{look.size - 0.5}pt}} td{{border:.5pt solid #444;padding:1pt 7pt}}
sup{{font-size:60%;line-height:0}} .note{{font-size:{look.size - 2}pt;line-height:1.3;float:footnote}}
.notes{{border-top:.5pt solid #444;font-size:{look.size - 2}pt;line-height:1.3}}
.mark{{position:fixed;top:40%;left:25%;font-size:80pt;color:#ddd;transform:rotate(-35deg);z-index:-1}}"""


def _block(block: Block, number: list[int]) -> str:
    if block.blocks:
        return f'<div class="{block.what}">' + "".join(_block(b, number) for b in block.blocks) + "</div>"
    if block.what == "table":
        rows = ("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in block.rows)
        return f"<table>{''.join(rows)}</table>"
    if block.what == "figure":
        return f'<div class="figure" style="width:80%;height:{float(block.text)}cm"></div>'
    said, notes = "", ""
    for part, note in block.parts():
        said += escape(part).replace("\n", "<br>")
        if note:
            number[0] += 1
            said += f"<sup>{number[0]}</sup>"
            notes += f'<p class="notes">{number[0]} {escape(note)}</p>'
    if block.label:
        ems = sum(1 if c > "\u2e80" else 0.55 for c in block.label) + 0.4
        left = ems + (2 if block.what == "sub" else 0)
        return (f'<p class="{block.what}" style="padding-left:{left}em;text-indent:-{ems}em">'
                f'<span class="label" style="min-width:{ems}em">{escape(block.label)}</span>{said}</p>{notes}')
    return f'<p class="{block.what}">{said}</p>{notes}'
