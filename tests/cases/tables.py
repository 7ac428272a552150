"""Compare the tables in a file with what `paneldex export` wrote as JSON Lines."""
import json
import sqlite3
import sys


def names(db, kind, kinds, article):
    return [row[0] for row in db.execute(
        f"SELECT k.name FROM article_{kinds} a JOIN {kinds} k ON k.id = a.{kind}_id"
        " WHERE a.article_id = ? ORDER BY a.n", (article,))]


def takes(db, article):
    return [{"n": n, "persona": persona, "perspective": perspective, "text": text}
            for n, persona, perspective, text in db.execute(
                "SELECT t.n, p.name, t.perspective, t.text FROM takes t"
                " LEFT JOIN personas p ON p.id = t.persona_id"
                " WHERE t.article_id = ? ORDER BY t.n", (article,))]


def articles(db):
    for article, *rest in db.execute(
            "SELECT id, title, date, url, summary, body, lang, source, ref"
            " FROM articles ORDER BY id"):
        title, date, url, summary, body, lang, source, ref = rest
        yield {"schema": "paneldex.article/1", "id": article, "title": title,
               "date": date, "companies": names(db, "company", "companies", article),
               "categories": names(db, "category", "categories", article),
               "url": url, "summary": summary, "body": body, "lang": lang,
               "source": source, "ref": ref, "takes": takes(db, article)}


got = list(articles(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)))
with open(sys.argv[2], encoding="utf-8") as lines:
    want = [json.loads(line) for line in lines]
for pair in zip(got, want):
    if pair[0] != pair[1]:
        sys.exit("%r\nis not\n%r" % pair)
if not want or len(got) != len(want):
    sys.exit(f"{len(got)} articles in the tables, {len(want)} exported")
