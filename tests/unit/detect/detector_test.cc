#include "detect/detector.h"

#include <gtest/gtest.h>

#include <map>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::ChunkedContent;
using test::RandomText;

BlobResult stream(Content& content) {
  thread_local Detector::Scratch scratch;
  Item item;
  item.path = "file.txt";
  return test::builtin_detector().scan(content, item, scratch);
}

TEST(DetectorTest, OneFindingPerSecretAndLineWithTheBestLocation) {
  const std::string token = RandomText(1).token();
  const std::string text = "a = \"" + base64_encode(token) + "\", b = \"" + token + "\"\nc = \"" + token + "\"\n";
  const BlobResult result = test::detect(text);
  ASSERT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings[0].location.span.begin, text.find(token));
  EXPECT_EQ(result.findings[0].secret->encoding, "plain");
  EXPECT_EQ(result.findings[1].location.range.start.line, 2U);
}

TEST(DetectorTest, TwoSecretsOnOneLineAreTwoFindings) {
  RandomText random(2);
  EXPECT_EQ(test::detect(random.token() + " " + random.token() + "\n").findings.size(), 2U);
}

TEST(DetectorTest, LookAlikesAreCountedAndShownOnRequest) {
  const std::string text = "token = \"hf_" + std::string(34, 'x') + "\"\n";
  const BlobResult hidden = test::detect(text);
  EXPECT_TRUE(hidden.findings.empty());
  EXPECT_EQ(hidden.look_alikes, 1U);

  DetectorOptions options;
  options.look_alikes = true;
  const std::vector<const Rule*> rules = test::default_rules();
  Detector::Scratch scratch;
  const BlobResult shown = Detector(rules, options).scan_bytes(text, {}, scratch);
  ASSERT_EQ(shown.findings.size(), 1U);
  EXPECT_TRUE(shown.findings[0].look_alike);
  EXPECT_EQ(shown.findings[0].severity, Severity::note);
  EXPECT_EQ(shown.findings[0].confidence, Confidence::low);
}

TEST(DetectorTest, AllowedFindingsAreKeptWithTheirReason) {
  const BlobResult result = test::detect("x = \"" + RandomText(3).token() + "\"  # hfscan:allow lesson\n");
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].disposition, Disposition::ignored_inline);
  EXPECT_EQ(result.findings[0].justification, "hfscan:allow: lesson");
}

TEST(DetectorTest, EveryKernelGivesTheSameFindings) {
  RandomText random(4);
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += random.of("ab \n\"=", 50) + random.token() + "\n" + base64_encode("k=" + random.token()) + "\n";
  const std::vector<const Rule*> rules = test::default_rules();
  for (const AnchorKernel kernel : {AnchorKernel::scalar, AnchorKernel::ssse3, AnchorKernel::avx2, AnchorKernel::neon}) {
    if (!has_kernel(kernel)) continue;
    DetectorOptions options;
    options.kernel = kernel;
    Detector::Scratch scratch;
    EXPECT_EQ(Detector(rules, options).scan_bytes(text, {}, scratch).findings.size(), 100U);
  }
}

TEST(DetectorTest, ReadingInPiecesGivesWhatTheBytesGive) {
  RandomText random(5);
  for (int round = 0; round < 20; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += random.of("abc \n", random.below(3000)) + random.token() + "\n";
    const BlobResult whole = test::detect(text);
    ChunkedContent content(text, 1 + random.below(5000), static_cast<std::uint64_t>(round));
    const BlobResult pieces = stream(content);
    EXPECT_EQ(pieces.bytes, text.size());
    ASSERT_EQ(pieces.findings.size(), whole.findings.size());
    for (std::size_t i = 0; i < whole.findings.size(); ++i) {
      EXPECT_EQ(pieces.findings[i].location.range, whole.findings[i].location.range);
      EXPECT_EQ(pieces.findings[i].secret->id, whole.findings[i].secret->id);
    }
  }
}

// A blob of several windows. Its lines are of 100 bytes, with characters of two bytes in every other.
std::string large_text(std::size_t size) {
  const std::string lines =
      std::string(99, '.') + "\n" + std::string(59, '.') + test::replaced(std::string(20, '#'), "#", "\xc3\xa4") + "\n";
  std::string text;
  while (text.size() + lines.size() <= size) text += lines;
  text.resize(size, '.');
  return text;
}

// Where windows of a blob without holes end: the first holds kWholeBlob, each the overlap of 64 KiB.
constexpr std::size_t kFirstEdge = Detector::kWholeBlob - 64 * 1024;

void expect_tokens_in_large_blob(std::string text, const std::map<std::size_t, std::string>& tokens, std::uint64_t seed) {
  for (const auto& [at, token] : tokens) text.replace(at, token.size() + 2, " " + token + " ");
  const BlobResult whole = test::detect(text);
  ChunkedContent content(text, 1U << 20U, seed);
  const BlobResult result = stream(content);
  EXPECT_EQ(result.bytes, text.size());
  ASSERT_EQ(result.findings.size(), tokens.size());
  ASSERT_EQ(whole.findings.size(), tokens.size());
  for (std::size_t i = 0; i < whole.findings.size(); ++i) {
    EXPECT_EQ(result.findings[i].location.span, whole.findings[i].location.span);
    EXPECT_EQ(result.findings[i].location.range, whole.findings[i].location.range);
    EXPECT_EQ(result.findings[i].secret->id, whole.findings[i].secret->id);
    EXPECT_EQ(result.findings[i].excerpt.lines, whole.findings[i].excerpt.lines);
  }
}

// Tokens side by side around each edge: one that begins at it, before it, or lies across it.
TEST(DetectorTest, TokensAroundWindowEdgesAreFoundOnce) {
  RandomText random(6);
  const std::string text = large_text(Detector::kWholeBlob + (std::size_t{5} << 20U));
  for (const std::size_t shift : {0U, 1U, 20U}) {
    std::map<std::size_t, std::string> tokens;
    for (const std::size_t edge :
         {kFirstEdge - 64 * 1024, kFirstEdge, Detector::kWholeBlob, kFirstEdge + (std::size_t{4} << 20U)}) {
      for (std::size_t i = 0; i < 20; ++i) tokens[edge - shift - 1 + 41 * i - 10 * 41] = random.token();
    }
    expect_tokens_in_large_blob(text, tokens, shift);
  }
}

TEST(DetectorTest, HolesAreSteppedOverWithoutLosingTokensOrOffsets) {
  RandomText random(7);
  const std::string first = random.token();
  const std::string second = random.token();
  for (const std::uint64_t zeros : {std::uint64_t{4096}, std::uint64_t{1} << 40U}) {
    const std::string text = "a\nb=" + first + second + "\n";
    ChunkedContent content(text, 7, zeros);
    content.add_hole({4 + first.size(), zeros});
    const BlobResult result = stream(content);
    EXPECT_EQ(result.bytes, text.size() + zeros);
    ASSERT_EQ(result.findings.size(), 2U) << zeros;
    EXPECT_EQ(result.findings[0].location.span, (ByteSpan{4, 4 + first.size()}));
    EXPECT_EQ(result.findings[1].location.span.begin, 4 + first.size() + zeros);
    EXPECT_EQ(result.findings[1].location.range.start, (LineColumn{2, 3 + first.size() + zeros}));
  }
}

TEST(DetectorTest, ContentThatFailsKeepsWhatWasFound) {
  const std::string token = RandomText(8).token();
  const std::string small = "k=" + token + "\n" + std::string(1000, '.');
  const std::string large = "k=" + token + "\n" + large_text(Detector::kWholeBlob + 1000000);
  for (const std::string& text : {small, large}) {
    ChunkedContent content(text, 100000, 1);
    content.fail_at(text.size() - 10);
    const BlobResult result = stream(content);
    EXPECT_TRUE(test::finds(result, token));
    ASSERT_TRUE(result.unread);
    EXPECT_EQ(result.unread->message, "input/output error");
    EXPECT_EQ(result.bytes, text.size() - 10);
  }
}

TEST(DetectorTest, EmptyBlobAndBlobOfExactlyTheWholeSize) {
  ChunkedContent empty("", 1, 1);
  EXPECT_EQ(stream(empty).bytes, 0U);
  RandomText random(9);
  for (const std::size_t size : {Detector::kWholeBlob - 1, Detector::kWholeBlob, Detector::kWholeBlob + 1}) {
    std::string text = large_text(size);
    const std::string token = random.token();
    text.replace(size - token.size() - 1, token.size() + 1, " " + token);
    ChunkedContent content(text, 1U << 20U, size);
    const BlobResult result = stream(content);
    EXPECT_EQ(result.bytes, size);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].location.span.end, size);
  }
}

TEST(DetectorTest, LineHashesComeOnRequest) {
  DetectorOptions options;
  options.line_hashes = true;
  const std::vector<const Rule*> rules = test::default_rules();
  Detector::Scratch scratch;
  const BlobResult result = Detector(rules, options).scan_bytes("\nk=" + RandomText(10).token() + "\n", {}, scratch);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_TRUE(result.findings[0].line_hash.ends_with(":1"));
}

}  // namespace
}  // namespace hfscan
