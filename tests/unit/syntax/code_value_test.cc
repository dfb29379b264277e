#include "syntax/code_value.h"

#include <gtest/gtest.h>

#include "code_support.h"
#include "syntax/bindings.h"

namespace hfscan {
namespace {

std::string view(std::string_view text, Language language) { return code_view(read_code(text, language), {0, text.size()}); }

// The value assigned first.
std::optional<MappedText> value(std::string_view text, Language language) {
  const CodeTree tree = read_code(text, language);
  return string_value(tree, assignments_of(tree).at(0).value);
}

TEST(StringValue, AdjacentAndAddedLiteralsAreJoined) {
  const std::string text = "t = ('hf_' \"ab\"  # c\n  + r'\\x' + b'\\x41')";
  const auto found = value(text, Language::python);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->text, "hf_ab\\xA");
  EXPECT_EQ(found->map.to_parent({1, 5}), (ByteSpan{text.find("f_"), text.find("b\"") + 1}));
  EXPECT_EQ(found->map.to_parent({7, 8}), (ByteSpan{text.find("\\x41"), text.find("\\x41") + 4}));
}

TEST(StringValue, AnythingElseIsNoValue) {
  EXPECT_FALSE(value("t = 'a' + b", Language::python).has_value());
  EXPECT_FALSE(value("t = f('a')", Language::python).has_value());
  EXPECT_FALSE(value("t = ", Language::python).has_value());
}

TEST(StringValue, EscapesOfEachLanguage) {
  EXPECT_EQ(value(R"(t = "\x41\u00e9\U0001F600\101\N{DASH}\q")", Language::python)->text,
            "A\xC3\xA9\xF0\x9F\x98\x80"
            "A\\N{DASH}\\q");
  EXPECT_EQ(value(R"(t = "\u{48}\x46\/\
z")",
                  Language::javascript)
                ->text,
            "HF/z");
  EXPECT_EQ(value(R"(t = "a\"b\n\u0041")", Language::hcl)->text, "a\"b\nA");
  EXPECT_EQ(value(R"(t = "\$X")", Language::groovy)->text, "$X");
  EXPECT_EQ(value(R"(t = 'C:\new')", Language::toml)->text, "C:\\new");
}

TEST(CodeView, PlainStringsAndCommentsAreBlanked) {
  EXPECT_EQ(view("run(['python', \"os.environ['X']\"], t)  # token\n", Language::python),
            "run(['      ', \"               \"], t)         \n");
}

TEST(CodeView, FieldsOfInterpolatedStringsStay) {
  EXPECT_EQ(view("f\"a {tok!r:>8} b {d['k']} {{x}}\" + t", Language::python), "f\"  {tok!r:>8}   {d[' ']}      \" + t");
  EXPECT_EQ(view("`a ${b + 'c' + `d${e}`} f`;", Language::javascript), "`  ${b + ' ' + ` ${e}`}  `;");
  EXPECT_EQ(view("sh \"a $T.x b\"", Language::groovy), "sh \"  $T.x  \"");
}

TEST(CodeView, LineEndsInStringsStay) { EXPECT_EQ(view("'''a\nb''' c", Language::python), "''' \n ''' c"); }

// A view of a span is that span of the whole view.
TEST(CodeView, AViewOfASpanIsASpanOfTheView) {
  test::RandomText random(21);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = test::random_source(random, 1 + random.below(30));
    for (const Language language : test::kCodeLanguages) {
      const CodeTree tree = read_code(text, language);
      const std::string whole = code_view(tree, {0, text.size()});
      const std::size_t begin = random.below(text.size() + 1);
      const std::size_t length = random.below(text.size() - begin + 1);
      ASSERT_EQ(code_view(tree, {begin, begin + length}), whole.substr(begin, length))
          << begin << "+" << length << ": " << text;
    }
  }
}

}  // namespace
}  // namespace hfscan
