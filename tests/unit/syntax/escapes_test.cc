#include "syntax/escapes.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

MappedText unescaped(std::string_view raw, EscapeDialect dialect) {
  MappedText out;
  append_unescaped(out, raw, 100, dialect);
  return out;
}

TEST(Escapes, EveryByteKnowsTheEscapeItComesFrom) {
  const MappedText out = unescaped(R"(a\n\u0041b)", EscapeDialect::json);
  EXPECT_EQ(out.text, "a\nAb");
  EXPECT_EQ(out.map.to_parent({0, 1}), (ByteSpan{100, 101}));
  EXPECT_EQ(out.map.to_parent({1, 2}), (ByteSpan{101, 103}));
  EXPECT_EQ(out.map.to_parent({2, 3}), (ByteSpan{103, 109}));
  EXPECT_EQ(out.map.to_parent({3, 4}), (ByteSpan{109, 110}));
}

TEST(Escapes, SurrogatesArePairedOrReplaced) {
  EXPECT_EQ(unescaped(R"(\ud83d\ude00\ud83d\u0041)", EscapeDialect::json).text,
            "\xF0\x9F\x98\x80\xEF\xBF\xBD"
            "A");
}

TEST(Escapes, UnknownAndTruncatedEscapesStay) {
  EXPECT_EQ(unescaped(R"(\q\u00\x)", EscapeDialect::python).text, R"(\q\u00\x)");
  EXPECT_EQ(unescaped("a\\", EscapeDialect::json).text, "a\\");
  EXPECT_EQ(unescaped(R"(\x41)", EscapeDialect::json).text, R"(\x41)");
  EXPECT_EQ(unescaped(R"(\u0041)", EscapeDialect::python_bytes).text, R"(\u0041)");
}

TEST(Escapes, ADoubledBackslashIsOne) { EXPECT_EQ(unescaped(R"(\\\\n)", EscapeDialect::python).text, R"(\\n)"); }

// Against the library that reads the program's own JSON.
TEST(Escapes, JsonIsUnescapedAsTheLibraryDoes) {
  test::RandomText random(31);
  const std::string_view pieces[] = {"\\n", "\\\\", "\\\"", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "a", "z",
                                     "\\t", "\\b",  "\\f",  "\\r", "n",       "u"};
  for (int round = 0; round < 500; ++round) {
    std::string raw;
    for (int i = 0; i < 12; ++i) raw += pieces[random.below(std::size(pieces))];
    const Result<Json> parsed = parse_json("\"" + raw + "\"", "test");
    ASSERT_TRUE(parsed.ok()) << raw;
    ASSERT_EQ(unescaped(raw, EscapeDialect::json).text, parsed.value().get<std::string>()) << raw;
  }
}

}  // namespace
}  // namespace hfscan
