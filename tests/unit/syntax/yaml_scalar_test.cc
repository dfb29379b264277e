#include "syntax/yaml_scalar.h"

#include <gtest/gtest.h>
#include <yaml.h>

#include <optional>

#include "support/random_text.h"
#include "syntax/yaml.h"

namespace hfscan {
namespace {

// The one scalar of a document whose root is `{k: SCALAR}` or a sequence of one item.
YamlNode value_of(const YamlTree& tree) { return tree.root().find("k"); }

std::string text_of(std::string_view yaml) { return value_of(parse_yaml(yaml)).text(); }

TEST(YamlScalar, EscapesOfDoubleQuotesAreUndone) {
  EXPECT_EQ(text_of(R"(k: "a\tb\x41\u00e9\U0001F600\"\\\/\N")"), "a\tbA\u00e9\U0001F600\"\\/\u0085");
  EXPECT_EQ(text_of("k: \"a\\\n   b\\\n\n  c\""), "ab\nc");
}

TEST(YamlScalar, SingleQuotesAreHalved) { EXPECT_EQ(text_of("k: 'it''s \\n'"), "it's \\n"); }

TEST(YamlScalar, LinesAreFolded) {
  EXPECT_EQ(text_of("k: a\n  b  \n\n  c\n"), "a b\nc");
  EXPECT_EQ(text_of("k: \"a \n  b\n\n\n  c\"\n"), "a b\n\nc");
  EXPECT_EQ(text_of("k: >\n  a\n  b\n\n  c\n    d\n  e\n"), "a b\nc\n  d\ne\n");
}

TEST(YamlScalar, LiteralKeepsLinesAndLosesIndentation) {
  EXPECT_EQ(text_of("k: |\n  a\n    b\n\n  c\n\n\n"), "a\n  b\n\nc\n");
  EXPECT_EQ(text_of("k: |-\r\n  a\r\n  b\r\n"), "a\nb");
  EXPECT_EQ(text_of("k: |+ # all\n  a\n\n"), "a\n\n");
  EXPECT_EQ(text_of("k: |2\n    a\n   b\n"), "  a\n b\n");
  EXPECT_EQ(text_of("k: |\n  a"), "a");
  EXPECT_EQ(text_of("k: |\n\n\n"), "");
}

TEST(YamlScalar, EveryByteOfAScriptKnowsItsPlace) {
  const std::string_view yaml = "jobs:\n  - run: |\n      echo \u00e9\n        two\n      three\n";
  const YamlTree tree = parse_yaml(yaml);
  const MappedText script = tree.root().find("jobs").items()[0].find("run").mapped();
  ASSERT_EQ(script.text, "echo \u00e9\n  two\nthree\n");
  for (std::size_t i = 0; i < script.text.size(); ++i)
    EXPECT_EQ(yaml.substr(static_cast<std::size_t>(script.map.to_parent({i, i + 1}).begin), 1), script.text.substr(i, 1));
}

TEST(YamlScalar, EscapeIsTakenBackAsAWhole) {
  const std::string_view yaml = R"(k: "a\x41b")";
  const YamlTree tree = parse_yaml(yaml);
  const MappedText text = value_of(tree).mapped();
  ASSERT_EQ(text.text, "aAb");
  EXPECT_EQ(text.map.to_parent({1, 2}), (ByteSpan{5, 9}));
  EXPECT_EQ(text.map.to_parent({2, 3}), (ByteSpan{9, 10}));
}

// The values of all scalars as libyaml has them, or nothing when it refuses the text.
std::optional<std::vector<std::string>> libyaml_values(std::string_view text) {
  yaml_parser_t parser;
  EXPECT_NE(yaml_parser_initialize(&parser), 0);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::vector<std::string> values;
  bool good = true;
  for (bool more = true; more && good;) {
    yaml_event_t event;
    good = yaml_parser_parse(&parser, &event) != 0;
    if (!good) break;
    if (event.type == YAML_SCALAR_EVENT)
      values.emplace_back(reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length);
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return good ? std::optional(values) : std::nullopt;
}

void append_scalars(const YamlNode& node, std::vector<std::string>& values) {
  if (node.is_scalar()) values.push_back(node.text());
  for (const YamlNode& item : node.items()) append_scalars(item, values);
  for (const YamlPair& pair : node.pairs()) {
    append_scalars(pair.key, values);
    append_scalars(pair.value, values);
  }
}

std::vector<std::string> our_values(const YamlTree& tree) {
  std::vector<std::string> values;
  for (const YamlNode& document : tree.documents()) append_scalars(document, values);
  return values;
}

std::string random_yaml(test::RandomText& random) {
  static constexpr std::string_view kPieces[] = {
      "a",  "b: ", "- ",  "\n",   "\n  ",     "\n    ",      " ",      "\"",    "'",     "|",    ">",       "|2",  "-",
      "+",  "\\",  "\\n", "# c",  "\t",       "\r\n",        "[",      "]",     "{",     "}",    ", ",      "&x ", "!t ",
      "? ", ": ",  "''",  "\n\n", "k: |\n  ", "k: >-\n    ", "k: \"a", "\\x41", "\\\n ", "--- ", "\n---\n", "   "};
  std::string text;
  for (std::size_t i = 2 + random.below(14); i > 0; --i) text += kPieces[random.below(std::size(kPieces))];
  return text;
}

TEST(YamlScalar, ValuesAreThoseOfLibyaml) {
  test::RandomText random(23);
  int compared = 0;
  for (int round = 0; round < 200000; ++round) {
    const std::string text = random_yaml(random);
    if (text.find("{{") != std::string::npos) continue;
    const std::optional<std::vector<std::string>> expected = libyaml_values(text);
    const YamlTree tree = parse_yaml(text);
    ASSERT_EQ(expected.has_value(), !tree.gave_up().has_value()) << testing::PrintToString(text);
    if (!expected) continue;
    ASSERT_EQ(our_values(tree), *expected) << testing::PrintToString(text);
    ++compared;
  }
  EXPECT_GT(compared, 20000);
}

}  // namespace
}  // namespace hfscan
