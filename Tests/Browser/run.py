"""Opens reports in Chromium and looks at what a reader gets: usage: run.py [--require] COLOPHON

Where there is no browser it says so and succeeds; with --require it fails. README.md says what is checked.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import charts
import chromium
import hostile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
failures = []


def expect(condition, what, *details):
    if not condition:
        failures.append(what)
        print(f"FAIL: {what}", *[str(d)[:600] for d in details], sep="\n      ")


def run(tool, folder, pipeline, store, command="run"):
    environment = dict(os.environ, COLOPHON_STORE=str(store))
    done = subprocess.run([tool, command, pipeline, "--quiet"], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"browser: 'colophon {command} {pipeline}' failed:\n{done.stdout}{done.stderr}")


def check_charts(page, folder):
    """No text of a chart overlaps another or leaves the frame, on a wide and on a narrow window."""
    for width in (1200, 390):
        page.size(width, 900)
        page.open((folder / "outputs/charts/report.html").as_uri())
        count = page.run("document.querySelectorAll('svg.chart').length")
        expect(count > 100, f"the notebook of charts has {count} pictures")
        found = page.run(charts.BOXES)
        # the check itself finds what is wrong
        odd = page.run("""(function () {
          var svg = document.querySelector('svg.chart').cloneNode(true), text = svg.querySelector('text');
          svg.setAttribute('aria-label', 'odd'); svg.appendChild(text.cloneNode(true));
          var out = text.cloneNode(true); out.setAttribute('x', '719'); out.textContent = 'outside'; svg.appendChild(out);
          document.body.appendChild(svg);
        })(); """ + charts.BOXES)
        expect(len([line for line in odd if line.startswith("odd: ")]) >= 2, "overlaps and texts outside are noticed", odd)
        expect(not found, f"at {width} px, {len(found)} texts or marks of charts overlap or leave the frame", *found[:25])
    page.size(1200, 900)


def check_use(page, address):
    """A table is sorted, a figure opens its passages in place, the page needs nothing else."""
    page.open(address)
    expect(page.requests() == [address], "the report requests nothing but itself", page.requests())
    expect(not page.complaints(), "the report's script runs without complaint", page.complaints())
    column = """(function () {
      var table = Array.from(document.querySelectorAll('figure.t table')).find(function (t) { return t.querySelector('th.n button') && t.tBodies[0].rows.length > 3; });
      var head = table.querySelector('th.n'), at = Array.from(head.parentNode.children).indexOf(head);
      function values() { return Array.from(table.tBodies[0].rows).map(function (r) { return Number(r.children[at].dataset.v); }); }
      var before = values();
      head.querySelector('button').click(); var down = values();
      head.querySelector('button').click(); var up = values(), sort = head.getAttribute('aria-sort');
      head.querySelector('button').click();
      return { before: before, down: down, up: up, sort: sort, after: values(), end: head.getAttribute('aria-sort') };
    })()"""
    sorted_ = page.run(column)
    expect(sorted_["down"] == sorted(sorted_["down"], reverse=True) and sorted_["up"] == sorted(sorted_["up"])
           and sorted_["sort"] == "ascending", "a click on a heading sorts the table, a second one turns it", sorted_)
    expect(sorted_["after"] == sorted_["before"] and sorted_["end"] is None, "a third click puts its rows back", sorted_)
    again = page.run("""(function () {
      var text = Array.from(document.querySelectorAll('main .again')).find(function (t) { return t.closest('table').querySelector('th button'); }), table = text.closest('table'), before = text.offsetParent !== null;
      var button = table.querySelectorAll('th button')[1];
      button.click(); var sorted = text.offsetParent !== null;
      button.click(); button.click();
      return { before: before, sorted: sorted, after: text.offsetParent !== null };
    })()""")
    expect(again == {"before": False, "sorted": True, "after": False}, "a text left out in a group is shown while rows are sorted", again)
    opened = page.run("""(function () {
      var link = Array.from(document.querySelectorAll('main p a.f')).find(function (a) { return / claims$/.test(a.textContent); }); link.click();
      var panel = document.querySelector('.panel');
      return { marks: panel ? panel.querySelectorAll('mark').length : 0, expanded: link.getAttribute('aria-expanded') };
    })()""")
    expect(opened["marks"] > 0 and opened["expanded"] == "true", "a click on a figure opens its passages in place", opened)
    page.key("Escape", 27)
    expect(page.run("document.querySelectorAll('.panel').length") == 0, "the escape key closes them")
    mark = page.run("""(function () {
      var link = document.querySelector('svg.chart a'); if (!link) { return null; }
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      var panel = document.querySelector('.panel'); return panel ? panel.querySelectorAll('blockquote').length : 0;
    })()""")
    expect(mark, "a click on a mark of a chart opens its passages", mark)
    wide = page.run("document.documentElement.scrollWidth <= window.innerWidth")
    expect(wide, "the page is not wider than the window")
    page.printed()
    shown = page.run("""(function () {
      function shown(one) { return one.offsetParent !== null; }
      return { data: Array.from(document.querySelectorAll('details.data')).filter(shown).length,
        passages: Array.from(document.querySelectorAll('#evidence > *')).filter(shown).length,
        note: getComputedStyle(document.getElementById('evidence'), '::before').content,
        heads: getComputedStyle(document.querySelector('thead')).breakInside };
    })()""")
    expect(shown["data"] == 0 and shown["passages"] == 0 and "are not printed" in shown["note"] and shown["heads"] == "avoid",
           "in print the passages are left out with a word, and heads of tables are repeated", shown)
    page.printed(False)
    page.size(390, 800)
    page.open(address)
    expect(page.run("document.documentElement.scrollWidth <= window.innerWidth"), "the page fits a phone")
    page.size(1200, 900)


def check_hostile(page, address):
    """Nothing of the corpus runs, is asked for, or becomes a tag."""
    page.open(address)
    page.run("""document.querySelectorAll('main a.f').forEach(function (a) { a.click(); })""")
    page.settle(0.5)
    expect(page.requests() == [address], "a hostile corpus makes the report request nothing", page.requests())
    expect(not page.complaints(), "a hostile corpus makes no script run, nor try to", page.complaints())
    expect(page.run("window.hacked === undefined"), "no text of the corpus ran as a script")
    odd = page.run("""Array.from(document.querySelectorAll('main img, main iframe, main object, main embed, main form, main base, main meta, main link, main style, main script, main svg foreignObject')).map(function (e) { return e.outerHTML.slice(0, 200); })""")
    expect(not odd, "no text of the corpus became an element", odd)
    odd = page.run("""Array.from(document.querySelectorAll('*')).filter(function (e) { return Array.from(e.attributes).some(function (a) { return /^on/.test(a.name) || /^\\s*(javascript|vbscript|data):/i.test(a.value); }); }).map(function (e) { return e.outerHTML.slice(0, 200); })""")
    expect(not odd, "no text of the corpus became an attribute that acts", odd)
    foreign = page.run("""Array.from(document.querySelectorAll('a')).map(function (a) { return new URL(a.getAttribute('href') || '', document.baseURI).href; }).filter(function (h) { return !/^file:/.test(h); })""")
    expect(not foreign, "no text of the corpus became a link to elsewhere", foreign)


def check_concordance(page, site):
    """The concordance of a site: nodes in one column, lines in the order of a neighbour, each with its place."""
    page.open(site.as_uri() + "/concordance.html?q=harb*&sort=1R")
    page.settle(0.5)
    lines = page.run("""Array.from(document.querySelectorAll('#lines tr')).map(function (line) { return { at: Math.round(line.querySelector('.node').getBoundingClientRect().left), node: line.querySelector('mark').textContent, right: line.querySelector('.right').textContent, place: line.querySelector('.place a').href }; })""")
    expect(len(lines) > 1, "the concordance has lines", page.run("document.getElementById('status').textContent"))
    expect(all(line["node"].lower().startswith("harb") for line in lines), "every node is what was asked for", lines)
    expect(len({line["at"] for line in lines}) == 1, "every node stands in one column", lines)
    words = [next(iter(re.findall(r"\w+", line["right"].lower())), "") for line in lines]
    expect(words == sorted(words), "lines stand in the order of the word to the right", words)
    page.open(lines[0]["place"])
    there = page.run("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")
    expect(there, "a line leads to its place in the document", lines[0])


def check_site(page, folder, name):
    """The site of a hostile corpus: every kind of page, and the search, which works from a folder."""
    site = folder / f"outputs/{name}/site"
    for path in ["index.html", "documents.html", "names.html", "concordance.html?q=harbour", "search.html?q=harbour+hurt"]:
        address = site.as_uri() + "/" + path
        page.open(address)
        page.settle(0.5)
        foreign = [a for a in page.requests() if not a.startswith(site.as_uri())]
        expect(not foreign, f"{path} of the site requests nothing outside its folder", foreign)
        expect(not page.complaints(), f"no script runs in {path} of the site but its own", page.complaints())
        expect(page.run("window.hacked === undefined"), f"no text of the corpus ran as a script in {path}")
    found = page.run("({ articles: document.querySelectorAll('#results article').length, marks: document.querySelectorAll('#results mark').length, status: document.getElementById('status').textContent })")
    expect(found["articles"] > 0 and found["marks"] > 0, "the search finds sentences and marks the words", found)
    place = page.run("document.querySelector('#results p a').href")
    check_concordance(page, site)
    page.open(place)
    there = page.run("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")
    expect(there, "a sentence that was found leads to its place in the document", place)
    for kind in ("documents", "names", "sources", "questions", "publishers"):
        for path in sorted((site / kind).glob("*.html"))[:4]:
            page.open(path.as_uri())
            foreign = [a for a in page.requests() if not a.startswith(site.as_uri())]
            expect(not foreign and not page.complaints() and page.run("window.hacked === undefined"),
                   f"nothing of the corpus acts in {kind}/{path.name}", foreign, page.complaints())


def check_serve(page, tool, folder, store, script):
    """The live site: a page follows the project, shows what is wrong with a notebook, and keeps its place."""
    environment = dict(os.environ, COLOPHON_STORE=str(store))
    done = subprocess.run([tool, "init", "--notebook", "--full"], cwd=folder, env=environment, capture_output=True, text=True)
    notebook = folder / "report.md"
    notebook.write_text(done.stdout)
    pipeline = folder / "pipelines/live.yaml"
    pipeline.write_text((folder / "pipelines/harbour.yaml").read_text().rstrip() + "\nnotebook: report.md\n")
    server = subprocess.Popen([tool, "serve", "pipelines/live.yaml"], cwd=folder, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def until(condition, seconds=90):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if page.run(condition):
                    return True
            except RuntimeError:
                pass  # the page is being loaded
            time.sleep(0.2)
        return False

    try:
        address = server.stdout.readline().split(" ")[0]
        page.open(address)
        expect(until("document.querySelector('main h2') !== null && document.readyState === 'complete'"),
               "a page that waits for the first run shows its report")
        page.run("""(function () {
          var link = Array.from(document.querySelectorAll('figure.t td a.f')).filter(function (a) { return a.offsetParent && !a.closest('details:not([open])'); })[5];
          link.click(); link.scrollIntoView(); scrollBy(0, -100); window.before = true;
        })()""")
        place = page.run("scrollY")
        notebook.write_text(done.stdout.replace("select counted(sum(claims)", "select counted(sum(claimz)"))
        expect(until("document.querySelector('.live mark') !== null"), "what is wrong with a notebook is shown in the page")
        shown = page.run("(document.querySelector('.live') || document.body).textContent")
        expect("claimz" in shown and "report.md, line " in shown, "it is shown with its line", shown)
        notebook.write_text(done.stdout)
        expect(until("window.before === undefined && document.querySelector('.live') === null && document.readyState === 'complete'"),
               "the page is loaded again when the notebook is mended")
        page.settle(0.5)
        now = page.run("({ y: scrollY, panels: document.querySelectorAll('.panel').length })")
        expect(now["panels"] == 1 and abs(now["y"] - place) < 60, "it keeps its place, with the same passages open", place, now)
        page.open(address + "live/search?q=wall")
        expect(page.run("document.querySelectorAll('blockquote mark').length") > 0, "the search marks the words")
        page.open(address + "live/sql")
        links = page.run("Array.from(document.querySelectorAll('header.site nav a')).map(function (a) { return a.textContent; })")
        expect({"Report", "Documents", "Names", "SQL"} <= set(links), "the page of queries leads to the lists of the site", links)
        page.run("document.getElementById('run').click()")
        expect(until("document.querySelector('#answer td') !== null", 30), "a query is answered in the page")
        page.run("document.getElementById('copy').click()")
        cell = page.run("document.getElementById('cell').value")
        expect(cell.startswith("```{table}\nsql: |\n  select "), "a query is copied as a cell", cell)
        expect(not page.complaints(), "the live pages' scripts run without complaint", page.complaints())
        if script:
            for path in ("live/sql", "live/search?q=wall"):
                check_axe(page, address + path, script, path)
        start = time.monotonic()
        server.terminate()
        server.wait(10)
        expect(time.monotonic() - start < 1.5, "the server ends within a second")
    finally:
        server.kill()
        server.wait()


def axe_script(cache):
    """The source of axe-core, which a package of PyPI carries; None where it can't be had."""
    try:
        import axe_core_python
        return (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
    except ImportError:
        pass
    found = cache / "axe_core_python/axe.min.js"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(cache),
                        "axe-core-python==0.1.0"], capture_output=True)
    return found.read_text() if found.exists() else None


def check_axe(page, address, script, name):
    """axe-core finds nothing serious or critical, in light and in dark."""
    page.open(address)
    page.call("Page.setBypassCSP", enabled=True)
    page.open(address)
    page.run(script + "; 0")
    result = page.run("""axe.run(document, { resultTypes: ['violations'] }).then(function (r) {
      return JSON.stringify(r.violations.filter(function (v) { return v.impact === 'serious' || v.impact === 'critical'; })
        .map(function (v) { return v.id + ': ' + v.help + ' – ' + v.nodes.length + ' – ' + v.nodes.slice(0, 3).map(function (n) { return n.html.slice(0, 160) + ' ' + (n.failureSummary || ''); }).join(' | '); }));
    })""")
    page.call("Page.setBypassCSP", enabled=False)
    found = json.loads(result)
    expect(not found, f"axe-core finds nothing serious in {name}", *found)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--require"]
    is_required = len(arguments) < len(sys.argv) - 1
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    tool = os.path.abspath(arguments[0])
    path = chromium.find()
    if path is None:
        message = "the report was not opened in a browser, because Chromium is not installed (Debian: chromium)"
        if is_required:
            raise SystemExit(f"browser: {message}")
        print(f"browser: skipped: {message}")
        return
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="colophon-pages-") as temporary:
        folder = pathlib.Path(temporary)
        (folder / "corpus").mkdir()
        hostile.write(folder)
        (folder / "charts.md").write_text(charts.notebook())
        (folder / "charts.yaml").write_text("corpus:\n  include: corpus/**/*\nnotebook: charts.md\nstages:\n  - uses: clean\n")
        store = folder / "store"
        run(tool, folder, "charts.yaml", store)
        run(tool, folder, "hostile.yaml", store)
        run(tool, folder, "own.yaml", store)
        sample = folder / "sample"
        for name in ("corpus", "pipelines"):
            shutil.copytree(ROOT / name, sample / name)
        run(tool, sample, "pipelines/harbour.yaml", store)
        for where, pipeline in ((folder, "hostile.yaml"), (sample, "pipelines/harbour.yaml")):
            run(tool, where, pipeline, store, "site")
        browser = chromium.Browser(path)
        try:
            page = browser.page()
            check_charts(page, folder)
            report = (sample / "outputs/harbour/report.html").as_uri()
            check_use(page, report)
            for name in ("hostile", "own"):
                check_hostile(page, (folder / f"outputs/{name}/report.html").as_uri())
            check_site(page, folder, "hostile")
            script = axe_script(ROOT / ".build/axe")
            if script is None:
                message = "axe-core was not run, because the package axe-core-python can't be installed"
                print(f"browser: {message}")
                expect(not is_required, message)
            else:
                check_axe(page, report, script, "the sample report")
                check_serve(page, tool, sample, folder / "live", script)
                site = sample / "outputs/harbour/site"
                for path in ["documents.html", "search.html", "concordance.html", next((site / "names").glob("*ministry*")).relative_to(site),
                             next((site / "documents").glob("*inquiry*")).relative_to(site)]:
                    check_axe(page, (site / path).as_uri(), script, f"{path} of the sample site")
                page.dark()
                check_axe(page, report, script, "the sample report on a dark screen")
        finally:
            browser.close()
    if failures:
        raise SystemExit(f"browser: {len(failures)} checks failed")
    print(f"browser: all checks passed in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
