#!/bin/sh
# Makes the samples anew with the programs that people make such files with: pandoc, LibreOffice, qpdf, Ghostscript-free
# Python, wget, gzip and zstd. The text is ours. Run it in this folder; the bytes differ from run to run, since the
# programs write the time and random ids, so the results are committed.
set -eu
pandoc text.md --standalone --output text.docx
pandoc text.md --standalone --output text.epub
pandoc text.md --standalone --to tei --output text.tei.xml
soffice --headless --convert-to odt text.docx > /dev/null
soffice --headless --convert-to rtf text.docx > /dev/null
soffice --headless --convert-to pdf text.docx > /dev/null
qpdf --encrypt open owner 256 -- text.pdf locked.pdf
pandoc changes.md --standalone --output changes.docx
soffice --headless --convert-to docx office.fodt > /dev/null
soffice --headless --convert-to odt office.fodt > /dev/null
soffice --headless --convert-to rtf office.fodt > /dev/null
python3 scan.py > scan.pdf
python3 mail.py
mkdir -p site && cp page.html site/page.html
python3 -m http.server 8765 --bind 127.0.0.1 --directory site > /dev/null 2>&1 &
server=$!
sleep 1
wget --quiet --no-warc-compression --warc-file=crawl --output-document=/dev/null http://127.0.0.1:8765/page.html || true
wget --quiet --warc-file=packed --output-document=/dev/null http://127.0.0.1:8765/page.html || true
kill $server
rm -r site
sqlite3 :memory: '.mode csv' '.headers on' "create table notices(id, headline, date, body, ward)" \
    "insert into notices values ('n1', 'Bridge closed', '2031-02-03', 'The bridge at Tollmouth is closed, said Ines Harrow.' || char(10) || 'It opens in May.', 'North')" \
    "insert into notices values ('n2', 'Market, moved', '2031-02-05', 'The market moves to Quay Street, the \"council\" said.', 'South')" \
    "select * from notices" > notices.csv
gzip -9nc text.md > text.md.gz
gzip -9nc text.pdf > packed.pdf.gz
zstd -q -19 -c notices.csv > notices.csv.zst
