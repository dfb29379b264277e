#include "detect/text_layer.h"

#include <gtest/gtest.h>

#include <tuple>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

ByteSpan span_of(std::string_view text, std::string_view part) {
  const std::size_t at = text.find(part);
  return {at, at + part.size()};
}

TEST(TextLayerTest, LinesAndColumnsCountBytesAndUtf16Units) {
  const std::string text = "one\r\ntwo \xc3\xa4\xf0\x9f\x98\x80 HIT\n";
  const TextLayer layer(text, TextEncoding::bytes, {});
  const TextRange range = layer.range_of(span_of(text, "HIT"));
  EXPECT_EQ(range.start, (LineColumn{2, 12}));
  EXPECT_EQ(range.end, (LineColumn{2, 15}));
  EXPECT_EQ(range.utf16_start_column, 9U);
  EXPECT_EQ(range.utf16_end_column, 12U);
  EXPECT_STREQ(layer.encoding_name(), "plain");
}

TEST(TextLayerTest, HitMayReachOverSeveralLines) {
  const std::string text = "a\nbcHIT\nIT de\n";
  const TextLayer layer(text, TextEncoding::bytes, {});
  const TextRange range = layer.range_of(span_of(text, "HIT\nIT"));
  EXPECT_EQ(range.start, (LineColumn{2, 3}));
  EXPECT_EQ(range.end, (LineColumn{3, 3}));
}

TEST(TextLayerTest, ByteOrderMarkHasNoUtf16Column) {
  const std::string text = "\xef\xbb\xbfk=HIT\nk=HIT2";
  const TextLayer layer(text, TextEncoding::bytes, {});
  EXPECT_EQ(layer.range_of(span_of(text, "HIT")).utf16_start_column, 3U);
  EXPECT_EQ(layer.range_of(span_of(text, "HIT2")).utf16_start_column, 3U);
}

TEST(TextLayerTest, WideTextHasColumnsOfItsStoredBytes) {
  const std::string utf8 = "\xef\xbb\xbfone\r\n\xf0\x9f\x98\x80 HIT\r\n";
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    const std::string raw = test::wide(utf8, 2, order);
    const TextLayer layer(raw, order == ByteOrder::little ? TextEncoding::utf16_little : TextEncoding::utf16_big, {});
    ASSERT_EQ(layer.text(), utf8);
    const ByteSpan hit = span_of(utf8, "HIT");
    const TextRange range = layer.range_of(hit);
    EXPECT_EQ(range.start, (LineColumn{2, 7}));
    EXPECT_EQ(range.end, (LineColumn{2, 13}));
    EXPECT_EQ(range.utf16_start_column, 4U);
    EXPECT_EQ(layer.blob_span_of(hit), (ByteSpan{18, 24}));
    EXPECT_EQ(layer.from_raw(layer.to_raw(hit)), hit);
  }
}

TEST(TextLayerTest, EndOfAWideTextAfterItsLastLineFeedIsTheNextLine) {
  const std::string raw = test::wide("ab\n", 2, ByteOrder::little);
  const TextLayer layer(raw, TextEncoding::utf16_little, {});
  EXPECT_EQ(layer.range_of({0, 3}).end, (LineColumn{2, 1}));
}

TEST(TextLayerTest, LinesHaveBoundsWithoutTheirLineFeed) {
  const std::string text = "ab\n\ncd";
  const TextLayer layer(text, TextEncoding::bytes, {});
  for (const auto& [offset, begin, end] :
       {std::tuple{0U, 0U, 2U}, {2U, 0U, 2U}, {3U, 3U, 3U}, {5U, 4U, 6U}, {6U, 4U, 6U}, {1U, 0U, 2U}}) {
    EXPECT_EQ(layer.line_begin(offset), begin) << offset;
    EXPECT_EQ(layer.line_end(offset), end) << offset;
  }
}

// A text of all kinds of lines and characters with marks `!` to ask for.
std::string marked_text(RandomText& random, std::size_t pieces) {
  static constexpr std::array<std::string_view, 9> kPieces = {
      "!", "!", "abc", "\n", "\r\n", "\xc3\xa4", "\xe4\xbb\xa4", "\xf0\x9f\x98\x80", " "};
  std::string text = random.below(2) == 0 ? "\xef\xbb\xbf" : "";
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces.at(random.below(random.below(2) == 0 ? kPieces.size() : 3));
  return text;
}

// Asks for every mark in ascending order, or in random order.
void expect_same_positions(const TextLayer& whole, const TextLayer& window, std::uint64_t offset, RandomText& random) {
  for (std::size_t i = 0; i < window.text().size(); ++i) {
    const std::size_t at = random.below(4) == 0 ? random.below(window.text().size()) : i;
    if (window.text()[at] != '!') continue;
    const ByteSpan raw = window.to_raw({at, at + 1});
    const ByteSpan in_whole = whole.from_raw({offset + raw.begin, offset + raw.end});
    ASSERT_EQ(whole.text().at(in_whole.begin), '!');
    ASSERT_EQ(window.blob_span_of({at, at + 1}), (whole.blob_span_of(in_whole)));
    const TextRange expected = whole.range_of(in_whole);
    const TextRange range = window.range_of({at, at + 1});
    ASSERT_EQ(range.start, expected.start);
    ASSERT_EQ(range.end, expected.end);
    ASSERT_EQ(range.utf16_start_column, expected.utf16_start_column) << "at " << at << " of a window at " << offset;
    ASSERT_EQ(range.utf16_end_column, expected.utf16_end_column);
  }
}

void check_windows(const std::string& raw, TextEncoding encoding, RandomText& random) {
  const TextLayer whole(raw, encoding, {});
  WindowStart start;
  while (start.offset + 8 < raw.size()) {
    const TextLayer window(std::string_view(raw).substr(start.offset), encoding, start);
    expect_same_positions(whole, window, start.offset, random);
    if (testing::Test::HasFatalFailure()) return;
    start = window.start_after(4 * (1 + random.below(4)));
  }
}

TEST(TextLayerTest, PositionsThroughWindowsAreThoseOfTheWholeText) {
  RandomText random(1);
  for (int round = 0; round < 300 && !testing::Test::HasFatalFailure(); ++round) {
    const std::string utf8 = marked_text(random, 60);
    check_windows(utf8, TextEncoding::bytes, random);
    check_windows(test::wide(utf8, 2, ByteOrder::little), TextEncoding::utf16_little, random);
    check_windows(test::wide(utf8, 2, ByteOrder::big), TextEncoding::utf16_big, random);
    check_windows(test::wide(utf8, 4, ByteOrder::little), TextEncoding::utf32_little, random);
  }
}

TEST(TextLayerTest, PositionsDoNotDependOnTheOrderOfTheQuestions) {
  RandomText random(2);
  for (int round = 0; round < 100; ++round) {
    const std::string text = marked_text(random, 60);
    const TextLayer used(text, TextEncoding::bytes, {});
    for (int i = 0; i < 60; ++i) {
      const std::size_t at = text.find('!', random.below(text.size()));
      if (at == std::string::npos) continue;
      const TextLayer fresh(text, TextEncoding::bytes, {});
      ASSERT_EQ(used.range_of({at, at + 1}), fresh.range_of({at, at + 1}));
    }
  }
}

}  // namespace
}  // namespace hfscan
