"""Writes a PDF file with one page that is a picture, as a scanner makes it."""

import sys
import zlib

picture = zlib.compress(bytes(255 if (x // 8 + y // 8) % 2 else 0 for y in range(64) for x in range(64)))
objects = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
    b"<< /Length 26 >>\nstream\nq 200 0 0 200 0 0 cm /I Do\nendstream",
    b"<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8"
    b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(picture) + picture + b"\nendstream",
]
file, places = b"%PDF-1.4\n", []
for number, content in enumerate(objects, 1):
    places.append(len(file))
    file += b"%d 0 obj\n" % number + content + b"\nendobj\n"
start = len(file)
file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
file += b"".join(b"%010d 00000 n \n" % place for place in places)
file += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
sys.stdout.buffer.write(file)
