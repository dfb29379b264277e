#include "syntax/gha_expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "context:path" of each reference, and a check that its span is what it says.
std::vector<std::string> references(std::string_view text) {
  std::vector<std::string> found;
  for (const GhaReference& one : find_references(text)) found.push_back(one.context + ":" + one.path);
  return found;
}

std::string_view slice(std::string_view text, ByteSpan span) {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

TEST(GhaExpression, QuotedBracesDoNotClose) {
  const std::string_view text = "a ${{ format('}} it''s', x) }} b ${{y}} ${{ open";
  const std::vector<GhaExpression> found = find_expressions(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(slice(text, found[0].span), "${{ format('}} it''s', x) }}");
  EXPECT_EQ(slice(text, found[1].body), "y");
}

TEST(GhaExpression, SecretsAreFoundInEverySpelling) {
  EXPECT_THAT(references("${{ secrets.HF_TOKEN }}"), ElementsAre("secrets:HF_TOKEN"));
  EXPECT_THAT(references("${{secrets['HF_TOKEN']||vars.X}}"), ElementsAre("secrets:HF_TOKEN", "vars:X"));
  EXPECT_THAT(references("${{ Secrets . HF_TOKEN }}"), ElementsAre("secrets:HF_TOKEN"));
  EXPECT_THAT(references("${{ secrets[format('HF_{0}', matrix.x)] }}"), ElementsAre("secrets:*", "matrix:x"));
  EXPECT_THAT(references("${{ secrets['HF_' || env.y] }}"), ElementsAre("secrets:*", "env:y"));
  EXPECT_THAT(references("${{ toJSON(secrets) }} ${{ toJson( secrets.* ) }}"), ElementsAre("secrets:", "secrets:*"));
  EXPECT_THAT(references("${{ github.event.pull_request.head.ref && github.event['x'].y[*].z }}"),
              ElementsAre("github:event.pull_request.head.ref", "github:event.x.y.*.z"));
}

TEST(GhaExpression, WhatIsNoContextIsLeft) {
  EXPECT_THAT(references("${{ 'secrets.HF_TOKEN' }} secrets.A ${{ true && 3 == 0x1F && always() }}"), IsEmpty());
  EXPECT_THAT(references("${{ my.secrets.X }} ${{ a-secrets.X }}"), ElementsAre("my:secrets.X", "a-secrets:X"));
}

TEST(GhaExpression, SpanIsTheReference) {
  const std::string_view text = "${{ x.y || secrets . A && secrets[ 'B' ] }}";
  std::vector<std::string_view> found;
  for (const GhaReference& one : find_references(text)) found.push_back(slice(text, one.span));
  EXPECT_THAT(found, ElementsAre("x.y", "secrets . A", "secrets[ 'B' ]"));
  EXPECT_EQ(references_of_expression("!secrets.X", 10)[0].span, (ByteSpan{11, 20}));
}

TEST(GhaExpression, AnyTextGivesSpansInOrderWithinIt) {
  test::RandomText random(3);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = "${{" + random.of("secrets.['* ]()}{$", random.below(40)) + (round % 2 == 0 ? "}}" : "");
    std::uint64_t last = 0;
    for (const GhaReference& one : find_references(text)) {
      ASSERT_LE(last, one.span.begin) << text;
      ASSERT_LT(one.span.begin, one.span.end) << text;
      ASSERT_LE(one.span.end, text.size()) << text;
      last = one.span.begin + 1;
    }
  }
}

TEST(GhaExpression, MissingQuoteHidesNothing) {
  EXPECT_THAT(references("${{ format('{0}', vars.A) }} ${{ 'a }} ${{ secrets.X }}"), ElementsAre("vars:A", "secrets:X"));
}

TEST(GhaExpression, ManyOpeningsTakeNoTime) {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += "${{ '";
  EXPECT_LE(find_expressions(text).size(), 1U);
  EXPECT_LE(references_of_expression(text).size(), text.size());
}

}  // namespace
}  // namespace hfscan
