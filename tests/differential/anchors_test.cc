// Every kernel of the anchor stage against a naive search with regular expressions: random bytes, text made of the literals
// themselves, every alignment and tail, and real files.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <sstream>

#include "differential/anchor_vocabulary.h"
#include "differential/naive_anchors.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::string;
using std::string_view;
using test::AnchorVocabulary;
using test::RandomText;
using test::read_file;

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

TEST(AnchorsDifferential, PatternsOfTheSourceAreRead) {
  RandomText random(1);
  EXPECT_GE(AnchorVocabulary(random).size(), 32U);
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
  AnchorVocabulary vocabulary(random);
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
  AnchorVocabulary vocabulary(random);
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
