#include "base/mask.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hfscan {
namespace {

std::string body(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text.push_back(static_cast<char>('a' + i * 7 % 26));
  return text;
}

TEST(MaskTokenShapes, EveryKnownShapeIsReplacedWholly) {
  for (const std::string prefix : {"hf_", "hf_app_", "hf_oauth__refresh_", "oauth_app_secret_", "api_org_"}) {
    const std::string masked = mask_token_shapes("see " + prefix + body(34) + ", old");
    EXPECT_EQ(masked, "see " + prefix + "…(" + std::to_string(prefix.size() + 34) + "), old");
  }
}

TEST(MaskTokenShapes, WebTokenIsMaskedOverItsDots) {
  const std::string token = "hf_jwt_" + body(20) + "." + body(40) + "." + body(10) + "-_";
  EXPECT_EQ(mask_token_shapes(token + "!"), "hf_jwt_…(" + std::to_string(token.size()) + ")!");
}

TEST(MaskTokenShapes, TokensGluedTogetherAreAllGone) {
  for (const std::string prefix : {"hf_", "api_", "api_org_", "oauth_app_secret_"}) {
    const std::string token = "hf_" + body(34);
    EXPECT_EQ(mask_token_shapes(token + prefix + body(34)).find(body(10)), std::string::npos) << prefix;
  }
}

TEST(MaskTokenShapes, KeyIdsAndBareWebTokensAreMasked) {
  EXPECT_EQ(mask_token_shapes("id HFAK" + body(20) + "."), "id HFAK…(24).");
  const std::string web = "eyJ" + body(20) + "." + body(20) + "." + body(20);
  EXPECT_EQ(mask_token_shapes("jwt:" + web + " x"), "jwt:eyJ…(" + std::to_string(web.size()) + ") x");
  EXPECT_EQ(mask_token_shapes("eyJ" + body(40)), "eyJ" + body(40));
}

TEST(MaskTokenShapes, ValuesThatANameIntroducesAreMasked) {
  for (const std::string prefix : {"X-Webhook-Secret: ", "WEBHOOK_SECRET=", "?Signature=", "Cookie: token="}) {
    const std::string masked = mask_token_shapes(prefix + body(130) + "&x=1");
    EXPECT_EQ(masked.find(body(8)), std::string::npos) << prefix;
    EXPECT_NE(masked.find(")&x=1"), std::string::npos) << prefix;
  }
}

TEST(MaskTokenShapes, NamesAndPathsStayAsTheyAre) {
  for (const std::string text : {"docs/hf_hub_download_and_upload_files_of_a_repository.md", "hf_", "HF_TOKEN", "\xff\x00 x"}) {
    EXPECT_EQ(mask_token_shapes(text), text);
    EXPECT_FALSE(holds_token_shape(text));
  }
}

TEST(HoldsTokenShape, AgreesWithTheMask) {
  for (std::size_t length = 25; length < 40; ++length) {
    const std::string text = "x=hf_" + body(length) + ";";
    EXPECT_EQ(holds_token_shape(text), mask_token_shapes(text) != text) << length;
    EXPECT_EQ(holds_token_shape(text), length >= 30) << length;
  }
}

}  // namespace
}  // namespace hfscan
