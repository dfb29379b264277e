#include "core/line_hash.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <random>

#include "base/utf.h"

namespace hfscan {
namespace {

using Hashes = std::vector<std::string>;

Hashes all_lines(std::string_view text, std::size_t count) {
  std::vector<std::uint64_t> lines(count);
  std::iota(lines.begin(), lines.end(), 1U);
  return line_hashes(text, lines);
}

// The same definition without a rolling window: drop what does not count, then evaluate the polynomial at each line's start.
class Direct {
 public:
  explicit Direct(std::string_view text) {
    std::string decoded = to_valid_utf8(text);
    for (std::size_t i = 0; i < decoded.size();) {
      const DecodedCharacter next = decode_utf8(decoded, i);
      const bool line_feed_of_crlf = next.value == '\n' && i > 0 && decoded[i - 1] == '\r';
      i += next.length;
      if (next.value == ' ' || next.value == '\t' || line_feed_of_crlf) continue;
      append(next.value == '\r' ? U'\n' : next.value);
    }
    units_.push_back(0xFFFF);
  }

  [[nodiscard]] Hashes hashes() const {
    Hashes result;
    std::map<std::uint64_t, int> count;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (i != 0 && units_[i - 1] != '\n') continue;
      const std::uint64_t hash = at(i);
      char text[40];
      std::snprintf(text, sizeof text, "%llx:%d", static_cast<unsigned long long>(hash), ++count[hash]);
      result.emplace_back(text);
    }
    return result;
  }

 private:
  void append(char32_t c) {
    if (c >= 0x10000) {
      units_.push_back(0xD800 + (c - 0x10000) / 0x400);
      units_.push_back(0xDC00 + (c - 0x10000) % 0x400);
    } else {
      units_.push_back(c);
    }
  }

  [[nodiscard]] std::uint64_t at(std::size_t start) const {
    std::uint64_t hash = 0;
    for (std::size_t i = start; i < start + 100; ++i) hash = hash * 37 + (i < units_.size() ? units_[i] : 0);
    return hash;
  }

  std::vector<std::uint64_t> units_;
};

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"a",
                                                   "b",
                                                   "x = 1",
                                                   " ",
                                                   "\t",
                                                   "\n",
                                                   "\n",
                                                   "\r",
                                                   "\r\n",
                                                   "\r\n\n",
                                                   "é",
                                                   "…",
                                                   "😀",
                                                   "\xF0\x9F",
                                                   "\xFF",
                                                   "\xC0\xAF",
                                                   "\xED\xA0\x80",
                                                   std::string(1, '\0'),
                                                   "\xEF\xBB\xBF",
                                                   "a line that is rather long, longer than most lines\n"};
  std::string text;
  const std::size_t pieces = random() % 120;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

struct Vector {
  std::string text;
  Hashes hashes;
};

std::vector<Vector> published_vectors() {
  return {
      {"", {"c129715d7a2bc9a3:1"}},
      {" a\nb\n  \t\tc\n d", {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
      {repeated("Lorem ipsum dolor sit amet.\n", 10),
       {"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5",
        "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
        "c129715d7a2bc9a3:1"}},
      {"x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
       {"e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1", "5c482a0f8b35ea28:1", "54517377da7028d2:1",
        "2c644846cb18d53e:1", "f1b89f20de0d133:1", "c129715d7a2bc9a3:1"}},
      {"TOKEN = \"x\"\r\nb\rc\n", {"2459952a46e685e8:1", "9ed7939040abc6c0:1", "3791504be0bd17cc:1", "c129715d7a2bc9a3:1"}},
      {"é😀\nz\n", {"b0f264d6f8c228fb:1", "95de0951c928fa27:1", "c129715d7a2bc9a3:1"}},
  };
}

TEST(LineHash, PublishedVectorsAreMet) {
  for (const Vector& vector : published_vectors()) {
    EXPECT_EQ(all_lines(vector.text, vector.hashes.size()), vector.hashes) << vector.text;
    EXPECT_EQ(Direct(vector.text).hashes(), vector.hashes) << "the second implementation, on: " << vector.text;
  }
}

TEST(LineHash, TwoImplementationsAgreeOnRandomText) {
  std::mt19937 random(20240501);  // NOLINT: the same texts in every run
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_text(random);
    const Hashes expected = Direct(text).hashes();
    ASSERT_EQ(all_lines(text, expected.size()), expected) << "round " << round;
  }
}

TEST(LineHash, AnySelectionInAnyOrderGivesWhatAllLinesGive) {
  std::mt19937 random(7);  // NOLINT: the same texts in every run
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_text(random) + repeated("same\n", 3);
    const Hashes all = Direct(text).hashes();
    std::vector<std::uint64_t> wanted;
    Hashes expected;
    for (std::size_t i = 0; i < 6; ++i) {
      wanted.push_back(1 + random() % all.size());
      expected.push_back(all[wanted.back() - 1]);
    }
    ASSERT_EQ(line_hashes(text, wanted), expected) << "round " << round;
  }
}

TEST(LineHash, LineThatTheTextDoesNotHaveIsEmpty) {
  const std::vector<std::uint64_t> lines = {0, 1, 3, 9};
  const Hashes hashes = line_hashes("a\nb", lines);
  EXPECT_EQ(hashes[0], "");
  EXPECT_NE(hashes[1], "");
  EXPECT_EQ(hashes[2], "");
  EXPECT_EQ(hashes[3], "");
}

TEST(LineHash, MovingALineKeepsItsHash) {
  const std::string line = "token = load()\n" + std::string(120, 'z');
  const std::vector<std::uint64_t> first = {1};
  const std::vector<std::uint64_t> third = {3};
  EXPECT_EQ(line_hashes(line, first), line_hashes("import os\n\n" + line, third));
}

}  // namespace
}  // namespace hfscan
