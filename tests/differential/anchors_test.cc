// Every kernel of the anchor stage against a naive search with regular expressions: random bytes, text made of the literals
// themselves, every alignment and tail, and real files.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "differential/naive_anchors.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::RandomText;

constexpr std::array<AnchorKernel, 4> kKernels = {AnchorKernel::scalar, AnchorKernel::ssse3, AnchorKernel::avx2,
                                                  AnchorKernel::neon};

const test::NaiveSearch& naive() {
  static const test::NaiveSearch search;
  return search;
}

string described(const std::vector<Anchor>& anchors, const std::vector<Anchor>& others) {
  std::ostringstream out;
  for (const Anchor& anchor : anchors) {
    if (std::find(others.begin(), others.end(), anchor) == others.end())
      out << " " << anchor.offset << ":" << static_cast<int>(anchor.kind);
  }
  return out.str();
}

std::vector<Anchor> found_by(AnchorKernel kernel, string_view bytes) {
  std::vector<Anchor> anchors;
  find_anchors(bytes, anchors, kernel);
  return test::in_order(std::move(anchors));
}

// Offset and kind only: the naive search knows no phase.
std::vector<Anchor> places(std::vector<Anchor> anchors) {
  for (Anchor& anchor : anchors) anchor.phase = 0;
  return test::in_order(std::move(anchors));
}

// All kernels give the same list, and it holds what the naive search finds. Returns how much that is. The bytes stand in a heap
// block of exactly their size, so that a sanitizer sees who reads on.
std::size_t expect_same(string_view text) {
  const std::vector<char> exact(text.begin(), text.end());
  const string_view bytes(exact.data(), exact.size());
  const std::vector<Anchor> scalar = found_by(AnchorKernel::scalar, bytes);
  for (const AnchorKernel kernel : kKernels) {
    if (!has_kernel(kernel)) continue;
    const std::vector<Anchor> found = found_by(kernel, bytes);
    EXPECT_TRUE(found == scalar) << "kernel " << static_cast<int>(kernel) << ", " << bytes.size()
                                 << " bytes; only scalar (offset:kind):" << described(scalar, found)
                                 << "; only kernel:" << described(found, scalar);
  }
  const std::vector<Anchor> expected = naive().find(bytes);
  const std::vector<Anchor> known = places(scalar);
  EXPECT_TRUE(std::includes(known.begin(), known.end(), expected.begin(), expected.end(), test::anchor_less))
      << bytes.size() << " bytes; only naive (offset:kind):" << described(expected, known);
  return expected.size();
}

string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// The patterns of the anchor stage, read from its source: a new literal stands in the texts below before anybody has thought of
// adding it here.
std::vector<string> source_patterns() {
  const string source = read_file(HFSCAN_SOURCE_DIR "/src/detect/anchor_table.inc");
  const std::regex row(R"-(\{(?:string_view\()?"((?:[^"\\]|\\.)*)"(?:, \d+\))?, AnchorKind)-");
  std::vector<string> patterns;
  for (std::sregex_iterator match(source.begin(), source.end(), row), end; match != end; ++match) {
    string pattern = (*match)[1];
    for (const auto& [escape, byte] : {std::pair(R"(\0)", string(1, '\0')), {R"(\\)", "\\"}, {R"(\")", "\""}})
      pattern = test::replaced(pattern, escape, byte);
    patterns.push_back(pattern);
  }
  return patterns;
}

// One of the byte strings that a pattern of the anchor stage stands for.
string one_of(RandomText& random, string_view pattern) {
  string out;
  while (!pattern.empty()) {
    if (pattern.front() != '[') {
      out.push_back(pattern.front());
      pattern.remove_prefix(1);
      continue;
    }
    const std::size_t end = pattern.find(']');
    string set;
    for (std::size_t i = 1; i < end; ++i) {
      const bool range = i + 2 < end && pattern[i + 1] == '-';
      for (char c = pattern[i]; range && c < pattern[i + 2]; ++c) set.push_back(c);
      if (!range) set.push_back(pattern[i]);
      if (range) ++i;
    }
    out += random.of(set, 1);
    pattern.remove_prefix(end + 1);
  }
  return out;
}

// Literals, pieces of them, what may follow them, and near misses.
class Vocabulary {
 public:
  explicit Vocabulary(RandomText& random) : random_(random), patterns_(source_patterns()) {}

  [[nodiscard]] std::size_t size() const { return patterns_.size(); }

  string text(std::size_t pieces) {
    string out;
    for (std::size_t i = 0; i < pieces; ++i) out += piece();
    return out;
  }

 private:
  string piece() {
    static const std::array<string, 43> kPieces = {
        "hf_", "hf",    "_",     "oauth_", "_refresh_", "jwt_",    "app_", "s3_",     "api_org_", "app_secret_", "HFAK",
        "\"",  "'",     "`",     "\\",     "=\n",       "=\r\n",   "=",    "\\_",     "{\\_}",    "%5F",         "%255f",
        "=5F", "&#95;", "&#x5f", ";",      "&lowbar;",  "\\u005f", "\\x",  "\\\\x5F", "68",       "66",          "5f",
        "5F",  "0x",    ", ",    "%",      "\\u00",     "68665",   "f",    "eyJ",     "-",        "&#x"};
    switch (random_.below(11)) {
      case 0: return random_.letters(random_.below(40));
      case 1: return random_.of("abcXYZ059", 28 + random_.below(5));
      case 2: return random_.of(RandomText::kBase64, random_.below(8));
      case 3: return test::wide("hf_" + random_.letters(27 + random_.below(6)), 2 + 2 * random_.below(2), ByteOrder::little);
      case 4: return string(random_.below(4), '\0');
      case 5: return separated_bytes();
      case 9: return whole_shape();
      case 6:
      case 7: return kPieces.at(random_.below(kPieces.size()));
      case 8: return changed(one_of(random_, patterns_.at(random_.below(patterns_.size()))));
      default: return one_of(random_, patterns_.at(random_.below(patterns_.size())));
    }
  }

  // What pieces put together by chance hardly ever make.
  string whole_shape() {
    static const std::array<string, 7> kUnderscores = {"\\_", "\\\\_", "{\\_}", "\\u005f", "%5F", "=5F", "&#95;"};
    switch (random_.below(4)) {
      case 0: return "hf" + kUnderscores.at(random_.below(kUnderscores.size())) + random_.letters(28 + random_.below(4));
      case 1: return "eyJ" + random_.letters(10 + random_.below(60)) + ".";
      case 2: return "token\t" + random_.letters(127 + random_.below(3));
      default: return random_.of(" ,:-", 1) + "68 66 5f 41" + random_.of(" ,:-", 1);
    }
  }

  // `hf_`, each byte in hexadecimal behind something that may or may not be a separator.
  string separated_bytes() {
    static const std::array<string, 12> kSeparators = {"\\x", ", 0x", "%", "\\u00", ";&#x", "\",\n \"0x",
                                                       " ",   ":",    "",  "-",     ",",    "  "};
    const string& before = kSeparators.at(random_.below(kSeparators.size()));
    const string& between = random_.below(4) == 0 ? kSeparators.at(random_.below(kSeparators.size())) : before;
    const string bytes = before + "68" + between + "66" + between + (random_.below(2) == 0 ? "5f" : "5F");
    return random_.below(4) == 0 ? changed(bytes) : bytes;
  }

  // With one bit of one byte the other way round.
  string changed(string literal) {
    char& byte = literal.at(random_.below(literal.size()));
    byte = static_cast<char>(byte ^ (1 << random_.below(8)));
    return literal;
  }

  RandomText& random_;
  std::vector<string> patterns_;
};

TEST(AnchorsDifferential, PatternsOfTheSourceAreRead) {
  RandomText random(1);
  EXPECT_GE(Vocabulary(random).size(), 32U);
}

TEST(AnchorsDifferential, RandomBytesAndAlphabets) {
  RandomText random(2);
  const std::array<string, 6> alphabets = {
      string(RandomText::kBase64), "hf_\"\\=\n5F%&#;x", "0123456789abcdefx\\%, 6885", "aGZfhmXoZl89GW", "hf_aA0",
      string("hf_\0a", 5)};
  std::size_t hits = 0;
  for (int round = 0; round < 3; ++round) {
    expect_same(random.bytes(1U << 20U));
    for (const string& alphabet : alphabets) hits += expect_same(random.of(alphabet, 100000));
  }
  EXPECT_GT(hits, 50U);
}

TEST(AnchorsDifferential, TextMadeOfTheLiterals) {
  RandomText random(3);
  Vocabulary vocabulary(random);
  std::array<std::size_t, 32> kinds{};
  for (int round = 0; round < 300; ++round) {
    const string text = vocabulary.text(2000);
    expect_same(text);
    if (HasFailure()) return;
    for (const Anchor& anchor : naive().find(text)) ++kinds.at(static_cast<std::size_t>(anchor.kind));
  }
  for (const test::NaiveAnchor& row : test::kNaiveAnchors)
    EXPECT_GT(kinds.at(static_cast<std::size_t>(row.kind)), 20U) << row.expression << " is hardly ever met";
}

TEST(AnchorsDifferential, EveryAlignmentAndEveryTail) {
  RandomText random(4);
  Vocabulary vocabulary(random);
  for (int round = 0; round < 4; ++round) {
    const string text = vocabulary.text(60);
    for (std::size_t cut = 0; cut < std::min<std::size_t>(text.size(), 130); ++cut) {
      expect_same(string_view(text).substr(cut));
      expect_same(string_view(text).substr(0, text.size() - cut));
      expect_same(string_view(text).substr(0, cut));
    }
  }
}

TEST(AnchorsDifferential, FilesOfThisProjectAndThisProgram) {
  std::size_t bytes = 0;
  for (const char* folder : {"src", "tests", "docs", "rules", "bench"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(string(HFSCAN_SOURCE_DIR "/") + folder)) {
      if (!entry.is_regular_file()) continue;
      const string content = read_file(entry.path());
      expect_same(content);
      bytes += content.size();
    }
  }
  EXPECT_GT(bytes, 500000U);
  const string program = read_file("/proc/self/exe");
  EXPECT_GT(program.size(), 500000U);
  expect_same(string_view(program).substr(0, std::size_t{16} << 20U));
}

}  // namespace
}  // namespace hfscan
