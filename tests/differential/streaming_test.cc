// A blob that is read in windows gives what the whole bytes give: the same findings at the same places, wherever a window ends.
#include <gtest/gtest.h>

#include <array>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::RandomText;

#ifdef NDEBUG
constexpr std::size_t kStep = 1;
#else
constexpr std::size_t kStep = 19;  // of the shifts: every nineteenth
#endif

constexpr std::size_t kSize = Detector::kWholeBlob + (std::size_t{5} << 20U);
constexpr std::size_t kOverlap = std::size_t{64} * 1024;
constexpr std::size_t kWindow = std::size_t{4} << 20U;
// Where the findings of a window end, and where its bytes end.
constexpr std::array<std::size_t, 4> kEdges = {Detector::kWholeBlob - kOverlap, Detector::kWholeBlob,
                                               Detector::kWholeBlob - kOverlap + kWindow, Detector::kWholeBlob + kWindow};

BlobResult streamed(string_view bytes, std::uint64_t seed) {
  thread_local Detector::Scratch scratch;
  Item item;
  item.path = "file.txt";
  test::ChunkedContent content(bytes, std::size_t{1} << 20U, seed);
  return test::builtin_detector().scan(content, item, scratch);
}

enum class Compare { everything, all_but_excerpts };

// The number of findings.
std::size_t expect_same(string_view bytes, std::uint64_t seed, Compare compare) {
  const BlobResult whole = test::detect(bytes);
  const BlobResult windows = streamed(bytes, seed);
  EXPECT_EQ(windows.bytes, bytes.size());
  EXPECT_EQ(windows.look_alikes, whole.look_alikes);
  EXPECT_EQ(windows.findings.size(), whole.findings.size());
  for (std::size_t i = 0; i < std::min(whole.findings.size(), windows.findings.size()); ++i) {
    const Finding& a = whole.findings[i];
    const Finding& b = windows.findings[i];
    EXPECT_EQ(a.rule->id, b.rule->id);
    EXPECT_EQ(a.secret->id, b.secret->id);
    EXPECT_EQ(a.secret->encoding, b.secret->encoding);
    EXPECT_EQ(a.confidence, b.confidence);
    EXPECT_EQ(a.disposition, b.disposition);
    EXPECT_EQ(a.location.span, b.location.span);
    EXPECT_EQ(a.location.range, b.location.range);
    EXPECT_TRUE(compare == Compare::all_but_excerpts || a.excerpt.lines == b.excerpt.lines);
    if (::testing::Test::HasFailure()) break;
  }
  return whole.findings.size();
}

// Lines of 80 bytes, or none at all.
string background(string_view filler) {
  string text;
  text.reserve(kSize);
  while (text.size() + filler.size() <= kSize) text += filler;
  text.resize(kSize, '.');
  return text;
}

const string& lines() {
  static const string text = background(string(79, '.') + "\n");
  return text;
}

// `piece` again and again over every edge, the first at `shift` bytes further on: with shifts from 0 to the piece's length
// there is one that begins at every byte. How many were written.
template <typename Piece>
std::size_t plant(string& text, std::size_t reach, std::size_t shift, Piece piece) {
  std::size_t count = 0;
  for (const std::size_t edge : kEdges) {
    for (std::size_t at = edge - reach + shift; at < edge + reach; ++count) {
      const string one = piece();
      text.replace(at, one.size(), one);
      at += one.size();
    }
  }
  return count;
}

TEST(StreamingDifferential, TokenAtEveryOffsetAroundEveryEdge) {
  RandomText random(1);
  for (std::size_t shift = 0; shift < 38; shift += kStep) {
    string text = lines();
    const std::size_t count = plant(text, 400, shift, [&] { return " " + random.token(); });
    EXPECT_EQ(expect_same(text, shift, Compare::everything), count) << "shift " << shift;
  }
}

TEST(StreamingDifferential, Base64AtEveryOffsetAroundEveryEdge) {
  RandomText random(2);
  for (std::size_t shift = 0; shift < 58; shift += kStep) {
    string text = lines();
    const std::size_t count = plant(text, 300, shift, [&] { return "\n" + base64_encode("x=" + random.token()) + "\n"; });
    EXPECT_EQ(expect_same(text, shift, Compare::everything), count) << "shift " << shift;
  }
}

// One document of 9 kB in base64 lies over each edge, with a token every 200 bytes.
TEST(StreamingDifferential, LongBase64OverEveryEdge) {
  RandomText random(3);
  for (std::size_t shift = 0; shift < 4; ++shift) {
    string text = lines();
    plant(text, 6000, shift, [&] {
      string document;
      while (document.size() < 4500) document += random.of("ab \n", 160) + "\n" + random.token() + "\n";
      return "\n" + test::wrapped(base64_encode(document), 76, "\n") + "=\n";
    });
    EXPECT_GT(expect_same(text, shift, Compare::everything), 20U);
  }
}

TEST(StreamingDifferential, Utf16AtEveryOffsetAroundEveryEdge) {
  RandomText random(4);
  for (std::size_t shift = 0; shift < 80; shift += 2 * kStep) {
    string text = test::wide("\xef\xbb\xbf" + lines().substr(0, kSize / 2 - 1), 2, ByteOrder::little);
    const std::size_t count = plant(text, 800, shift, [&] { return test::wide(" " + random.token(), 2, ByteOrder::little); });
    EXPECT_EQ(expect_same(text, shift, Compare::everything), count) << "shift " << shift;
  }
}

string dressed(RandomText& random) {
  const string token = random.token();
  switch (random.below(9)) {
    case 0: return token + "\n";
    case 1: return "k: " + base64_encode(random.letters(random.below(50)) + " " + token) + "\n";
    case 2: return "k: " + base64_encode(base64_encode("=" + token)) + "\n";
    case 3: return hex_encode("=" + token) + "\n";
    case 4: return "\"" + token.substr(0, 12) + "\"\n    \"" + token.substr(12) + "\"\n";
    case 5: return string("\0X%\0\0\0", 6) + token + "q\x02" + string(3, '\0');
    case 6: return "'" + test::replaced(token, "_", "%5F") + "'\n";
    case 7: return string(1, '\0') + test::wide(token, 2, ByteOrder::big) + "\n";
    default: return "x = \"" + token + "\"  # hfscan:allow for a lesson\n";
  }
}

TEST(StreamingDifferential, EveryDressAroundEveryEdge) {
  RandomText random(5);
  for (std::size_t round = 0; round < 20; round += kStep) {
    string text = lines();
    const std::size_t count = plant(text, 4000, round, [&] { return dressed(random) + random.of("ab .\n", random.below(60)); });
    EXPECT_GT(expect_same(text, round, Compare::everything), count / 2);
  }
}

// One line of 21 MB: its excerpts depend on how much of it is at hand.
TEST(StreamingDifferential, EveryDressInOneLongLine) {
  RandomText random(6);
  for (std::size_t round = 0; round < 6; round += kStep) {
    string text = background("var a=1; ");
    const std::size_t count = plant(
        text, 4000, round, [&] { return test::replaced(dressed(random), "\n", " ") + random.of("ab .", random.below(60)); });
    EXPECT_GT(expect_same(text, round, Compare::all_but_excerpts), count / 2);
  }
}

TEST(StreamingDifferential, RandomTextInReadsOfRandomSizes) {
  RandomText random(7);
  for (std::size_t round = 0; round < 200; round += kStep) {
    string text;
    while (text.size() < 20000) text += dressed(random) + random.of("ab .\n\"\\", random.below(900));
    thread_local Detector::Scratch scratch;
    Item item;
    item.path = "file.txt";
    test::ChunkedContent content(text, 1 + random.below(300), round);
    const BlobResult pieces = test::builtin_detector().scan(content, item, scratch);
    const BlobResult whole = test::detect(text);
    ASSERT_EQ(pieces.findings.size(), whole.findings.size());
    for (std::size_t i = 0; i < whole.findings.size(); ++i) {
      EXPECT_EQ(pieces.findings[i].location.span, whole.findings[i].location.span);
      EXPECT_EQ(pieces.findings[i].secret->id, whole.findings[i].secret->id);
      EXPECT_EQ(pieces.findings[i].excerpt.lines, whole.findings[i].excerpt.lines);
    }
  }
}

}  // namespace
}  // namespace hfscan
