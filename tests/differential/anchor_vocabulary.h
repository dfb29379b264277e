// Text in which every anchor and every near miss of one is frequent, made of the literals in the source of the anchor stage.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/random_text.h"

namespace hfscan::test {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// The patterns of the anchor stage, read from its source: a new literal stands in the texts below before anybody has thought of
// adding it here.
inline std::vector<std::string> source_patterns() {
  const std::string source = read_file(HFSCAN_SOURCE_DIR "/src/detect/anchor_table.inc");
  const std::regex row(R"-(\{(?:string_view\()?"((?:[^"\\]|\\.)*)"(?:, \d+\))?, AnchorKind)-");
  std::vector<std::string> patterns;
  for (std::sregex_iterator match(source.begin(), source.end(), row), end; match != end; ++match) {
    std::string pattern = (*match)[1];
    for (const auto& [escape, byte] : {std::pair(R"(\0)", std::string(1, '\0')), {R"(\\)", "\\"}, {R"(\")", "\""}})
      pattern = replaced(pattern, escape, byte);
    patterns.push_back(pattern);
  }
  return patterns;
}

// One of the byte strings that a pattern of the anchor stage stands for.
inline std::string one_of(RandomText& random, std::string_view pattern) {
  std::string out;
  while (!pattern.empty()) {
    if (pattern.front() != '[') {
      out.push_back(pattern.front());
      pattern.remove_prefix(1);
      continue;
    }
    const std::size_t end = pattern.find(']');
    std::string set;
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
class AnchorVocabulary {
 public:
  explicit AnchorVocabulary(RandomText& random) : random_(random), patterns_(source_patterns()) {}

  [[nodiscard]] std::size_t size() const { return patterns_.size(); }

  std::string text(std::size_t pieces) {
    std::string out;
    for (std::size_t i = 0; i < pieces; ++i) out += piece();
    return out;
  }

 private:
  std::string piece() {
    static const std::array<std::string, 43> kPieces = {
        "hf_", "hf",    "_",     "oauth_", "_refresh_", "jwt_",    "app_", "s3_",     "api_org_", "app_secret_", "HFAK",
        "\"",  "'",     "`",     "\\",     "=\n",       "=\r\n",   "=",    "\\_",     "{\\_}",    "%5F",         "%255f",
        "=5F", "&#95;", "&#x5f", ";",      "&lowbar;",  "\\u005f", "\\x",  "\\\\x5F", "68",       "66",          "5f",
        "5F",  "0x",    ", ",    "%",      "\\u00",     "68665",   "f",    "eyJ",     "-",        "&#x"};
    switch (random_.below(11)) {
      case 0: return random_.letters(random_.below(40));
      case 1: return random_.of("abcXYZ059", 28 + random_.below(5));
      case 2: return random_.of(RandomText::kBase64, random_.below(8));
      case 3: return wide("hf_" + random_.letters(27 + random_.below(6)), 2 + 2 * random_.below(2), ByteOrder::little);
      case 4: return std::string(random_.below(4), '\0');
      case 5: return separated_bytes();
      case 9: return whole_shape();
      case 6:
      case 7: return kPieces.at(random_.below(kPieces.size()));
      case 8: return changed(one_of(random_, patterns_.at(random_.below(patterns_.size()))));
      default: return one_of(random_, patterns_.at(random_.below(patterns_.size())));
    }
  }

  // What pieces put together by chance hardly ever make.
  std::string whole_shape() {
    static const std::array<std::string, 7> kUnderscores = {"\\_", "\\\\_", "{\\_}", "\\u005f", "%5F", "=5F", "&#95;"};
    switch (random_.below(4)) {
      case 0: return "hf" + kUnderscores.at(random_.below(kUnderscores.size())) + random_.letters(28 + random_.below(4));
      case 1: return "eyJ" + random_.letters(10 + random_.below(60)) + ".";
      case 2: return "token\t" + random_.letters(127 + random_.below(3));
      default: return random_.of(" ,:-", 1) + "68 66 5f 41" + random_.of(" ,:-", 1);
    }
  }

  // `hf_`, each byte in hexadecimal behind something that may or may not be a separator.
  std::string separated_bytes() {
    static const std::array<std::string, 12> kSeparators = {"\\x", ", 0x", "%", "\\u00", ";&#x", "\",\n \"0x",
                                                            " ",   ":",    "",  "-",     ",",    "  "};
    const std::string& before = kSeparators.at(random_.below(kSeparators.size()));
    const std::string& between = random_.below(4) == 0 ? kSeparators.at(random_.below(kSeparators.size())) : before;
    const std::string bytes = before + "68" + between + "66" + between + (random_.below(2) == 0 ? "5f" : "5F");
    return random_.below(4) == 0 ? changed(bytes) : bytes;
  }

  // With one bit of one byte the other way round.
  std::string changed(std::string literal) {
    char& byte = literal.at(random_.below(literal.size()));
    byte = static_cast<char>(byte ^ (1 << random_.below(8)));
    return literal;
  }

  RandomText& random_;
  std::vector<std::string> patterns_;
};

}  // namespace hfscan::test
