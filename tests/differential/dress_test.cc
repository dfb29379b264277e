// Every dress in which a token can stand: random tokens, put at random offsets and cut at random places.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::RandomText;

struct Dress {
  const char* name;
  const char* encoding;  // as the report names it
  std::function<string(RandomText& random, const string& token)> text;
};

string b64(string_view text) { return base64_encode(text); }

// Each byte between `before` and `after`, written by `number`.
string each(string_view bytes, string_view before, string_view after, const std::function<string(unsigned)>& number) {
  string out;
  for (const char c : bytes) out.append(before).append(number(static_cast<unsigned char>(c))).append(after);
  return out;
}

string digits_of(unsigned value, unsigned base, std::size_t least) {
  string out;
  for (; value != 0 || out.size() < least; value /= base) out.insert(out.begin(), "0123456789abcdef"[value % base]);
  return out;
}
string hex(unsigned byte) { return digits_of(byte, 16, 2); }
string octal(unsigned byte) { return digits_of(byte, 8, 3); }
string decimal(unsigned byte) { return std::to_string(byte); }

string upper(string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// Some text, the token, some text.
string document(RandomText& random, const string& token) {
  return random.letters(random.below(90)) + "=" + token + "\n" + random.letters(random.below(90));
}

// In lines of 16 to 80 characters, with `before` and `after` around each.
string lines(RandomText& random, const string& text, const string& before, const string& after) {
  return before + test::wrapped(text, 16 + random.below(65), after + before) + after;
}

// The text in pieces with `joint` between them.
string cut(RandomText& random, const string& text, std::size_t least, const string& joint) {
  const std::size_t at = least + random.below(text.size() - least);
  return text.substr(0, at) + joint + text.substr(at);
}

// Some characters of the body, at least one, replaced by what `escape` makes of them.
string sprinkled(RandomText& random, const string& token, const std::function<string(unsigned)>& escape) {
  const std::size_t sure = 3 + random.below(34);
  string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escaped = i == sure || (i > 2 && random.below(5) == 0);
    out += escaped ? escape(static_cast<unsigned char>(token[i])) : string(1, token[i]);
  }
  return out;
}

// A dump of `bytes` with offsets and a column of characters, `group` bytes together.
string dump(string_view bytes, std::size_t group, bool bars) {
  string out;
  for (std::size_t row = 0; row < bytes.size(); row += 16) {
    const string_view line = bytes.substr(row, 16);
    out += digits_of(static_cast<unsigned>(row), 16, 8) + (bars ? " " : ":");
    for (std::size_t i = 0; i < 16; ++i) {
      if (i % group == 0) out += bars && i == 8 ? "  " : " ";
      out += i < line.size() ? hex(static_cast<unsigned char>(line[i])) : "  ";
    }
    out += bars ? "  |" : "  ";
    for (const char c : line) out.push_back(c >= ' ' && c < 0x7F ? c : '.');
    out += bars ? "|\n" : "\n";
  }
  return out;
}

std::vector<Dress> base64_dresses() {
  return {
      {"wrapped", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "", "\n"); }},
      {"wrapped, CR LF", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "", "\r\n"); }},
      {"wrapped, indented", "base64",
       [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "      ", "\n"); }},
      {"wrapped in JSON", "base64",
       [](RandomText& r, const string& t) { return "{\"a\": \"" + lines(r, b64(document(r, t)), "", "\\n") + "\"}"; }},
      {"wrapped in JSON, CR LF", "base64",
       [](RandomText& r, const string& t) { return "\"" + lines(r, b64(document(r, t)), "", "\\r\\n") + "\""; }},
      {"wrapped in JSON in JSON", "base64",
       [](RandomText& r, const string& t) { return "\"" + lines(r, b64(document(r, t)), "", "\\\\n") + "\""; }},
      {"wrapped in a URL", "base64",
       [](RandomText& r, const string& t) {
         return "?d=" + test::replaced(lines(r, b64(document(r, t)), "", "%0A"), "+", "%2B");
       }},
      {"wrapped in XML", "base64",
       [](RandomText& r, const string& t) { return "<a b='" + lines(r, b64(document(r, t)), "", "&#10;") + "'/>"; }},
      {"quoted-printable", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "", "=\r\n"); }},
      {"hash comment", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "# ", "\n"); }},
      {"slash comment", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "  // ", "\n"); }},
      {"star comment", "base64",
       [](RandomText& r, const string& t) { return "/*\n" + lines(r, b64(document(r, t)), " * ", "\n") + " */"; }},
      {"dash comment", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "-- ", "\n"); }},
      {"mail quote", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "> > ", "\n"); }},
      {"list item", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "  - ", "\n"); }},
      {"string pieces", "base64",
       [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "    \"", "\"\n"); }},
      {"string pieces, plus", "base64",
       [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "  '", "' +\n"); }},
      {"string pieces, backslash", "base64",
       [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "  \"", "\" \\\n"); }},
  };
}

std::vector<Dress> base64_pieces() {
  return {
      {"bytes pieces", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "  b'", "'\n"); }},
      {"array of lines", "base64",
       [](RandomText& r, const string& t) { return "[" + lines(r, b64(document(r, t)), "  \"", "\",\n") + "]"; }},
      {"array of lines with line ends", "base64",
       [](RandomText& r, const string& t) { return "[" + lines(r, b64(document(r, t)), "  \"", "\\n\",\n") + "]"; }},
      {"continued lines", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "", "\\\n"); }},
      {"slash escaped", "base64",
       [](RandomText& r, const string& t) {
         return "\"" + test::replaced(b64("?\xbf\xff>\xfe" + document(r, t)), "/", "\\/") + "\"";
       }},
      {"unicode escaped", "base64",
       [](RandomText& r, const string& t) {
         return "\"" + test::replaced(test::replaced(b64("?\xbf\xff>\xfe" + document(r, t)), "+", "\\u002B"), "/", "\\u002f") +
                "\"";
       }},
      {"percent escaped", "base64",
       [](RandomText& r, const string& t) {
         return "?a=" +
                test::replaced(test::replaced(test::replaced(b64("?\xbf\xff>\xfe" + document(r, t)), "=", "%3D"), "+", "%2B"),
                               "/", "%2F") +
                "&b=1";
       }},
      {"entity escaped", "base64",
       [](RandomText& r, const string& t) {
         return "<a b=\"" +
                test::replaced(test::replaced(b64("?\xbf\xff>\xfe" + document(r, t)), "+", "&#43;"), "/", "&#x2F;") + "\">";
       }},
      {"URL-safe and standard", "base64",
       [](RandomText& r, const string& t) { return test::replaced(b64("\xfb\xff\xbf\xfb\xff" + document(r, t)), "+", "-"); }},
      {"in tags", "base64", [](RandomText& r, const string& t) { return lines(r, b64(document(r, t)), "", "<br/>\n"); }},
      {"lines of their own", "base64",
       [](RandomText& r, const string& t) {
         string text;
         for (const string& secret : {r.token(), t, r.token()}) {
           const string line = b64(r.letters(2 + 3 * r.below(9)) + secret);
           text += r.below(2) == 0 ? line + "\n" : "  k: " + line + "\n  " + r.letters(9) + ": x\n";
         }
         return text;
       }},
      {"in UTF-16", "utf-16le+base64",
       [](RandomText& r, const string& t) {
         return test::wide("\xef\xbb\xbfk: " + lines(r, b64(document(r, t)), "", "\r\n"), 2, ByteOrder::little);
       }},
  };
}

std::vector<Dress> nested_base64() {
  return {
      {"of UTF-16", "base64+utf-16le",
       [](RandomText& r, const string& t) {
         return lines(r, b64(test::wide(document(r, t), 2, ByteOrder::little)), "", "\n");
       }},
      {"of UTF-16, big-endian", "base64+utf-16be",
       [](RandomText& r, const string& t) { return lines(r, b64(test::wide(document(r, t), 2, ByteOrder::big)), "", "\n"); }},
      {"twice, wrapped", "base64+base64",
       [](RandomText& r, const string& t) { return lines(r, b64(r.letters(r.below(9)) + b64(document(r, t))), "", "\n"); }},
      {"thrice", "base64+base64+base64", [](RandomText& r, const string& t) { return b64(b64(b64(document(r, t)))); }},
      {"of hexadecimal", "base64+hex",
       [](RandomText& r, const string& t) { return b64(r.letters(r.below(9)) + hex_encode(document(r, t))); }},
      {"of upper-case hexadecimal", "base64+hex",
       [](RandomText& r, const string& t) { return b64(r.letters(r.below(9)) + upper(hex_encode(document(r, t)))); }},
      {"in hexadecimal", "hex+base64", [](RandomText& r, const string& t) { return hex_encode(b64(document(r, t))); }},
      {"in hexadecimal, upper-case", "hex+base64",
       [](RandomText& r, const string& t) { return upper(hex_encode(b64(document(r, t)))); }},
      {"hexadecimal twice", "hex+hex", [](RandomText& r, const string& t) { return hex_encode(hex_encode(document(r, t))); }},
      {"of JSON in JSON", "base64",
       [](RandomText& r, const string& t) { return b64("{\"a\": \"{\\\"t\\\": \\\"" + t + "\\\"}\"}" + r.letters(3)); }},
      {"of escapes", "base64+percent",
       [](RandomText& r, const string& t) {
         return b64(document(r, sprinkled(r, t, [](unsigned c) { return "%" + hex(c); })));
       }},
      {"of a split literal", "base64+split",
       [](RandomText& r, const string& t) { return b64(document(r, "\"" + cut(r, t, 3, "\" + \"") + "\"")); }},
      {"four deep", "base64+base64+base64+unicode-escape",
       [](RandomText& r, const string& t) {
         return b64(b64(b64(document(r, sprinkled(r, t, [](unsigned c) { return "\\u00" + hex(c); })))));
       }},
      {"hexadecimal, wrapped", "hex",
       [](RandomText& r, const string& t) { return lines(r, hex_encode(document(r, t)), "", "\n"); }},
      {"hexadecimal, wrapped in a comment", "hex",
       [](RandomText& r, const string& t) { return lines(r, hex_encode(document(r, t)), "// ", "\n"); }},
      {"hexadecimal, string pieces", "hex",
       [](RandomText& r, const string& t) { return lines(r, hex_encode(document(r, t)), "  \"", "\"\n"); }},
  };
}

std::vector<Dress> escape_dresses() {
  const auto whole = [](string_view before, string_view after, string (*number)(unsigned)) {
    return [=](RandomText& r, const string& t) { return "k = \"" + each(document(r, t), before, after, number) + "\"\n"; };
  };
  const auto some = [](const string& before, const string& after, string (*number)(unsigned)) {
    return [=](RandomText& r, const string& t) {
      return "k = \"" + sprinkled(r, t, [&](unsigned c) { return before + number(c) + after; }) + "\"\n";
    };
  };
  return {
      {"all \\x", "hex-escape", whole("\\x", "", hex)},
      {"all \\x{}", "hex-escape", whole("\\x{", "}", hex)},
      {"all octal", "octal-escape", whole("\\", "", octal)},
      {"all octal, four digits", "octal-escape", whole("\\0", "", octal)},
      {"all \\u", "unicode-escape", whole("\\u00", "", hex)},
      {"all \\u{}", "unicode-escape", whole("\\u{", "}", hex)},
      {"all \\U", "unicode-escape", whole("\\U000000", "", hex)},
      {"all \\\\u", "backslash+unicode-escape", whole("\\\\u00", "", hex)},
      {"all percent", "percent", whole("%", "", hex)},
      {"all percent, twice", "percent+percent", whole("%25", "", hex)},
      {"all %u", "percent", whole("%u00", "", hex)},
      {"all decimal entities", "html-entity", whole("&#", ";", decimal)},
      {"all hexadecimal entities", "html-entity", whole("&#x", ";", hex)},
      {"all entities, twice", "html-entity+html-entity", whole("&amp;#", ";", decimal)},
      {"all quoted-printable", "quoted-printable", whole("=", "", hex)},
      {"some \\x", "hex-escape", some("\\x", "", hex)},
      {"some octal", "octal-escape", some("\\", "", octal)},
      {"some \\u", "unicode-escape", some("\\u00", "", hex)},
      {"some \\u{}", "unicode-escape", some("\\u{", "}", hex)},
      {"some percent", "percent", some("%", "", hex)},
      {"some percent, twice", "percent+percent", some("%25", "", hex)},
      {"some entities", "html-entity", some("&#", ";", decimal)},
      {"some quoted-printable", "quoted-printable", some("=", "", hex)},
      {"escaped h", "percent", [](RandomText& r, const string& t) { return "%68" + t.substr(1) + "&" + r.letters(3); }},
      {"escaped f", "html-entity", [](RandomText& r, const string& t) { return "h&#102;" + t.substr(2) + " " + r.letters(3); }},
      {"escaped f, \\x", "hex-escape",
       [](RandomText& r, const string& t) { return "'h\\x66" + t.substr(2) + "' " + r.letters(3); }},
  };
}

std::vector<Dress> underscore_dresses() {
  const auto underscore = [](const string& spelling) {
    return [=](RandomText& r, const string& t) { return "see " + test::replaced(t, "_", spelling) + ".\n" + r.letters(5); };
  };
  return {
      {"\\_", "backslash", underscore("\\_")},
      {"\\\\_", "backslash+backslash", underscore("\\\\_")},
      {"\\\\\\_", "backslash+backslash", underscore("\\\\\\_")},
      {"{\\_}", "backslash", underscore("{\\_}")},
      {"\\137", "octal-escape", underscore("\\137")},
      {"\\x5F", "hex-escape", underscore("\\x5F")},
      {"\\u005f", "unicode-escape", underscore("\\u005f")},
      {"\\u005F", "unicode-escape", underscore("\\u005F")},
      {"\\u{5f}", "unicode-escape", underscore("\\u{5f}")},
      {"\\\\u005f", "backslash+unicode-escape", underscore("\\\\u005f")},
      {"\\\\\\\\u005f", "backslash+backslash+unicode-escape", underscore("\\\\\\\\u005f")},
      {"%5F", "percent", underscore("%5F")},
      {"%5f", "percent", underscore("%5f")},
      {"%255F", "percent+percent", underscore("%255F")},
      {"%25255f", "percent+percent+percent", underscore("%25255f")},
      {"&#95;", "html-entity", underscore("&#95;")},
      {"&#095;", "html-entity", underscore("&#095;")},
      {"&#x5F;", "html-entity", underscore("&#x5F;")},
      {"&lowbar;", "html-entity", underscore("&lowbar;")},
      {"&UnderBar;", "html-entity", underscore("&UnderBar;")},
      {"&amp;#95;", "html-entity+html-entity", underscore("&amp;#95;")},
      {"=5F", "quoted-printable", underscore("=5F")},
      {"=5f", "quoted-printable", underscore("=5f")},
  };
}

std::vector<Dress> list_dresses() {
  const auto list = [](const string& before, const string& after, string (*number)(unsigned)) {
    return [=](RandomText& r, const string& t) { return "k = {" + each(document(r, t), before, after, number) + "};\n"; };
  };
  return {
      {"68:66:5f", "hex-list", list("", ":", hex)},
      {"68-66-5f", "hex-list", list("", "-", hex)},
      {"68 66 5f", "hex-list", list("", " ", hex)},
      {"0x68, 0x66", "hex-list", list("0x", ", ", hex)},
      {"0x68,\\n0x66", "hex-list", list("0x", ",\n  ", hex)},
      {"'\\x68', '\\x66'", "hex-list", list("'\\x", "', ", hex)},
      {"chr(0x68) .", "hex-list", list("chr(0x", ") . ", hex)},
      {"104, 102", "decimal-list", list("", ", ", decimal)},
      {"104,102", "decimal-list", list("", ",", decimal)},
      {"104 102", "decimal-list", list("", " ", decimal)},
      {"104,\\n102", "decimal-list", list("", ",\n    ", decimal)},
      {"chr(104) + chr(102)", "decimal-list", list("chr(", ") + ", decimal)},
      {"Chr(104) & Chr(102)", "decimal-list", list("Chr(", ") & ", decimal)},
      {"\\104\\102", "decimal-list", list("\\", "", decimal)},
      {"150 146", "octal-list", list("", " ", octal)},
      {"0o150, 0o146", "octal-list", list("0o", ", ", octal)},
      {"'h', 'f'", "character-list",
       [](RandomText& r, const string& t) {
         return "[" + each(t, "'", "', ", [](unsigned c) { return string(1, static_cast<char>(c)); }) + "'" + r.letters(1) +
                "x']";
       }},
      {"\"h\",\"f\"", "character-list",
       [](RandomText& r, const string& t) {
         return "[" + each(t, "\"", "\",", [](unsigned c) { return string(1, static_cast<char>(c)); }) + "\"" + r.letters(1) +
                "x\"]";
       }},
      {"xxd", "hex-list", [](RandomText& r, const string& t) { return dump(document(r, t), 2, false); }},
      {"xxd -g1", "hex-list", [](RandomText& r, const string& t) { return dump(document(r, t), 1, false); }},
      {"xxd -p", "hex", [](RandomText& r, const string& t) { return test::wrapped(hex_encode(document(r, t)), 60, "\n"); }},
      {"hexdump -C", "hex-list", [](RandomText& r, const string& t) { return dump(document(r, t), 1, true); }},
  };
}

std::vector<Dress> split_dresses() {
  const auto joint = [](const string& between) {
    return [=](RandomText& r, const string& t) { return "x = f(\"" + cut(r, t, 3, between) + "\")\n"; };
  };
  std::vector<Dress> dresses;
  for (const char* between : {"\" + \"",
                              "\"\n    \"",
                              "\" . \"",
                              "' || '",
                              "' .. '",
                              "\" & _\n    \"",
                              "\" * \"",
                              "\" ++ \"",
                              "\" ^ \"",
                              "\", \"",
                              "\".concat(\"",
                              "\"'",
                              "\" u8\"",
                              "\" // why\n  \"",
                              "\" # why\n  \"",
                              "\\\n",
                              "=\n",
                              "</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>",
                              "<wbr>",
                              "<br/>\n",
                              "</span><span class=\"x\">",
                              "\xe2\x80\x8b",
                              "\xe2\x80\x8c",
                              "\xe2\x81\xa0",
                              "\xef\xbb\xbf",
                              "\xc2\xad",
                              "\x1b[0m\x1b[1m"})
    dresses.push_back({between, "split", joint(between)});
  dresses.push_back({"\\u200b", "unicode-escape+split", joint("\\u200b")});
  dresses.push_back({"&shy;", "html-entity+split", joint("&shy;")});
  dresses.push_back({"&#8203;", "html-entity+split", joint("&#8203;")});
  dresses.push_back({"%E2%80%8B", "percent+split", joint("%E2%80%8B")});
  dresses.push_back({"\\u001b[0m", "unicode-escape+split", joint("\\u001b[0m")});
  dresses.push_back({"in JSON", "split", [](RandomText& r, const string& t) {
                       return "\"k = \\\"" + cut(r, t, 3, "\\\" + \\\"") + "\\\"\\n\"\n";
                     }});
  dresses.push_back({"paste0", "split", [](RandomText& r, const string& t) {
                       return "paste0(\"hf_\", \"" + cut(r, t.substr(3), 1, "\", \"") + "\")";
                     }});
  dresses.push_back({"hard wrap", "split", [](RandomText& r, const string& t) {
                       return "\n$ " + r.letters(58 + r.below(60)) + " " + cut(r, t, 3, "\n") + " x";
                     }});
  return dresses;
}

void expect_found(const std::vector<Dress>& dresses, std::uint64_t seed) {
  constexpr int kRounds = 200;
  RandomText random(seed);
  for (const Dress& dress : dresses) {
    int lost = 0;
    int misnamed = 0;
    string other;
    for (int round = 0; round < kRounds; ++round) {
      const string token = random.token();
      const string text = dress.text(random, token);
      const BlobResult result = test::detect(text);
      if (!test::finds(result, token)) {
        ++lost;
        continue;
      }
      for (const Finding& finding : result.findings) {
        EXPECT_LE(finding.location.span.end, text.size());
        if (finding.secret->encoding == dress.encoding) continue;
        ++misnamed;
        other = finding.secret->encoding;
      }
    }
    EXPECT_EQ(lost, 0) << dress.name;
    EXPECT_EQ(misnamed, 0) << dress.name << ": " << other;
  }
}

TEST(Dress, EveryNameIsInTheDocumentation) {
  std::ifstream file(HFSCAN_SOURCE_DIR "/docs/detection.md");
  const string document{std::istreambuf_iterator<char>(file), {}};
  for (const auto& dresses : {base64_dresses(), base64_pieces(), nested_base64(), escape_dresses(), underscore_dresses(),
                              list_dresses(), split_dresses()}) {
    for (const Dress& dress : dresses) {
      std::istringstream names(dress.encoding);
      for (string name; std::getline(names, name, '+');) EXPECT_NE(document.find("`" + name + "`"), string::npos) << name;
    }
  }
}

TEST(Dress, WrappedBase64) { expect_found(base64_dresses(), 20260201); }
TEST(Dress, PiecesOfBase64) { expect_found(base64_pieces(), 20260211); }
TEST(Dress, NestedBase64AndHexadecimal) { expect_found(nested_base64(), 20260221); }
TEST(Dress, Escapes) { expect_found(escape_dresses(), 20260202); }
TEST(Dress, EscapedUnderscores) { expect_found(underscore_dresses(), 20260212); }
TEST(Dress, ListsAndDumps) { expect_found(list_dresses(), 20260203); }
TEST(Dress, SplitLiterals) { expect_found(split_dresses(), 20260204); }

}  // namespace
}  // namespace hfscan
