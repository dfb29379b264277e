"""Further contexts in which the token is dressed: escaped, encoded, folded, cut into pieces. The variants of a wrapped one put the
line break at every place of the token."""

import base64
import binascii
import email.header
import email.message
import html
import io
import json
import quopri
import urllib.parse

from context import Context, b64, made, utf16, wrapped

TOKEN = 37  # bytes; of other kinds up to 51


def each(form, separator=""):
    """Every byte of the token by `form`, a format."""
    return lambda token: separator.join(form.format(byte) for byte in token.encode())


# ---- every byte escaped

EVERY_BYTE = [
    made(r"\xNN upper case", "a.py", lambda t: f't = "{each(chr(92) + "x{:02X}")(t)}"\n'),
    made(r"\u00NN", "a.js", lambda t: f't = "{each(chr(92) + "u{:04x}")(t)}"\n'),
    made(r"\u00NN upper case", "a.json", lambda t: f'{{"t": "{each(chr(92) + "u{:04X}")(t)}"}}\n'),
    made(r"\\u00NN", "a.log", lambda t: f'"t": "{each(chr(92) * 2 + "u{:04x}")(t)}"\n'),
    made(r"\u{NN}", "a.js", lambda t: f't = "{each(chr(92) + "u{{{:x}}}")(t)}"\n'),
    made(r"\x{NN}", "a.pl", lambda t: f't = "{each(chr(92) + "x{{{:x}}}")(t)}"\n'),
    made(r"\U000000NN", "a.py", lambda t: f't = "{each(chr(92) + "U{:08x}")(t)}"\n'),
    made(r"\NNN octal", "a.c", lambda t: f'char t[] = "{each(chr(92) + "{:03o}")(t)}";\n'),
    made("%NN", "a.txt", lambda t: f"t={each('%{:02X}')(t)}&b\n"),
    made("%25NN", "a.txt", lambda t: f"t={each('%25{:02X}')(t)}&b\n"),
    made("=NN", "a.eml", lambda t: f"t={each('={:02X}')(t)}\n"),
    made("&#NN;", "a.html", lambda t: f"<b>{each('&#{};')(t)}</b>\n"),
    made("&#xNN;", "a.html", lambda t: f"<b>{each('&#x{:x};')(t)}</b>\n"),
    made("&#0NN;", "a.html", lambda t: f"<b>{each('&#{:04};')(t)}</b>\n"),
    made("0xNN, ...", "a.c", lambda t: f"char t[] = {{{each('0x{:02x}', ', ')(t)}}};\n"),
    made("0xNNu8, ...", "a.rs", lambda t: f"let t = [{each('0x{:02x}u8', ', ')(t)}];\n"),
    made("decimal numbers, commas", "a.java", lambda t: f"byte[] t = {{{each('{}', ', ')(t)}}};\n"),
    made("decimal numbers, spaces", "a.log", lambda t: f"[{each('{}', ' ')(t)}]\n"),
    made("Buffer as JSON", "a.json", lambda t: json.dumps({"type": "Buffer", "data": list(t.encode())}) + "\n"),
    made("Buffer as JSON, on lines", "a.json", lambda t: json.dumps({"type": "Buffer", "data": list(t.encode())}, indent=2) + "\n"),
    made("characters in quotes", "a.c", lambda t: f"char t[] = {{{', '.join(repr(c) for c in t)}}};\n"),
    made("hexadecimal, upper case", "a.txt", lambda t: t.encode().hex().upper() + "\n"),
    made("hexadecimal, colons", "a.txt", lambda t: t.encode().hex(":") + "\n"),
    made("hexadecimal, spaces", "a.txt", lambda t: t.encode().hex(" ") + "\n"),
    made("hexadecimal, upper case, spaces", "a.txt", lambda t: t.encode().hex(" ").upper() + "\n"),
    made("hexadecimal, dashes", "a.txt", lambda t: t.encode().hex("-").upper() + "\n"),
    made("SQL, x'...'", "a.sql", lambda t: f"INSERT INTO t VALUES (x'{t.encode().hex()}', 0x{t.encode().hex().upper()});\n"),
    made(r"PostgreSQL bytea, \x...", "a.sql", lambda t: f"1\t\\\\x{t.encode().hex()}\t\n"),
    made("UTF-16LE in hexadecimal", "a.txt", lambda t: t.encode("utf-16-le").hex() + "\n"),
    made("UTF-16BE in hexadecimal", "a.txt", lambda t: t.encode("utf-16-be").hex() + "\n"),
    made("JSON dump without ASCII", "a.json", lambda t: json.dumps({"t": "ü" + t + "ü"}) + "\n"),
    made("Python's unicode_escape", "a.txt", lambda t: f"ü{t}ü".encode("unicode_escape")),
    made("punycode-like and UTF-7", "a.txt", lambda t: f"ü{t}ü".encode("utf-7")),
    made("html.escape", "a.html", lambda t: html.escape(f'"{t}"') + "\n"),
    made("urllib quote", "a.txt", lambda t: urllib.parse.quote(f"ü={t}&ü", safe="") + "\n"),
]

# ---- the underscore alone

UNDERSCORES = [r"\_", r"\\_", "%5F", "%5f", "%255F", r"\u005f", r"\u005F", r"\\u005f", r"\x5f", r"\x5F", r"\\x5f", r"\137", "&#95;",
               "&#095;", "&#x5f;", "&#x5F;", "&#X5F;", "&lowbar;", "&UnderBar;", "=5F", r"{\_}", r"\u{5f}", "&amp;#95;", "+AF8-"]
UNDERSCORE = [made(f"underscore as {spelling}", "a.txt", lambda t, s=spelling: f"t: {t.replace('_', s)}\n") for spelling in UNDERSCORES]

# ---- dumps of bytes, as the tools print them


def dump(before, row):
    """A dump with `before` bytes in front, so that the token begins at every column; `row(offset, bytes)` is a line."""
    def build(token, sample):
        content = b"." * (sample % 16) + before + token.encode() + b"\n"
        return "".join(row(i, content[i:i + 16]) for i in range(0, len(content), 16))
    return build


def printable(content):
    return "".join(chr(c) if 32 <= c < 127 else "." for c in content)


DUMPS = [
    Context("xxd", "dump.txt", dump(b"", lambda i, b: f"{i:08x}: {b.hex(' ', -2):<39}  {printable(b)}\n"), 16),
    Context("hexdump -C", "dump.txt",
            dump(b"", lambda i, b: f"{i:08x}  {b[:8].hex(' '):<23}  {b[8:].hex(' '):<23}  |{printable(b)}|\n"), 16),
    Context("od -An -tx1", "dump.txt", dump(b"", lambda i, b: f" {b.hex(' ')}\n"), 16),
    Context("xxd -i", "dump.h", dump(b"", lambda i, b: "  " + "".join(f"0x{c:02x}, " for c in b).rstrip() + "\n"), 16),
    Context("xxd -p", "dump.txt",
            lambda t, i: wrapped((b"." * (i % 30) + t.encode() + b"\n" * 9).hex(), 60), 30),
    Context("hexadecimal wrapped at 64", "dump.txt",
            lambda t, i: wrapped((b"." * (i % 32) + t.encode() + b"\n" * 9).hex(), 64), 32),
    Context("od -c", "dump.txt",
            dump(b"", lambda i, b: f"{i:07o}" + "".join(f"{repr(chr(c))[1:-1]:>4}" for c in b) + "\n"), 16),
]

# ---- base64 in its surroundings

SCRIPT = "#!/bin/sh\nset -eu\nexport HF_TOKEN="


def placed(token, sample, before=57, after=90):
    """Some text of which the token begins at another byte for each sample."""
    return (SCRIPT * 9)[-(before + sample % before):] + token + "\n" + (SCRIPT * 9)[:after]


def wrapped_base64(columns, line_end, start="", finish=""):
    """Base64 in lines; among the variants the line break stands before every character of the token."""
    return lambda t, i: start + wrapped(b64(placed(t, i)), columns, line_end) + finish


def mail(token, sample):
    message = email.message.EmailMessage()
    message["Subject"] = "script"
    message.set_content(placed(token, sample), cte="base64")
    return message.as_bytes()


def attachment(token, sample):
    message = email.message.EmailMessage()
    message.set_content("see there")
    message.add_attachment(placed(token, sample).encode(), maintype="application", subtype="octet-stream", filename="run.sh")
    return message.as_bytes()


BASE64_IN_LINES = [
    Context("76 columns", "a.txt", wrapped_base64(76, "\n"), 57),
    Context("76 columns, CRLF", "a.txt", wrapped_base64(76, "\r\n"), 57),
    Context("64 columns (PEM)", "a.pem", wrapped_base64(64, "\n", "-----BEGIN X-----\n", "-----END X-----\n"), 57),
    Context("mail body", "a.eml", mail, 57),
    Context("mail attachment", "a.eml", attachment, 57),
    Context("YAML block, indented", "a.yaml", wrapped_base64(76, "\n    ", "data:\n  a: |\n    "), 57),
    Context("XML, tabs", "a.plist", wrapped_base64(68, "\n\t\t", "<data>\n\t\t", "</data>\n"), 57),
    Context(r"JSON string with \n", "a.json", wrapped_base64(76, "\\n", '{"content": "', '"}\n'), 57),
    Context(r"JSON string with \r\n", "a.json", wrapped_base64(76, "\\r\\n", '{"content": "', '"}\n'), 57),
    Context("LDIF (line folding)", "a.ldif", wrapped_base64(76, "\n ", "dn: cn=a\ndata:: "), 57),
    Context("quoted mail", "a.txt", wrapped_base64(76, "\n> ", "> "), 57),
    Context("added lines of a diff", "a.patch", wrapped_base64(76, "\n+", "@@ -0,0 +1,9 @@\n+"), 57),
    Context("removed lines of a diff", "a.patch", wrapped_base64(76, "\n-", "@@ -1,9 +0,0 @@\n-"), 57),
    Context("unchanged lines of a diff", "a.patch", wrapped_base64(76, "\n ", "@@ -1,9 +1,9 @@\n "), 57),
    Context("adjacent Python literals", "a.py", wrapped_base64(60, "'\n    '", "x = ('", "')\n"), 57),
    Context("Java literals joined by +", "A.java", wrapped_base64(60, '" +\n    "', 'x = "', '";\n'), 57),
    Context("backslash and line break", "a.sh", wrapped_base64(60, "\\\n", "echo '", "' | base64 -d\n"), 57),
    Context("comment lines, #", "a.sh", wrapped_base64(60, "\n# ", "# "), 57),
    Context("comment lines, //", "a.c", wrapped_base64(60, "\n// ", "// "), 57),
    Context("array of strings", "a.json", wrapped_base64(60, '",\n  "', '["', '"]\n'), 57),
    Context("notebook, lines as strings", "a.ipynb", wrapped_base64(60, '\\n",\n    "', '"source": ["', '"]\n'), 57),
]


def slashed(content):
    """Content whose base64 has `/` and `+` beside the token."""
    return b64("ÿ?ÿ>~~~?>" + content + "ÿ?ÿ>~~~?>")


BASE64 = [
    Context("each alignment and neighbour", "a.txt", lambda t, i: b64(bytes([i % 256]) * (i % 3) + t.encode() + b"\n" * (i % 5)) + "\n", 768),
    Context("token at the end of a long line", "a.txt", lambda t, i: b64("x" * (4000 + i % 3) + t) + "\n", 3),
    Context("token after 100 kB on one line", "a.txt", lambda t, i: b64("echo 1;\n" * 12000 + "x" * (i % 3) + t) + "\n", 3),
    Context("followed by 100 kB on one line", "a.txt", lambda t, i: b64("x" * (i % 3) + t + "\necho 1;" * 12000) + "\n", 3),
    Context("without padding", "a.txt", lambda t, i: b64("x" * (i % 3) + t).rstrip("=") + "\n", 3),
    Context("letters glued in front", "a.txt", lambda t, i: "data"[:i % 4] + "/" + b64(t) + "\n", 4),
    Context("name=value", "a.txt", lambda t, i: "k" * (i % 4) + "=" + b64(t) + "\n", 4),
    made("two, joined by a comma", "a.txt", lambda t: f"{b64('a')},{b64(t)},{b64('b')}\n"),
    made("data: URI in CSS", "a.css", lambda t: f"a{{src:url(data:text/plain;base64,{b64(f'k={t}')})}}\n"),
    made("source map as data: URI", "a.js", lambda t: f"//# sourceMappingURL=data:application/json;base64,{b64(json.dumps(dict(sourcesContent=[t])))}\n"),
    made("docker config.json", "config.json", lambda t: f'{{"auths": {{"r.example": {{"auth": "{b64(f"user:{t}")}"}}}}}}\n'),
    made("git extra header, Basic", ".gitconfig", lambda t: f"\textraheader = AUTHORIZATION: basic {b64(f'x-access-token:{t}')}\n"),
    made("last-applied annotation", "a.yaml", lambda t: f"last-applied-configuration: |\n  {json.dumps(dict(data=dict(token=b64(t))))}\n"),
    made("kubectl -o json", "a.json", lambda t: json.dumps({"data": {"a": b64("x"), "token": b64(t)}}, indent=4)),
    made("cloud-init user data", "a.tf", lambda t: f'user_data = "{b64(f"#!/bin/sh{chr(10)}HF_TOKEN={t}{chr(10)}")}"\n'),
    made("payload of a JWT", "a.txt", lambda t: f"eyJhbGciOiJIUzI1NiJ9.{base64.urlsafe_b64encode(json.dumps(dict(t=t)).encode()).decode().rstrip('=')}.c2ln\n"),
    made("PowerShell -EncodedCommand", "a.ps1", lambda t: f"powershell -enc {b64((f'$env:HF_TOKEN=' + repr(t)).encode('utf-16-le'))}\n"),
    Context("of UTF-16LE, each alignment", "a.txt", lambda t, i: b64(("k" * (i % 3) + "=" + t).encode("utf-16-le")) + "\n", 3),
    Context("of UTF-16BE, each alignment", "a.txt", lambda t, i: b64(("k" * (i % 3) + "=" + t).encode("utf-16-be")) + "\n", 3),
    made(r"JSON of PHP, / as \/", "a.json", lambda t: json.dumps(slashed(t)).replace("/", r"\/") + "\n"),
    made(r"JSON of .NET, + as \u002B", "a.json", lambda t: json.dumps(slashed(t)).replace("+", r"\u002B") + "\n"),
    made(r"JSON of Go, = as \u003d", "a.json", lambda t: json.dumps(b64(t)).replace("=", r"\u003d") + "\n"),
    made("in a query, %2B %2F %3D", "a.txt", lambda t: f"?x={urllib.parse.quote(slashed(t), safe='')}&y\n"),
    made("in a query, bare +", "a.txt", lambda t: f"?x={slashed(t)}&y\n"),
    made("in HTML, &#43; &#47;", "a.html", lambda t: slashed(t).replace("+", "&#43;").replace("/", "&#47;") + "\n"),
    made("in XML, &#x2B;", "a.xml", lambda t: f"<a>{slashed(t).replace('+', '&#x2B;').replace('=', '&#x3D;')}</a>\n"),
    made("quoted-printable, =3D", "a.eml", lambda t: slashed(t).replace("=", "=3D") + "\n"),
    Context("of base64 of base64", "a.txt", lambda t, i: b64("a" * (i % 3) + b64("b" * (i // 3 % 3) + b64("c" * (i // 9 % 3) + t))) + "\n", 27),
    Context("of base64, each alignment", "a.txt", lambda t, i: b64("a" * (i % 3) + b64("b" * (i // 3 % 3) + t)) + "\n", 9),
    Context("of base64url", "a.txt", lambda t, i: b64("a" * (i % 3) + base64.urlsafe_b64encode(("ÿ>" * (i // 3 % 3) + t + "ÿ>?").encode()).decode()) + "\n", 9),
    Context("of wrapped base64", "a.txt", lambda t, i: b64(wrapped(b64(placed(t, i)), 76)) + "\n", 57),
    made("of hexadecimal", "a.txt", lambda t: b64(f"k={t.encode().hex()}") + "\n"),
    made("of %NN", "a.txt", lambda t: b64(each("%{:02x}")(t)) + "\n"),
    made("hexadecimal of base64", "a.txt", lambda t: b64(f"k={t}").encode().hex() + "\n"),
    made("%NN of base64", "a.txt", lambda t: each("%{:02X}")(b64(t)) + "\n"),
    made("of a split literal", "a.txt", lambda t: b64(f'"{t[:9]}" + "{t[9:]}"') + "\n"),
    made(r"of \_", "a.txt", lambda t: b64(t.replace("_", r"\_")) + "\n"),
    made("of a pickle-like record", "a.txt", lambda t: b64(b"\x80\x04\x95\x32\0\0\0\0\0\0\0\x8c%" + t.encode() + b"\x94.") + "\n"),
]

# ---- other encodings of bytes

OTHER = [
    made("base32", "a.txt", lambda t: base64.b32encode(t.encode()).decode() + "\n"),
    Context("base32, each alignment", "a.txt", lambda t, i: base64.b32encode(b"=" * (i % 5) + t.encode() + b"\n").decode() + "\n", 5),
    Context("base32, lower case, no padding", "a.txt",
            lambda t, i: base64.b32encode(b"=" * (i % 5) + t.encode() + b"\n").decode().lower().rstrip("=") + "\n", 5),
    Context("Ascii85", "a.ps", lambda t, i: base64.a85encode(b"x" * (i % 4) + t.encode(), adobe=True).decode() + "\n", 4),
    Context("base85", "a.txt", lambda t, i: base64.b85encode(b"x" * (i % 4) + t.encode()).decode() + "\n", 4),
    Context("uuencode", "a.uu", lambda t, i: b"begin 644 a\n" + b"".join(
        binascii.b2a_uu(placed(t, i).encode()[j:j + 45]) for j in range(0, len(placed(t, i)), 45)) + b"`\nend\n", 45),
]

# ---- folded and cut


def encoded_word(charset, header):
    def build(token, sample):
        return "Subject: " + email.header.Header("ü" * (sample % 40) + " " + token, charset, header_name=header).encode() + "\n"
    return build


def quoted_printable(token, sample):
    buffer = io.BytesIO()
    quopri.encode(io.BytesIO(b"x" * (76 - TOKEN + sample % TOKEN) + b"=" + token.encode() + b" end\n"), buffer, quotetabs=False)
    return buffer.getvalue()


def cut(join, file, name, first=4, variants=30, around=("", "")):
    """The token in two pieces with `join` between, cut at every place of the body."""
    def build(token, sample):
        place = first + sample % variants
        return f"{around[0]}{token[:place]}{join}{token[place:]}{around[1]}\n"
    return Context(name, file, build, variants)


QUOTES = ('x = "', '"')
JOINS = {
    "literals, +": '" + "', "literals, no space": '"+"', "literals, nothing between": '" "', "literals glued (shell)": '""',
    "literals, other quotes": "\"'", "literals, .": '" . "', "literals, ..": '" .. "', "literals, &": '" & "',
    "literals, & _ (VBA)": '" & _\n    "', "literals, + at the line end": '" +\n    "', "literals, + at the line start": '"\n    + "',
    "literals, . at the line start": '"\n    . "', "literals, CRLF": '" +\r\n        "', "literals on lines": '"\n    "',
    "literals, backslash at the line end": '" \\\n    "', "literals, prefix letter": '" f"', "literals, comma (join)": '", "',
    "literals, comment between (#)": '"  # first half\n    "', "literals, comment between (//)": '" // first half\n    "',
    "literals, comment between (/* */)": '" /* and */ "', "literals, # (Zig, Lisp)": '" ++ "', "literals, <> (Elixir, Haskell)": '" <> "',
    "literals, || (SQL)": '" || "', "literals, ~ (Perl, Raku)": '" ~ "', "literals, << (Ruby)": '" << "', "literals, ^ (OCaml)": '" ^ "',
    "literals, // (Fortran)": '" // "', "literals in parentheses": '") + ("', r"literals in JSON, \"": '\\" + \\"',
    "literals, empty lines": '"\n\n    "',
}
PLAIN_JOINS = {
    "backslash at the line end": "\\\n", "backslash, indented (YAML, properties)": "\\\n    ", "backslash, CRLF": "\\\r\n",
    "soft line break": "=\n", "soft line break, CRLF": "=\r\n", "folded line (vCard, LDIF)": "\r\n ", "folded line, tab": "\n\t",
    "backtick at the line end (PowerShell)": "`\n", "caret at the line end (batch)": "^\r\n", "literal break in JSON": "\\\\\\n",
    "zero-width space": "\u200b", "soft hyphen": "\u00ad", "HTML wbr": "<wbr>", "&shy;": "&shy;", "&#8203;": "&#8203;",
    "ANSI colour": "\x1b[0m\x1b[1m", "search highlight": "<mark>",
}
SPLIT = [cut(join, "a.txt", name, around=QUOTES) for name, join in JOINS.items()]
SPLIT += [cut(join, "a.txt", name) for name, join in PLAIN_JOINS.items()]
SPLIT += [
    cut('" + "', "a.js", "literals, cut inside the prefix", first=1, variants=2, around=QUOTES),
    cut("=\n", "a.eml", "soft line break inside the prefix", first=1, variants=2),
    cut("\\\n", "a.sh", "backslash at the line end inside the prefix", first=1, variants=2),
    made("three literals", "a.py", lambda t: f'"{t[:9]}" + "{t[9:20]}" + "{t[20:]}"\n'),
    made("nine literals", "a.py", lambda t: " + ".join(f'"{t[i:i + 5]}"' for i in range(0, len(t), 5)) + "\n"),
    made("one literal a character", "a.js", lambda t: "[" + ",".join(f'"{c}"' for c in t) + "].join('')\n"),
    made("prefix in a variable", "a.sh", lambda t: f'P={t[:3]}; T="$P{t[3:]}" U="{t[:3]}""{t[3:]}"\n'),
    made("concat!", "a.rs", lambda t: f'concat!("{t[:3]}", "{t[3:]}")\n'),
    made("join of a list", "a.py", lambda t: f'"".join(["{t[:3]}", "{t[3:20]}", "{t[20:]}"])\n'),
    Context("quoted-printable, soft break at every place", "a.eml", quoted_printable, TOKEN),
    Context("encoded word, Q", "a.eml", encoded_word("iso-8859-1", "Subject"), 40),
    Context("encoded word, B", "a.eml", encoded_word("utf-8", "Subject"), 40),
]

# ---- wide characters

WIDE = [
    made("UTF-32LE with mark", "a.txt", lambda t: f"\ufeffk={t}\r\n".encode("utf-32-le")),
    made("UTF-32BE", "a.txt", lambda t: f"k={t}\r\n".encode("utf-32-be")),
    made("UTF-16LE among CJK", "a.txt", lambda t: utf16("令牌" * 400 + t + "令牌" * 400)),
    made("UTF-16BE among CJK, without mark", "a.txt", lambda t: utf16("令牌" * 400 + t + "令牌" * 400, "be", bom=False)),
    made("UTF-16LE among emoji", "a.txt", lambda t: utf16("\U0001f511" * 50 + t + "\U0001f511" * 50)),
    Context("UTF-16LE appended to ASCII", "a.txt", lambda t, i: b"x" * (i % 2) + b"first line\n" * 50 + utf16(f"{t}\r\n", bom=False), 2),
    Context("UTF-16BE appended to ASCII", "a.txt", lambda t, i: b"x" * (i % 2) + b"first line\n" * 50 + utf16(f"{t}\r\n", "be", False), 2),
    Context("UTF-16LE glued between ASCII letters", "a.bin", lambda t, i: b"x" * (1 + i % 4) + t.encode("utf-16-le") + b"xxxx", 4),
    made("ASCII in a UTF-16LE file", "a.txt", lambda t: utf16("line\r\n" * 900) + t.encode() + utf16("\r\nline" * 900, bom=False)),
    made("odd byte in a UTF-16LE file", "a.txt", lambda t: utf16("line\r\n" * 2000) + b"x" + utf16(f"\r\nk={t}\r\n", bom=False)),
    made("base64 in UTF-16LE", "a.txt", lambda t: utf16(f"k={b64(t)}\r\n")),
    made("wrapped base64 in UTF-16LE", "a.txt", lambda t: utf16(wrapped(b64(placed(t, 3)), 76, "\r\n"))),
    made("hexadecimal in UTF-16BE", "a.txt", lambda t: utf16(f"k={t.encode().hex()}\r\n", "be")),
    made("JSON escapes in UTF-16LE", "a.txt", lambda t: utf16(f'{{"a":"\\n{t}\\n"}}')),
    made(r"\_ in UTF-16LE", "a.txt", lambda t: utf16(t.replace("_", r"\_") + "\r\n")),
    made("split literal in UTF-16LE", "a.ps1", lambda t: utf16(f'"{t[:9]}" + "{t[9:]}"\r\n')),
    made(".reg, hex(2): of UTF-16LE", "a.reg", lambda t: utf16('"HF_TOKEN"=hex(2):' + wrapped((t + "\0").encode("utf-16-le").hex(","), 75, "\\\r\n  "))),
    made(".reg, hex: of ASCII", "a.reg", lambda t: utf16('"HF_TOKEN"=hex:' + wrapped(t.encode().hex(","), 75, "\\\r\n  "))),
    made("UTF-16LE, 3 MB before", "a.txt", lambda t: utf16("line\r\n" * 250000 + t + "\r\n")),
]

CONTEXTS = EVERY_BYTE + UNDERSCORE + DUMPS + BASE64_IN_LINES + BASE64 + OTHER + SPLIT + WIDE
