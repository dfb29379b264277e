#include "syntax/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kCompose = R"(# a stack
x-env: &env
  HF_TOKEN: ${HF_TOKEN}   # from the shell
  on: yes
services:
  tgi:
    image: "tgi:latest"
    environment:
      <<: *env
      MODEL: 'it''s'
    command: [--model, "m",]
  other: {environment: *env, ports: []}
)";

std::vector<std::string> texts(const std::vector<YamlNode>& nodes) {
  std::vector<std::string> texts;
  for (const YamlNode& node : nodes) texts.push_back(node.text());
  return texts;
}

std::vector<std::string> keys(const std::vector<YamlPair>& pairs) {
  std::vector<std::string> keys;
  for (const YamlPair& pair : pairs) keys.push_back(pair.key.text());
  return keys;
}

TEST(Yaml, NodesKnowWhereTheyAreWritten) {
  const YamlTree tree = parse_yaml(kCompose);
  ASSERT_FALSE(tree.gave_up());
  const YamlNode tgi = tree.root().at({"services", "tgi"});
  EXPECT_EQ(tgi.find("image").written(), "\"tgi:latest\"");
  EXPECT_EQ(tgi.find("image").text(), "tgi:latest");
  EXPECT_EQ(tgi.find("command").written(), "[--model, \"m\",]");
  EXPECT_EQ(tree.root().find("x-env").written(), "HF_TOKEN: ${HF_TOKEN}   # from the shell\n  on: yes");
  EXPECT_EQ(tree.root().find("x-env").pairs()[0].key.written(), "HF_TOKEN");
  EXPECT_THAT(texts(tgi.find("command").items()), ElementsAre("--model", "m"));
}

TEST(Yaml, NothingIsTakenForABoolean) {
  const YamlTree tree = parse_yaml("on: push\nyes: no\n~: null\n");
  EXPECT_EQ(tree.root().find("on").text(), "push");
  EXPECT_EQ(tree.root().find("yes").text(), "no");
  EXPECT_TRUE(tree.root().find("~").is_null());
  EXPECT_FALSE(tree.root().find("yes").is_null());
}

TEST(Yaml, AliasIsItsNodeAndKnowsItsPlace) {
  const YamlTree tree = parse_yaml(kCompose);
  const YamlNode environment = tree.root().at({"services", "other", "environment"});
  EXPECT_TRUE(environment.is_alias());
  EXPECT_EQ(environment.find("on").text(), "yes");
  EXPECT_EQ(kCompose.substr(static_cast<std::size_t>(environment.place().begin), 4), "*env");
  EXPECT_EQ(environment.span(), tree.root().find("x-env").span());
  EXPECT_EQ(environment.id(), tree.root().find("x-env").id());
}

TEST(Yaml, MergedMappingIsLookedThroughAndOverridden) {
  const YamlTree tree = parse_yaml("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2, <<: *a}\nc: {<<: [*b, *a], z: 3}\n");
  const YamlNode c = tree.root().find("c");
  EXPECT_EQ(c.find("x").text(), "1");
  EXPECT_EQ(c.find("y").text(), "2");
  EXPECT_EQ(c.find("z").text(), "3");
  EXPECT_THAT(keys(c.pairs()), ElementsAre("<<", "z"));
  EXPECT_THAT(keys(c.merged_pairs()), ElementsAre("z", "y", "z", "x", "y", "x", "y"));
}

TEST(Yaml, OfEqualKeysTheLastCounts) { EXPECT_EQ(parse_yaml("a: 1\na: 2\n").root().find("a").text(), "2"); }

TEST(Yaml, NoneAnswersEverything) {
  const YamlNode none = parse_yaml("a: 1").root().at({"b", "c"});
  EXPECT_FALSE(none);
  EXPECT_EQ(none.kind(), YamlKind::none);
  EXPECT_EQ(none.text(), "");
  EXPECT_EQ(none.mapped().text, "");
  EXPECT_THAT(none.items_or_self(), IsEmpty());
  EXPECT_EQ(none.child_count(), 0U);
  EXPECT_EQ(parse_yaml("a: *nowhere").root().find("a").kind(), YamlKind::none);
  EXPECT_FALSE(parse_yaml("").root());
}

TEST(Yaml, StringOrListOfStrings) {
  const YamlTree tree = parse_yaml("a: x\nb: [x, y]\nc:\n");
  EXPECT_THAT(texts(tree.root().find("a").items_or_self()), ElementsAre("x"));
  EXPECT_THAT(texts(tree.root().find("b").items_or_self()), ElementsAre("x", "y"));
  EXPECT_THAT(texts(tree.root().find("c").items_or_self()), IsEmpty());
}

TEST(Yaml, AnchorsAndTagsAreNoPartOfANode) {
  const YamlTree tree = parse_yaml("a: &x !!str  v\nb: !foo &y # c\n  k: 1\n&z c: !!binary |\n  YQ==\n");
  ASSERT_FALSE(tree.gave_up());
  EXPECT_EQ(tree.root().find("a").written(), "v");
  EXPECT_EQ(tree.root().find("b").written(), "k: 1");
  EXPECT_EQ(tree.root().find("c").text(), "YQ==\n");
}

TEST(Yaml, SeveralDocuments) {
  const YamlTree tree = parse_yaml("---\na: 1\n---\n- b\n...\n---\n");
  ASSERT_EQ(tree.documents().size(), 3U);
  EXPECT_EQ(tree.documents()[1].items()[0].text(), "b");
  EXPECT_TRUE(tree.documents()[2].is_null());
}

TEST(Yaml, AnyBytesKeepTheirPlace) {
  const std::string yaml = std::string("\xEF\xBB\xBF") + "k\xC3\xA9: \xE6\x97\xA5\xE6\x9C\xAC\nb\xFF: \"\x01" +
                           std::string(1, '\0') + "\xC2\x85\"\r\nz: 1\r\n";
  const YamlTree tree = parse_yaml(yaml);
  ASSERT_FALSE(tree.gave_up());
  EXPECT_EQ(tree.root().find("k\xC3\xA9").text(), "\xE6\x97\xA5\xE6\x9C\xAC");
  EXPECT_EQ(tree.root().find("b\xFF").text(), std::string("\x01\0\xC2\x85", 4));
  EXPECT_EQ(tree.root().find("z").span().begin, yaml.find("1\r"));
}

TEST(Yaml, WhatStoodBeforeAnErrorStays) {
  const std::string_view yaml = "a:\n  b: [1, {c: 2\n---\nd: 3\n---\n}\n---\ne: 4\n";
  const YamlTree tree = parse_yaml(yaml);
  ASSERT_TRUE(tree.gave_up());
  EXPECT_EQ(tree.gave_up()->offset, yaml.find("---"));
  EXPECT_EQ(tree.root().at({"a", "b"}).items()[1].find("c").text(), "2");
  EXPECT_EQ(tree.documents().back().find("e").text(), "4");
  EXPECT_EQ(tree.documents()[1].find("d").text(), "3");
}

TEST(Yaml, HelmTemplateIsReadAroundItsTags) {
  const std::string_view yaml =
      "{{- if .Values.on }}\nkind: Deployment\nmetadata:\n  labels:\n    {{- include \"x\" . | nindent 4 }}\nenv:\n"
      "  {{- range $k, $v := .Values.env }}\n  - name: {{ $k }}\n    value: {{ $v | quote }}\n  {{- end }}\n"
      "  - name: HF_TOKEN\n    value: {{ .Values.hfToken }}\n{{- end }}\n";
  const YamlTree tree = parse_yaml(yaml);
  ASSERT_FALSE(tree.gave_up()) << tree.gave_up()->reason;
  EXPECT_EQ(tree.root().find("kind").text(), "Deployment");
  const std::vector<YamlNode> env = tree.root().find("env").items();
  ASSERT_EQ(env.size(), 2U);
  EXPECT_EQ(env[0].find("value").text(), "{{ $v | quote }}");
  EXPECT_EQ(env[1].find("value").text(), "{{ .Values.hfToken }}");
  EXPECT_EQ(env[1].find("value").span().begin, yaml.find("{{ .Values.hfToken"));
}

TEST(Yaml, TagThatLooksLikeAMappingIsAScalar) {
  const YamlTree tree = parse_yaml("value: {{ .Values.token }}\nlist: [{{ a }}, b]\n");
  EXPECT_FALSE(tree.gave_up());
  EXPECT_EQ(tree.root().find("value").text(), "{{ .Values.token }}");
  EXPECT_EQ(parse_yaml("value: {a: {b: c}}").root().at({"value", "a", "b"}).text(), "c");
}

TEST(Yaml, ExpressionOfAWorkflowNeedsNoQuotes) {
  const YamlTree tree = parse_yaml("a: [${{ matrix.os }}, x]\nb: ${{ format('{0}: {1}', a, b) }}\nc: 'x ${{ y }}'\n");
  ASSERT_FALSE(tree.gave_up()) << tree.gave_up()->reason;
  EXPECT_EQ(tree.root().find("a").items()[0].text(), "${{ matrix.os }}");
  EXPECT_EQ(tree.root().find("b").text(), "${{ format('{0}: {1}', a, b) }}");
  EXPECT_EQ(tree.root().find("c").text(), "x ${{ y }}");
}

TEST(Yaml, ScriptInATemplateKeepsItsTags) {
  const YamlTree tree = parse_yaml("a: {{ b }}\nrun: |\n  one\n{{- if x }}\n  two {{ y }}\n{{- end }}\nk: 1\n");
  ASSERT_FALSE(tree.gave_up());
  EXPECT_EQ(tree.root().find("run").text(), "one\n{{- if x }}\ntwo {{ y }}\n");
  EXPECT_EQ(tree.root().find("k").text(), "1");
}

TEST(Yaml, LimitsStopTheReaderAndKeepTheRest) {
  const std::string brackets = "a: 1\nb: " + std::string(1U << 20U, '[');
  const YamlTree deep = parse_yaml(brackets);
  EXPECT_EQ(deep.root().find("a").text(), "1");
  EXPECT_THAT(deep.gave_up()->reason, HasSubstr("32 deep"));
  std::string block;
  for (int i = 0; i < 100000; ++i) block += "- ";
  EXPECT_THAT(parse_yaml(block).gave_up()->reason, HasSubstr("1000 deep"));
  std::string directives = "a: 1\n...\n";
  for (int i = 0; i < 50000; ++i) directives += "%TAG !a" + std::to_string(i) + "! x\n";
  const YamlTree tags = parse_yaml(directives);
  EXPECT_THAT(tags.gave_up()->reason, HasSubstr("%TAG"));
  EXPECT_EQ(tags.root().find("a").text(), "1");
}

TEST(Yaml, AliasBombCostsNothing) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 200; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 8; ++k) bomb += "*a" + std::to_string(i - 1) + ",";
    bomb += "]\n";
  }
  const YamlTree tree = parse_yaml(bomb);
  ASSERT_FALSE(tree.gave_up());
  EXPECT_LT(tree.node_count(), 200U * 10 + 2);
  EXPECT_EQ(tree.root().find("a199").items().size(), 8U);
}

TEST(Yaml, CircleIsSeenOneStepAtATime) {
  const YamlTree tree = parse_yaml("&a k: &b\n  self: *b\n  <<: *b\n");
  YamlNode node = tree.root().find("k");
  for (int i = 0; i < 100; ++i) node = node.find("self");
  EXPECT_EQ(node.id(), tree.root().find("k").id());
  EXPECT_FALSE(node.find("absent"));
}

TEST(Yaml, AliasShowsAtMostItsBounds) {
  const std::string yaml =
      "l: &l [" + test::replaced(std::string(1000, 'x'), "x", "1,") + "]\ns: &s " + std::string(20000, 'a') + "\nt: [*l, *s]\n";
  const YamlTree tree = parse_yaml(yaml);
  const std::vector<YamlNode> aliases = tree.root().find("t").items();
  EXPECT_EQ(tree.root().find("l").items().size(), 1000U);
  EXPECT_EQ(aliases[0].items().size(), kMaxYamlAliasedChildren);
  EXPECT_EQ(tree.root().find("s").text().size(), 20000U);
  EXPECT_EQ(aliases[1].text(), "");
}

TEST(Yaml, EveryMappingIsListedOnceWhereItIsWritten) {
  const YamlTree tree = parse_yaml("a: {b: &c {d: 1}}\n---\n- e: *c\n");
  std::vector<std::string> all;
  for (const YamlNode& mapping : tree.mappings()) all.push_back(mapping.pairs()[0].key.text());
  EXPECT_THAT(all, ElementsAre("a", "b", "d", "e"));
}

// Spans lie in the text, children in their parents, and scalars only say what stands in their span.
void expect_sound(std::string_view text, const YamlNode& parent, const YamlNode& node) {
  ASSERT_LE(node.place().begin, node.place().end);
  ASSERT_LE(node.place().end, text.size());
  ASSERT_TRUE(!parent || parent.place().contains(node.place())) << testing::PrintToString(text);
  if (node.is_alias()) return;
  const MappedText mapped = node.mapped();
  ASSERT_EQ(mapped.map.size(), mapped.text.size());
  ASSERT_EQ(mapped.text, node.text());
  ASSERT_TRUE(mapped.text.empty() || node.span().contains(mapped.map.to_parent({0, mapped.text.size()})));
}

TEST(Yaml, DamagedTextNeverGivesSpansOutsideIt) {
  test::RandomText random(5);
  const std::string base =
      std::string(kCompose) + "a: {{ b }}\nc: |2-\n    x\n   y\n--- >+\n q\n\n...\n? [k, {v: w}]\n: - \"z\\\n \\u00e9\"\n";
  for (int round = 0; round < 5000; ++round) {
    std::string text = base.substr(random.below(base.size()));
    for (std::size_t edits = random.below(6); edits > 0; --edits) {
      const std::size_t at = random.below(text.size());
      switch (random.below(3)) {
        case 0: text[at] = static_cast<char>(random.below(256)); break;
        case 1: text.erase(at, random.below(9)); break;
        default: text.insert(at, random.of("{}[]:-\n \"'|>&*!#%?\t\r", 1 + random.below(4))); break;
      }
      if (text.empty()) text = "x";
    }
    const YamlTree tree = parse_yaml(text);
    for (const YamlNode& document : tree.documents()) expect_sound(text, {}, document);
    for (const YamlNode& mapping : tree.mappings()) {
      for (const YamlPair& pair : mapping.pairs()) {
        expect_sound(text, mapping, pair.key);
        expect_sound(text, mapping, pair.value);
      }
    }
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace hfscan
