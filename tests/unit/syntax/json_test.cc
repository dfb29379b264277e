#include "syntax/json.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/json.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

std::string_view spelled(const JsonTree& tree, std::uint32_t node) {
  return tree.text.substr(tree.nodes[node].begin, tree.nodes[node].end - tree.nodes[node].begin);
}

TEST(JsonTree, MembersAreFoundWithTheirPlaces) {
  const std::string text = R"({"operation": "run", "args": {"env": {"HF_\u0054OKEN": "${HF_TOKEN}"}, "x": [1, true, null]}})";
  const JsonTree tree = read_json(text);
  ASSERT_FALSE(tree.gave_up);
  const std::uint32_t args = tree.member(tree.root(), "args");
  const std::uint32_t token = tree.member(tree.member(args, "env"), "HF_TOKEN");
  ASSERT_NE(token, kNoJson);
  EXPECT_EQ(tree.value(token).text, "${HF_TOKEN}");
  EXPECT_EQ(spelled(tree, token), "\"${HF_TOKEN}\"");
  EXPECT_EQ(text.substr(tree.nodes[token].key_begin, tree.nodes[token].key_span().size()), "\"HF_\\u0054OKEN\"");
  EXPECT_EQ(tree.value(token).map.to_parent({2, 4}), (ByteSpan{text.find("HF_TOKEN}"), text.find("HF_TOKEN}") + 2}));
  EXPECT_EQ(spelled(tree, tree.member(args, "x")), "[1, true, null]");
  EXPECT_EQ(tree.nodes[token].parent, tree.member(args, "env"));
  EXPECT_EQ(tree.member(token, "no"), kNoJson);
  EXPECT_EQ(tree.member(kNoJson, "no"), kNoJson);
}

TEST(JsonTree, CommentsAndTrailingCommasAreTolerated) {
  const JsonTree tree = read_json("\xEF\xBB\xBF// settings\n{\n  /* a */ \"a\": 1, // b\n  \"b\": [1, 2,],\r\n}\n");
  EXPECT_FALSE(tree.gave_up);
  EXPECT_EQ(tree.value(tree.member(tree.root(), "a")).text, "1");
}

TEST(JsonTree, LinesOfJsonAreSeveralDocuments) {
  const JsonTree tree = read_json("{\"a\": 1}\n{\"a\": 2}\n\n3\n");
  EXPECT_FALSE(tree.gave_up);
  const std::uint32_t second = tree.next(tree.root());
  EXPECT_EQ(tree.value(tree.member(second, "a")).text, "2");
  EXPECT_EQ(tree.value(tree.next(second)).text, "3");
  EXPECT_EQ(tree.next(tree.next(second)), kNoJson);
}

TEST(JsonTree, TheLastOfTwoEqualKeysCounts) {
  const JsonTree tree = read_json(R"({"a": 1, "a": 2})");
  EXPECT_EQ(tree.value(tree.member(0, "a")).text, "2");
}

TEST(JsonTree, WhatWasReadBeforeAnErrorStands) {
  const std::string text = R"({"a": "x", "b": {"c": 1 "d": 2}})";
  const JsonTree tree = read_json(text);
  ASSERT_TRUE(tree.gave_up);
  EXPECT_EQ(tree.gave_up->offset, text.find("\"d\""));
  EXPECT_EQ(tree.value(tree.member(0, "a")).text, "x");
  EXPECT_EQ(tree.value(tree.member(tree.member(0, "b"), "c")).text, "1");
  EXPECT_EQ(tree.nodes[0].end, tree.gave_up->offset);
}

TEST(JsonTree, AStringWithoutAnEndKeepsItsText) {
  for (const std::string text : {"[\"ab", "[\"ab\\\"", "[\"ab\\\\\\\"", "[\"", "[\"ab\n\"]"}) {
    const JsonTree tree = read_json(text);
    ASSERT_TRUE(tree.gave_up) << text;
    ASSERT_EQ(tree.nodes.size(), 2U);
  }
  EXPECT_EQ(read_json("[\"ab\\\"").value(1).text, "ab\"");
  EXPECT_EQ(read_json("[\"ab\\\\").value(1).text, "ab\\");
  EXPECT_EQ(read_json("[\"").value(1).text, "");
}

TEST(JsonTree, EmptyTextHasNoRootAndNoError) {
  EXPECT_EQ(read_json(" \n").root(), kNoJson);
  EXPECT_FALSE(read_json("// x").gave_up);
}

TEST(JsonTree, DeepNestingIsReadWithoutRecursion) {
  constexpr std::size_t kDepth = 1'000'000;
  const JsonTree open = read_json(std::string(kDepth, '['));
  EXPECT_EQ(open.nodes.size(), kDepth);
  EXPECT_TRUE(open.gave_up);
  EXPECT_FALSE(read_json(std::string(kDepth, '[') + std::string(kDepth, ']')).gave_up);
}

TEST(JsonTree, MoreValuesThanTheLimitAreSaid) {
  const JsonTree tree = read_json(std::string(kMaxJsonNodes + 5, '['));
  ASSERT_TRUE(tree.gave_up);
  EXPECT_EQ(tree.nodes.size(), kMaxJsonNodes);
}

Json as_library_value(const JsonTree& tree, std::uint32_t node) {
  switch (tree.nodes[node].kind) {
    case JsonKind::string: return tree.value(node).text;
    case JsonKind::literal: return parse_json(tree.value(node).text, "test").value();
    case JsonKind::array: {
      Json array = Json::array();
      for (std::uint32_t i = tree.first_child(node); i != kNoJson; i = tree.next(i)) array.push_back(as_library_value(tree, i));
      return array;
    }
    case JsonKind::object: break;
  }
  Json object = Json::object();
  for (std::uint32_t i = tree.first_child(node); i != kNoJson; i = tree.next(i))
    object[tree.key(i).text] = as_library_value(tree, i);
  return object;
}

// Well-formed or not by accident: where the library reads it, so do we, and the same.
TEST(JsonTree, AgreesWithTheLibrary) {
  test::RandomText random(41);
  const std::string_view pieces[] = {"{",        "}",  "[",      "]",    ",",    ":", "\"a\"",
                                     "\"b\\n\"", "1",  "-2.5e3", "true", "null", " ", "\"\\u00e9\":",
                                     "{}",       "[]", "\"k\": "};
  int agreed = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string text;
    const std::size_t count = 1 + random.below(7);
    for (std::size_t i = 0; i < count; ++i) text += pieces[random.below(std::size(pieces))];
    const JsonTree tree = read_json(text);
    for (const JsonNode& node : tree.nodes) {
      ASSERT_LE(node.begin, node.end);
      ASSERT_LE(node.end, text.size());
      ASSERT_LE(node.key_end, text.size());
    }
    const Result<Json> expected = parse_json(text, "test");
    if (!expected.ok()) continue;
    ++agreed;
    ASSERT_FALSE(tree.gave_up) << text;
    ASSERT_EQ(as_library_value(tree, 0), expected.value()) << text;
  }
  EXPECT_GT(agreed, 5000);
}

}  // namespace
}  // namespace hfscan
