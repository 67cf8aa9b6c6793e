"""A corpus whose texts, titles, names and file names try to be more than text."""

import json

TEXTS = [
    "<script>window.hacked=1;alert(1)</script>", "<img src=x onerror=\"window.hacked=1\">", "</title></svg><script>window.hacked=1</script>",
    "\" onmouseover=\"window.hacked=1", "' onfocus='window.hacked=1' autofocus='", "](javascript:window.hacked=1)",
    "[x](https://evil.example/x)", "![x](https://evil.example/x.png)", "<https://evil.example/auto>", "https://evil.example/bare",
    "www.evil.example", "| a | b |\n|---|---|\n| c | d |", "<!-- --> --!> ]]>", "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "\u202eevil\u202c \u2066x\u2069 \u200f", "a\x00b", "```\n<b>x</b>\n```", "{value}`select 1`", "# heading", "<style>body{display:none}</style>",
    "<base href=https://evil.example/>", "<iframe src=https://evil.example/></iframe>", "<svg onload=window.hacked=1>", "$(touch x)`id`",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>", "[^1]: <script>window.hacked=1</script>", "\\<script>window.hacked=1\\</script>",
]
FILES = [
    "a<b>c.txt", "quote\".txt", "apo'strophe.txt", "pipe|bar.txt", "close](x).txt", "hash#mark.txt", "percent%41.txt", "amp&lt;.txt",
    "question?.txt", "back`tick.txt", "star*star*.txt", "dollar$(id).txt", "bidi\u202etxt.txt", "ünï\u0301.txt", "javascript:alert(1).txt",
    "<script>window.hacked=1<.txt",
]
NAMES = ["Ada <b>Grant</b>", "Grant \"Ada\" Moss", "Moss](x) Vale", "Vale | Orme", "Orme & Sons", "Ada Grant"]


def article(k):
    """Prose in which names, figures and quotations stand beside the hostile text."""
    text, other = TEXTS[k % len(TEXTS)], TEXTS[(k * 7 + 3) % len(TEXTS)]
    name = NAMES[k % len(NAMES)]
    return (
        f"The harbour wall of Skelby fell on 3 March 2024. {name} said that {40 + k % 5} people were hurt. {text} "
        f"“{other} is what we saw,” said Ada Grant, the mayor of Skelby.\n\n"
        f"According to the ministry, {40 + k % 5} people were hurt in Skelby. {text}\n\n"
        f"The inquiry said at least {50 + k % 3} people were hurt in Skelby. The ministry denied that the wall was cracked. {other}\n")


def write(folder):
    corpus = folder / "corpus"
    documents = []
    for k in range(max(len(TEXTS), len(FILES))):
        name = FILES[k % len(FILES)] if k < len(FILES) else f"text-{k}.txt"
        path = corpus / name
        path.write_bytes(article(k).encode())
        documents.append(name)
    for k, text in enumerate(TEXTS[:12]):
        page = f"<html><head><title>{text}</title><meta name=author content='{text}'></head><body><article><h1>{text}</h1><p>{article(k)}</p></article></body></html>"
        (corpus / f"page-{k}.html").write_bytes(page.encode())
    rows = ["document,title,date,publisher,author"]
    for k, name in enumerate(documents):
        text = TEXTS[k % len(TEXTS)].replace("\x00", "").replace("\n", " ")
        cells = [f"corpus/{name}", text, f"2024-03-{k % 28 + 1:02}", text if k % 3 else "Quay & <Sons>", text]
        rows.append(",".join('"' + c.replace('"', '""') + '"' for c in cells))
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n")
    names = ("clean", "segment", "tag-entities", "link-claims", "summarize-statistics")
    stages = "stages:\n" + "".join(f"  - uses: {name}\n" for name in names)
    source = "corpus:\n  include: corpus/**/*\n  metadata: metadata.csv\n"
    title = json.dumps("<script>window.hacked=1</script> | ](x)")
    (folder / "hostile.yaml").write_text(f"title: {title}\n{source}{stages}")
    (folder / "own.md").write_text(OWN)
    (folder / "own.yaml").write_text(f"title: {title}\n{source}notebook: own.md\n{stages}")


# Every kind of cell over hostile values.
OWN = """# {value}`select title from documents where title like '%script%' limit 1`

{value}`select text, evidence(document || '#0') from documents limit 1` and {value}`select group_concat(title, ' ') from documents`.

```{table}
caption: Of {value}`select title from documents where title like '%javascript%' limit 1`
note: "{value}`select title from documents where title like '%onerror%' limit 1`"
sql: select document, title, publisher, author, words, evidence(document) as evidence from documents group by document
```

```{chart} bar
caption: {value}`select title from documents where title like '%svg%' limit 1`
sql: select title || document as title, words, evidence(document) as evidence from documents group by document
```

```{chart} line
sql: select title || document as title, words from documents
```

```{chart} figures
sql: select publisher, date, words as lower, null as upper, title as figure, evidence(document) as evidence from documents group by document
```

```{chart} network
caption: Of whom and where
highlight: nobody
sql: select a.title || a.document as one, b.title || b.document as other, a.words + b.words as words from documents a join documents b where a.document < b.document limit 300
```

```{quote}
caption: Passages
sql: select claim from claims
```

```{concordance}
sql: select mention from mentions
```

:::{section}
each: select title, document from documents limit 30

## {param}`title`

{param}`document`
:::
"""
