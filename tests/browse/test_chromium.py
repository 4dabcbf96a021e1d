"""The pages in a real Chromium: what is seen, what keys do, and that nothing hostile runs."""

from __future__ import annotations

import shutil

import pytest

from tests.browse.making import ATTACK, HOSTILE, TALKS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {
    "overview": "/",
    "overview of a year": "/?from=2026&to=2026",
    "meetings": "/analysts/meetings",
    "meetings found": "/analysts/meetings?_search=%D0%93%D0%B0%D1%81%D0%B0%D0%BD%D0%BB%D0%B8",
    "nothing found": "/analysts/meetings?_search=nobody",
    "meeting": f"/analysts/meetings/{TALKS}",
    "hostile meeting": f"/analysts/meetings/{ATTACK}",
    "people": "/analysts/persons",
    "person": "/analysts/persons/az-natig-gasanli",
    "data": "/analysts",
    "table": "/analysts/sources",
    "row": "/analysts/sources/1",
    "question": "/analysts/met_together",
    "sql": "/analysts?sql=select+*+from+headlines",
}
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}

# Every text against the colours behind it, blended where they are transparent (WCAG 2.2, 1.4.3).
CONTRAST = """() => {
  const parse = text => { const n = text.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat([1]);
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = colour => {
    const [r, g, b] = colour.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !element.checkVisibility() || element.closest('.unseen, .skip, [aria-hidden]')) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const [a, b] = [light(over(parse(style.color), behind)), light(behind)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((a + .05) / (b + .05) < (large ? 3 : 4.5)) faint.push([texts.currentNode.textContent.trim().slice(0, 40), style.color, behind.join()]);
  }
  return faint;
}"""
# Texts that leave the page's margin, but for tables that scroll on their own.
OUTSIDE = """() => {
  const edge = document.documentElement.clientWidth - 8, found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !element.checkVisibility() || element.closest('.unseen, .skip, .scroll, option')) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    if (range.getBoundingClientRect().right > edge) found.push(texts.currentNode.textContent.trim().slice(0, 40));
  }
  return found;
}"""
OUTLINE = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  return [at === document.body, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, at.outerHTML.slice(0, 80)];
}"""


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install -r requirements-browse.txt")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS)
def window(request, browser, address):
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def watched(window):
    """Return a page and the list of all it complains of: console, errors, dialogs, requests to elsewhere."""
    page, wrong = window.new_page(), []
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    # the icon may still be on its way when the next page is opened
    page.on("requestfailed", lambda request: "ABORTED" in request.failure or wrong.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if "//127.0.0.1:" in request.url else wrong.append(request.url))
    return page, wrong


def test_every_page_renders_cleanly_at_desktop_and_phone_width(window):
    page, wrong = watched(window)
    for name, path in PAGES.items():
        answer = page.goto(path)
        assert answer.status == 200, name
        assert page.locator("h1").is_visible(), name
        assert not wrong, (name, wrong)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, (name, wider)
        assert page.evaluate(OUTSIDE) == [], name
        assert page.evaluate(CONTRAST) == [], name


def test_hostile_text_stays_text(window):
    page, wrong = watched(window)
    for path in (f"/analysts/meetings/{ATTACK}", "/analysts/meetings", "/", "/analysts/persons", "/analysts/headlines"):
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        assert not wrong, (path, wrong)
        assert page.locator("img, main script, [onfocus], [onerror]").count() == 0
        assert page.locator("a[href^='javascript' i]").count() == 0
        assert page.title().endswith("Defence meetings")
        assert HOSTILE[:24] in page.locator("main").inner_text(), path


@pytest.mark.parametrize("name", ["Həsənli", "Hasanli", "Гасанли"])
def test_a_search_typed_in_any_script_finds_the_meeting(page, name):
    page.goto("/")
    page.get_by_role("searchbox").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/analysts/meetings?**")
    assert page.locator(".card").count() == 1
    page.locator(".card a").click()
    assert page.locator("h1").inner_text() == "Ministers of defence confer on training"
    assert page.locator(".edition p.headline[lang=ru]").inner_text() == "Министры обороны обсудили подготовку"


def test_filters_narrow_the_list_and_stay_chosen(page):
    page.goto("/analysts/meetings")
    whole = page.get_by_role("status").inner_text()
    page.get_by_label("Country").select_option(label="Türkiye")
    page.get_by_label("Status").select_option(label="Held")
    page.get_by_label("From").fill("2026-02-01")
    page.get_by_label("to", exact=True).fill("2026-02-28")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("status").inner_text() != whole
    assert page.locator(".card time").evaluate_all("all => all.every(t => t.dateTime.startsWith('2026-02'))")
    assert page.get_by_label("Country").input_value() == "TR"
    assert page.get_by_label("From").input_value() == "2026-02-01"
    page.get_by_role("link", name="Clear").click()
    assert page.get_by_role("status").inner_text() == whole


def test_charts_lead_to_what_they_count(page):
    page.goto("/?from=2026&to=2026")
    column = page.locator(".columns a").first
    counted = int(column.get_attribute("aria-label").split(": ")[1].split()[0])
    assert column.locator("rect").count() >= 1
    column.click()
    assert page.get_by_role("status").inner_text().startswith(f"{counted} meeting")
    page.goto("/")
    row = page.locator("#counterparts ~ table tbody tr").first
    row.get_by_role("link").click()
    assert "countries__arraycontains=" in page.url
    assert page.locator(".card").count() >= 1


def test_the_keyboard_is_enough(page):
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("element => element === document.activeElement && element.getBoundingClientRect().top >= 0")
    for _ in range(25):
        page.keyboard.press("Tab")
        nowhere, outlined, element = page.evaluate(OUTLINE)
        assert nowhere or outlined, element
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.goto("/")
    page.locator(".columns a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/analysts/meetings?**")


def test_marks_of_charts_stand_out(page):
    page.goto("/")
    faint = page.evaluate("""() => {
      const light = text => { const [r, g, b] = text.match(/\\d+/g).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
      return [...document.querySelectorAll('.timeline rect, .ranking .bar rect, .median')]
        .map(rect => getComputedStyle(rect).fill).filter(fill => 1.05 / (light(fill) + .05) < 3);
    }""")
    assert faint == []
