// Tokens in the surroundings in which they leak, put together at run time: whatever the dress, the detector finds the secret
// with the SHA-256 of its own bytes.
#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using test::RandomText;

struct LeakContext {
  const char* name;
  const char* path;
  std::function<string(const string& token)> text;
};

// `pattern` with each @ replaced by the token, and &h by @h.
std::function<string(const string&)> plain(const char* pattern) {
  return [pattern](const string& token) { return test::replaced(test::replaced(pattern, "@", token), "&h", "@h") + "\n"; };
}

string b64(const string& text) { return base64_encode(text); }

string each_byte(const string& bytes, std::string_view before) {
  string out;
  for (const char c : bytes) out.append(before).append(hex_encode(string(1, c)));
  return out;
}

string utf16(const string& text, ByteOrder order) { return test::wide(text, 2, order); }

string pickle(const string& token, const string& length) {
  return string("\x80\x02}q\0(X\x09\0\0\0hub_tokenq\x01", 22) + length + token +
         string("q\x02X\x02\0\0\0lrq\x03G?PbM\xd2\xf1\xa9\xfcu.", 22);
}

// A token in plain view, with every kind of neighbour.
std::vector<LeakContext> plain_contexts() {
  return {
      {"assignment", "a.py", plain("token = \"@\"")},
      {"single quotes", "a.py", plain("token = '@'")},
      {"keyword argument", "a.py", plain("model = AutoModel.from_pretrained(\"meta/x\", token=\"@\")")},
      {"login keyword", "a.py", plain("login(token=\"@\")")},
      {"login positional", "a.py", plain("login(\"@\", add_to_git_credential=True)")},
      {"env file", ".env", plain("HF_TOKEN=@")},
      {"export", "a.sh", plain("export HF_TOKEN=@")},
      {"yaml", "a.yaml", plain("env:\n  HF_TOKEN: @")},
      {"json", "a.json", plain("{\"HF_TOKEN\": \"@\", \"b\": 1}")},
      {"cli flag", "a.sh", plain("huggingface-cli login --token @ --add-to-git-credential")},
      {"cli flag with equals", "a.sh", plain("python train.py --hub_token=@ --x")},
      {"dockerfile", "a.dockerfile", plain("ENV HF_TOKEN=@")},
      {"stored tokens", "stored_tokens.ini", plain("[x]\nhf_token = @")},
      {"backticks", "a.md", plain("Use `@` here")},
      {"end of sentence", "a.md", plain("My token is @.")},
      {"bold", "a.md", plain("**@**")},
      {"parentheses", "a.txt", plain("see (@)")},
      {"brackets", "a.txt", plain("[@]")},
      {"csv", "a.csv", plain("alice,@,7")},
      {"xml", "a.xml", plain("<token>@</token>")},
      {"brace", "a.txt", plain("{token:@}")},
      {"url password", "a.txt", plain("https://user:@&huggingface.co/o/r")},
      {"query", "a.txt", plain("GET /api?token=@&x=1")},
      {"path component", "a.txt", plain("/cache/@/x")},
      {"hash sign", "a.txt", plain("@#mine")},
      {"table cell", "a.md", plain("|@|read|")},
      {"suffix", "a.txt", plain("@_old")},
      {"prefix", "a.txt", plain("KEY_@")},
      {"notebook call", "a.ipynb", plain("\"login(\\\"@\\\")\\n\"")},
      {"notebook output", "a.ipynb", plain("\"Token: @\\n\"")},
      {"json line break before", "a.json", plain("{\"a\": \"x\\n@\\ny\"}")},
      {"json tab before", "a.json", plain("{\"a\": \"x\\t@\"}")},
      {"unicode escape before", "a.json", plain("{\"a\": \"token\\u003d@\"}")},
      {"unicode quotes", "a.json", plain("{\"a\": \"\\u0022@\\u0022\"}")},
      {"percent space", "a.txt", plain("Bearer%20@")},
      {"percent query", "a.txt", plain("HF_TOKEN%3D@%26a%3D1")},
      {"quoted-printable", "a.eml", plain("HF_TOKEN=3D@=20")},
      {"ansi colour", "a.log", plain("\x1b[32m@\x1b[0m")},
      {"html entity", "a.html", plain("<pre>token=&quot;@&quot;</pre>")},
      {"escaped underscore", "a.md", [](const string& t) { return test::replaced(t, "_", "\\_") + "\n"; }},
      {"percent underscore", "a.txt", [](const string& t) { return test::replaced(t, "_", "%5F") + "\n"; }},
      {"cjk", "a.md", plain("\xe4\xbb\xa4\xe7\x89\x8c@\xe3\x80\x82")},
      {"curl", "a.sh", plain("curl -H \"Authorization: Bearer @\" https://huggingface.co")},
      {"git credentials", "a.txt", plain("https://hf_user:@&huggingface.co")},
      {"netrc", "a.txt", plain("machine huggingface.co login u password @")},
  };
}

// A token in a dress.
std::vector<LeakContext> dressed_contexts() {
  return {
      {"base64", "a.yaml", [](const string& t) { return "  token: " + b64(t) + "\n"; }},
      {"base64 of assignment", "a.yaml", [](const string& t) { return "  token: " + b64("HF_TOKEN=" + t + "\n") + "\n"; }},
      {"base64 of lines", "a.yaml", [](const string& t) { return "  e: " + b64("A=1\nHF_TOKEN=" + t + "\nB=2\n") + "\n"; }},
      {"basic authorization", "a.txt", [](const string& t) { return "Authorization: Basic " + b64("user:" + t) + "\n"; }},
      {"base64 wrapped", "a.txt",
       [](const string& t) {
         return test::wrapped(b64(string(61, '#') + "\nexport HF_TOKEN=\"" + t + "\"\n" + string(100, 'y')), 76, "\n");
       }},
      {"base64 of utf-8", "a.txt", [](const string& t) { return b64("f\xc3\xbcr " + t + " \xe2\x80\x94 ja") + "\n"; }},
      {"base64 twice", "a.txt", [](const string& t) { return b64(b64("tok=" + t)) + "\n"; }},
      {"base64url", "a.txt", [](const string& t) { return test::base64_url("{\"token\":\"" + t + "\"}") + "\n"; }},
      {"hex", "a.txt", [](const string& t) { return hex_encode(t) + "\n"; }},
      {"hex of assignment", "a.txt", [](const string& t) { return hex_encode("k=" + t + ";") + "\n"; }},
      {"hex escapes", "a.c", [](const string& t) { return "char k[] = \"" + each_byte(t, "\\x") + "\";\n"; }},
      {"utf-16le", "a.txt", [](const string& t) { return utf16("\xef\xbb\xbfHF_TOKEN=" + t + "\r\n", ByteOrder::little); }},
      {"utf-16be", "a.txt", [](const string& t) { return utf16("\xef\xbb\xbfHF_TOKEN=" + t + "\r\n", ByteOrder::big); }},
      {"utf-16le without mark", "a.reg",
       [](const string& t) { return utf16("\"HF_TOKEN\"=\"" + t + "\"\r\n", ByteOrder::little); }},
      {"one long line", "a.js",
       [](const string& t) {
         string text;
         for (int i = 0; i < 12000; ++i) text += "var a=1;";
         text += "var t=\"" + t + "\";";
         for (int i = 0; i < 12000; ++i) text += "b();";
         return text;
       }},
      {"split at the prefix", "a.py", [](const string& t) { return "token = \"hf_\" + \"" + t.substr(3) + "\"\n"; }},
      {"split by plus", "a.py", [](const string& t) { return "t = \"" + t.substr(0, 15) + "\" + \"" + t.substr(15) + "\"\n"; }},
      {"split on lines", "a.py",
       [](const string& t) { return "t = (\n    \"" + t.substr(0, 20) + "\"\n    \"" + t.substr(20) + "\"\n)\n"; }},
      {"split by backslash", "a.sh", [](const string& t) { return "T=" + t.substr(0, 20) + "\\\n" + t.substr(20) + "\n"; }},
      {"pickle 2", "a.bin", [](const string& t) { return pickle(t, string("X%\0\0\0", 5)); }},
      {"pickle 4", "a.pkl", [](const string& t) { return pickle(t, "\x8c%"); }},
      {"sqlite row", "a.sqlite", [](const string& t) { return string("\0\0\x04\x13Wkey", 8) + t + "zzz" + string(8, '\0'); }},
      {"marshal", "a.pyc",
       [](const string& t) { return string("\xa7\r\r\n\0\0\0\0\xda%", 10) + t + "N)\x01z" + string(9, '\0'); }},
  };
}

const std::vector<LeakContext>& contexts() {
  static const std::vector<LeakContext> all = [] {
    std::vector<LeakContext> both = plain_contexts();
    const std::vector<LeakContext> dressed = dressed_contexts();
    both.insert(both.end(), dressed.begin(), dressed.end());
    return both;
  }();
  return all;
}

TEST(Differential, EveryLeakContextIsFound) {
  RandomText random(20260102);
  for (const LeakContext& context : contexts()) {
    for (int round = 0; round < 20; ++round) {
      const string token = random.token();
      EXPECT_TRUE(test::finds(test::detect(context.text(token), context.path), token)) << context.name;
    }
  }
}

TEST(Differential, BodiesWithDigitsAreFound) {
  RandomText random(20260103);
  for (int round = 0; round < 60; ++round) {
    const string token = "hf_" + random.of(string(RandomText::kLetters) + "0123456789", 33) + "7";
    EXPECT_TRUE(test::finds(test::detect("token = \"" + token + "\"\n", "a.py"), token)) << round;
  }
}

TEST(Differential, AtMostOneOfManyRandomTokensInRandomContextsIsLost) {
#ifdef NDEBUG
  constexpr int kRounds = 200000;
#else
  constexpr int kRounds = 20000;
#endif
  RandomText random(20260104);
  int lost = 0;
  for (int round = 0; round < kRounds; ++round) {
    const LeakContext* context = &contexts()[random.below(contexts().size())];
    while (std::string_view(context->name) == "one long line") context = &contexts()[random.below(contexts().size())];
    const string token = random.token();
    lost += test::finds(test::detect(context->text(token), context->path), token) ? 0 : 1;
  }
  EXPECT_LE(lost, 1);
}

}  // namespace
}  // namespace hfscan
