#include "remedy/clean_bytes.h"

#include <gmock/gmock.h>

#include "base/encoding.h"
#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RandomText;
using test::RewriteScene;
using ::testing::SizeIs;

class CleanBytes : public ::testing::Test {
 protected:
  CleanBytes() : search({{sha256(token), "hf_", token.size()}}) {
    survey.search = std::make_shared<TokenSearch>(search);
    survey.fillers = {filler_of(secret)};
  }
  RandomText random{11};
  std::string token = random.token();
  LeakedSecret secret = RewriteScene::leak_of(token);
  TokenSearch search;
  Survey survey;
};

TEST_F(CleanBytes, TokenInBase64KeepsItsNeighboursWhereverItStands) {
  const std::string replacement = replacement_of(*secret.known());
  for (std::size_t before = 0; before < 9; ++before) {
    for (std::size_t after = 0; after < 9; ++after) {
      const std::string head = random.bytes(before);
      const std::string tail = random.bytes(after);
      for (const bool url : {false, true}) {
        const std::string plain = cat(head, token, tail);
        const std::string text = url ? test::base64_url(plain) : base64_encode(plain);
        const auto edited = base64_edited(text, search);
        ASSERT_TRUE(edited);
        EXPECT_EQ(edited->size(), text.size());
        EXPECT_EQ(base64_decode_lenient(*edited), cat(head, replacement, tail));
      }
    }
  }
}

TEST_F(CleanBytes, PartOfBase64ThatBeginsAnywhereIsEdited) {
  const std::string text = base64_encode(cat("some words before it ", token, " and behind it"));
  for (std::size_t skip = 0; skip < 28; ++skip) {
    const auto edited = base64_edited(std::string_view(text).substr(skip), search);
    ASSERT_TRUE(edited) << skip;
    EXPECT_FALSE(search.holds_any(base64_decode_lenient(cat(text.substr(0, skip), *edited))));
  }
}

TEST_F(CleanBytes, WrappedLinesStayWrapped) {
  const std::string text = test::wrapped(base64_encode(cat("user:", token)), 20, "\r\n");
  const auto edited = base64_edited(text, search);
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->size(), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) EXPECT_EQ(text[i] == '\n', (*edited)[i] == '\n');
}

TEST_F(CleanBytes, OtherTextIsNoBase64) {
  EXPECT_FALSE(base64_edited("hello, world", search));
  EXPECT_FALSE(base64_edited(base64_encode("nothing in here"), search));
  EXPECT_FALSE(base64_edited("", search));
}

TEST_F(CleanBytes, EditIsMadeOnlyWhereTheBytesAreAsPlanned) {
  const std::string bytes = cat("x = \"", token.substr(0, 20), "\" +\n \"", token.substr(20), "\"");
  const DressedSpan span{{5, bytes.size() - 1}, secret.id};
  BadBlob blob{BadBlob::How::dressed, plan_edits(bytes, {span}, {secret.id}, search)};
  ASSERT_THAT(blob.edits, SizeIs(1));
  const auto clean = cleaned(bytes, {}, blob, survey);
  ASSERT_TRUE(clean);
  EXPECT_EQ(clean->size(), bytes.size());
  EXPECT_EQ(clean->substr(0, 42), cat("x = \"", replacement_of(*secret.known())));
  EXPECT_FALSE(cleaned("x" + bytes, {}, blob, survey));
  EXPECT_FALSE(cleaned("", {}, blob, survey));
}

TEST_F(CleanBytes, SpansOfOthersOutsideOrOverThePlainTokenAreNotPlanned) {
  const std::string bytes = cat(token, " and more");
  const std::vector<DressedSpan> spans = {{{0, 37}, secret.id},        {{38, 400}, secret.id}, {{40, 40}, secret.id},
                                          {{38, 41}, sha256("other")}, {{38, 41}, secret.id},  {{40, 44}, secret.id}};
  EXPECT_THAT(plan_edits(bytes, spans, {secret.id}, search), SizeIs(1));
}

TEST_F(CleanBytes, SecretWithoutAPrefixIsFilledAllTheSame) {
  secret.masked = "\u2026(20)";
  EXPECT_EQ(filled(filler_of(secret), 20), cat("REVOKED_", to_hex(secret.id).substr(0, 8), "____"));
  EXPECT_EQ(filled(filler_of(secret), 5), "REVOK");
}

}  // namespace
}  // namespace hfscan
