// Random tokens in random surroundings, many in one blob, on all cores: of a million letters-only tokens fewer than one may be
// lost. What may lose one is a gate of plausibility (docs/plausibility.md) or a neighbourhood that reads as something else.
//
// HFSCAN_PROPERTY_TOKENS says how many: ten million in an optimised build, fewer under the sanitizers.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>
#include <thread>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::RandomText;

constexpr std::size_t kTokens = HFSCAN_PROPERTY_TOKENS;
constexpr std::size_t kTokensPerBlob = 100;
constexpr string_view kAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// Faster than a draw for each letter: the property needs hundreds of millions.
string random_body(std::mt19937_64& engine, string_view alphabet) {
  constexpr std::size_t kBody = 34;
  constexpr std::size_t kPerDraw = 8;
  string body(kBody, ' ');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kBody; ++i) {
    if (i % kPerDraw == 0) bits = engine();
    body[i] = alphabet[bits % alphabet.size()];
    bits /= alphabet.size();
  }
  return body;
}

// Surroundings on one line, with the token where {} stands.
constexpr std::array<string_view, 40> kLines = {"token = \"{}\"",
                                                "token='{}'",
                                                "HF_TOKEN={}",
                                                "export HF_TOKEN={}",
                                                "  HF_TOKEN: {}",
                                                "{\"HF_TOKEN\": \"{}\", \"b\": 1}",
                                                "login(\"{}\", True)",
                                                "AutoModel.from_pretrained(\"meta/x\", token=\"{}\")",
                                                "hf auth login --token {} --x",
                                                "--hub_token={} --x",
                                                "Use `{}` here",
                                                "My token is {}.",
                                                "**{}**",
                                                "see ({})",
                                                "[{}]",
                                                "alice,{},7",
                                                "<token>{}</token>",
                                                "{token:{}}",
                                                "https://user:{}@huggingface.co/o/r",
                                                "GET /api?token={}&x=1",
                                                "/cache/{}/x",
                                                "{}#mine",
                                                "|{}|read|",
                                                "{}_old",
                                                "KEY_{}",
                                                "\"login(\\\"{}\\\")\\n\"",
                                                "\"Token: {}\\n\"",
                                                "\"a\\n{}\\nb\"",
                                                "\"a\\t{}\"",
                                                "token\\u003d{}\\u0026",
                                                "Bearer%20{}%20x",
                                                "T=3D{}=20",
                                                "\x1b[32m{}\x1b[0m",
                                                "&quot;{}&quot;",
                                                "\xe4\xbb\xa4{}\xe3\x80\x82",
                                                "- {}",
                                                "+HF_TOKEN={}",
                                                "{}",
                                                "word{}",
                                                "machine x password {}"};

string on_lines(RandomText& random, const std::vector<string>& tokens) {
  string text;
  for (const string& token : tokens) {
    const string_view line = kLines.at(random.below(kLines.size()));
    const std::size_t at = line.find("{}");
    text.append(line.substr(0, at)).append(token).append(line.substr(at + 2)).append("\n");
  }
  return text;
}

string in_base64(RandomText& random, const std::vector<string>& tokens) {
  string text;
  for (const string& token : tokens)
    text += "  k: " + base64_encode(random.letters(random.below(30)) + "=" + token + string(random.below(5), '\n')) + "\n";
  return text;
}

string in_escapes(RandomText& random, const std::vector<string>& tokens) {
  static constexpr std::array<string_view, 6> kUnderscores = {"\\_", "%5F", "\\u005f", "&#95;", "=5F", "\\x5f"};
  string text;
  for (const string& token : tokens) {
    const string_view underscore = kUnderscores.at(random.below(kUnderscores.size()));
    text += random.below(2) == 0 ? "t=" + hex_encode(token) + "\n"
                                 : "t: " + token.substr(0, 2) + string(underscore) + token.substr(3) + "\n";
  }
  return text;
}

string in_records(RandomText& random, const std::vector<string>& tokens) {
  string bytes;
  for (const string& token : tokens) {
    switch (random.below(4)) {
      case 0: bytes += string("X%\0\0\0", 5) + token + "q\x02"; break;
      case 1: bytes += "\x8c%" + token + "\x94"; break;
      case 2: bytes += string("\0\xda%", 3) + token + "N)\x01z"; break;
      default: bytes += string("\0\0\x04\x13W", 5) + token + random.letters(9); break;
    }
    bytes += random.bytes(random.below(20)) + '\0';
  }
  return bytes;
}

string in_utf16(RandomText& random, const std::vector<string>& tokens) {
  return test::wide("\xef\xbb\xbf" + on_lines(random, tokens), 2, random.below(2) == 0 ? ByteOrder::little : ByteOrder::big);
}

string in_pieces(RandomText& random, const std::vector<string>& tokens) {
  static constexpr std::array<string_view, 5> kJoints = {"\" + \"", "\" \"", "\"\n    \"", "\\\n", "=\n"};
  string text;
  for (const string& token : tokens) {
    const std::size_t cut = 3 + random.below(30);
    text += "t = \"" + token.substr(0, cut) + string(kJoints.at(random.below(kJoints.size()))) + token.substr(cut) + "\"\n";
  }
  return text;
}

using Build = string (*)(RandomText&, const std::vector<string>&);
constexpr std::array<Build, 10> kBuilds = {on_lines,  on_lines,   on_lines,   on_lines, on_lines,
                                           in_base64, in_escapes, in_records, in_utf16, in_pieces};

// With the one rule that claims a user token anywhere: which other rule has a better claim costs more than finding the token.
BlobResult detect(string_view text) {
  static const std::vector<const Rule*> rules = *test::builtin_rule_set().select({"HF1001"}, "default");
  static const Detector detector(rules, {});
  thread_local Detector::Scratch scratch;
  return detector.scan_bytes(text, {}, scratch);
}

std::size_t lost_in_blob(std::size_t blob, string_view alphabet) {
  RandomText random(blob);
  std::mt19937_64 engine(~blob);
  std::vector<string> tokens;
  for (std::size_t i = 0; i < kTokensPerBlob; ++i) tokens.push_back("hf_" + random_body(engine, alphabet));
  std::set<Sha256Digest> found;
  for (const Finding& finding : detect(kBuilds.at(blob % kBuilds.size())(random, tokens)).findings) {
    if (finding.secret && !finding.look_alike) found.insert(*finding.secret->id);
  }
  std::size_t lost = 0;
  for (const string& token : tokens) lost += found.contains(sha256(token)) ? 0U : 1U;
  return lost;
}

std::size_t lost_tokens(std::size_t tokens, string_view alphabet) {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> lost = 0;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    threads.emplace_back([&] {
      for (std::size_t blob = next++; blob < tokens / kTokensPerBlob; blob = next++) lost += lost_in_blob(blob, alphabet);
    });
  }
  for (std::thread& thread : threads) thread.join();
  return lost;
}

TEST(LostTokens, FewerThanOneInAMillionOfLetters) {
  const std::size_t lost = lost_tokens(kTokens, RandomText::kLetters);
  RecordProperty("lost", std::to_string(lost));
  EXPECT_LT(lost, std::max<std::size_t>(kTokens / 1000000, 1)) << lost << " of " << kTokens;
}

// docs/plausibility.md: fewer neighbouring letters leave less to judge by.
TEST(LostTokens, FewerThanOneInTenThousandWithDigits) {
  constexpr std::size_t kWithDigits = kTokens / 10;
  const std::size_t lost = lost_tokens(kWithDigits, kAlnum);
  RecordProperty("lost", std::to_string(lost));
  EXPECT_LT(lost, kWithDigits / 10000) << lost << " of " << kWithDigits;
}

}  // namespace
}  // namespace hfscan
