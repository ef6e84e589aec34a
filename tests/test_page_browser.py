"""The page in a real browser: headless Chromium, from disk. Skipped where there is none."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from glossaries import entry, glossary

from pipeline.export.page import to_page
from pipeline.run import Workspace, run

webdriver: Any = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Chromium: apt-get install chromium chromium-driver")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--window-size=1280,900")
NAME = "a \"b\" <i>'c'"
REPORT = """赴丹麥參加公正轉型研討會紀要

本次研討會由勞動力發展署（Workforce Development Agency, WDA）主辦，</script><script>document.title="taken"</script>並由衛生福利部（Ministry of Health and Welfare, MOHW）協辦。

會中以「公正轉型」（just transition）為題，<img src=x onerror="document.title='taken'">另就「離岸風電」（"offshore" wind power）交換意見；勞動力發展署署長說明辦理情形。
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("page")
    (root / "raw").mkdir()
    (root / "raw" / f"{NAME}.txt").write_text(REPORT, "utf-8")
    shutil.copy(Path(__file__).parent / "corpus" / "raw" / "wind.txt", root / "raw")
    assert not run(workspace=Workspace(root)).failures
    return root


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, workspace: Path) -> Iterator[Any]:
    browser.get("about:blank")
    browser.get((workspace / "glossary" / "built" / "index.html").as_uri())
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    yield browser
    assert browser.get_log("browser") == []
    assert browser.title == "Glossary"


def names(page: Any) -> list[str]:
    return [e.text for e in page.find_elements(By.CSS_SELECTOR, "#list .zh button")]


def find(page: Any, css: str) -> Any:
    return page.find_element(By.CSS_SELECTOR, css)


def searched(page: Any, text: str) -> list[str]:
    """What is listed for a search; the page lists before the next frame."""
    box = find(page, "#search")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(text)
    page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    return names(page)


def choose(page: Any, id: str, value: str) -> None:
    page.execute_script("const s = document.getElementById(arguments[0]); s.value = arguments[1]; "
                        "s.dispatchEvent(new Event('change', {bubbles: true}))", id, value)


@pytest.mark.parametrize("asked", ["勞動力發展", "劳动力发展", "勞动力發展", "workforce DEV", "agency workforce", "wda"])
def test_search_in_either_language_and_script(page: Any, asked: str) -> None:
    assert searched(page, asked)[0] == "勞動力發展署"
    assert " of " in find(page, "#count").text


def test_nothing_found_and_cleared(page: Any) -> None:
    everything = len(names(page))
    assert searched(page, "zzzz") == []
    find(page, "body").send_keys(Keys.ESCAPE)
    assert len(names(page)) == everything


def test_filters(page: Any) -> None:
    choose(page, "kind", "organisation")
    organisations = names(page)
    assert {"勞動力發展署", "衛生福利部"} <= set(organisations)
    assert "公正轉型" not in organisations
    choose(page, "document", page.execute_script(
        "return [...document.querySelectorAll('#document option')].find((o) => o.text.startsWith('wind')).value"))
    assert "勞動力發展署" not in names(page)
    find(page, "#clear").click()
    choose(page, "status", "proposed")
    choose(page, "confidence", "-0.5")
    assert all(float(e.text) < 0.5 for e in page.find_elements(By.CSS_SELECTOR, "#list [title=confidence]"))
    find(page, "#clear").click()
    assert set(organisations) < set(names(page))


def test_scripts(page: Any) -> None:
    page.execute_script("document.querySelector('[name=script][value=hans]').click()")
    assert "劳动力发展署" in names(page)
    assert "勞動力發展署" not in names(page)
    page.execute_script("document.querySelector('[name=script][value=both]').click()")
    assert "勞動力發展署" in names(page)
    assert "劳动力发展署" in [e.text for e in page.find_elements(By.CSS_SELECTOR, ".second")]


def test_sentences_name_their_source_and_lead_into_the_report(page: Any) -> None:
    searched(page, "勞動力發展署")
    find(page, "#list .zh button").click()
    assert find(page, "blockquote mark").text == "勞動力發展署"
    assert find(page, "blockquote mark.gloss").text.startswith("Workforce Development Agency")
    assert find(page, "blockquote cite").text == f"{NAME}, page 1"
    find(page, "blockquote cite a").click()
    assert {m.text for m in page.find_elements(By.CSS_SELECTOR, "#text mark.same")} == {"勞動力發展署", "劳动力发展署"}


def test_a_report_side_by_side_with_english_on_focus(page: Any) -> None:
    find(page, "#to-reports").click()
    choose(page, "report", NAME)
    WebDriverWait(page, 10).until(lambda d: "公正轉型" in find(d, "#text").text)
    said = find(page, "#text").text
    assert "勞動力發展署" in said
    assert "劳动力发展署" in said
    assert '</script><script>document.title="taken"</script>' in said
    assert "<img src=x onerror=" in said
    assert page.find_elements(By.CSS_SELECTOR, "#text img, #text script") == []
    mark = next(m for m in page.find_elements(By.CSS_SELECTOR, "#text mark") if m.text == "勞動力發展署")
    page.execute_script("arguments[0].focus()", mark)
    assert "Workforce Development Agency" in find(page, "#tip").text


def test_keys(page: Any) -> None:
    find(page, "body").send_keys("/")
    page.switch_to.active_element.send_keys("衛生福利部", Keys.ARROW_DOWN)
    page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    find(page, "body").send_keys("j")
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert find(page, "#list li.open .more").is_displayed()
    page.switch_to.active_element.send_keys("r")
    assert find(page, "#list li.open .reject").get_attribute("aria-pressed") == "true"
    page.switch_to.active_element.send_keys("r")
    assert not find(page, "#decisions").is_displayed()


def test_decisions_come_back_through_decide(page: Any, workspace: Path, tmp_path: Path) -> None:
    for asked, verb in (("勞動力發展署", "approve"), ("衛生福利部", "reject")):
        searched(page, asked)
        find(page, f"#list .{verb}").click()
    page.refresh()  # they stay
    assert find(page, "#decided").text == "2 decisions"
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    find(page, "#save").click()
    file = tmp_path / "decisions.csv"
    WebDriverWait(page, 10).until(lambda _: file.exists() and file.stat().st_size)
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert [(r["zh-Hant"], r["status"]) for r in rows] == [("勞動力發展署", "approved"), ("衛生福利部", "rejected")]
    command = [sys.executable, "-m", "pipeline.cli", "decide", "--from", str(file)]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
    assert (done.returncode, "2 decisions in" in done.stderr) == (0, True), done.stderr
    said = (workspace / "glossary" / "curated.yaml").read_text("utf-8")
    assert "- approve: 勞動力發展署\n  en: Workforce Development Agency\n" in said
    assert "- reject: 衛生福利部\n  en: Ministry of Health and Welfare\n" in said
    (workspace / "glossary" / "curated.yaml").unlink()


FORMULA = glossary([entry("-減碳", "=carbon, \"cut\"", kind="term"), entry("藍碳", kind="term", confidence=0.0), entry(en="Erik Nyström", kind="person")],
                   [entry("公正轉型", "just transition", kind="term")], [entry("公正轉型", "fair transition", kind="term")])


def test_every_row_can_be_decided(browser: Any, tmp_path: Path) -> None:
    built = tmp_path / "glossary" / "built"
    built.mkdir(parents=True)
    (built / "index.html").write_bytes(to_page(FORMULA))
    (built / "glossary.json").write_bytes(FORMULA.to_json())
    browser.get((built / "index.html").as_uri())
    browser.execute_script("document.querySelectorAll('.tick.approve').forEach((t, k) => k % 2 || t.click())")
    browser.execute_script("document.querySelectorAll('.tick.reject').forEach((t, k) => k % 2 && t.click())")
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    find(browser, "#save").click()
    file = tmp_path / "decisions.csv"
    WebDriverWait(browser, 10).until(lambda _: file.exists() and file.stat().st_size)
    assert "\"'=carbon, \"\"cut\"\"\"" in file.read_text("utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "decide", "--from", str(file), "--dry-run"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "5 decisions would be added" in done.stderr) == (0, True), done.stderr
    sums = "return [...document.querySelectorAll('#charts section')].map((s) => [...s.querySelectorAll('b')].reduce((n, b) => n + Number(b.textContent), 0))"
    assert browser.execute_script(sums) == [4, 4, 4, 1]  # kinds, statuses, confidences, conflicts
    assert find(browser, "#list .conflict").text == "1 conflict"
    find(browser, "#conflicts").click()
    assert names(browser) == ["公正轉型"]
    assert "just transition" in find(browser, "#list p.conflict").text
    assert "fair transition" in find(browser, "#list p.conflict").text


def test_of_many_concepts_only_some_stand_in_the_page_until_they_are_asked_for(browser: Any, tmp_path: Path) -> None:
    many = glossary([entry(f"風電{chr(0x4E00 + k)}計畫", f"Wind Plan {k}", kind="programme") for k in range(500)])
    (tmp_path / "index.html").write_bytes(to_page(many))
    browser.get((tmp_path / "index.html").as_uri())
    assert len(names(browser)) < 200
    assert searched(browser, "wind plan 499") == [f"風電{chr(0x4E00 + 499)}計畫"]
    assert 0 < len(searched(browser, "风电")) < 200
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert len(names(browser)) == len(many.concepts)
    browser.set_window_size(500, 900)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
    assert browser.execute_script("return document.documentElement.scrollWidth") == 390
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert browser.get_log("browser") == []
