#include "rules/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/text.h"

namespace hfscan {
namespace {

std::string expanded(std::string_view text) {
  const Result<std::string> result = expand_fixture(text);
  return result.ok() ? *result : "error: " + result.error().message;
}

TEST(Fixture, TokenMacrosHaveTheirShape) {
  const std::vector<std::tuple<std::string, std::string, std::size_t>> shapes = {{"hf_token", "hf_", 34},
                                                                                 {"api_org_token", "api_org_", 34},
                                                                                 {"refresh_token", "hf_oauth__refresh_", 34},
                                                                                 {"app_secret", "oauth_app_secret_", 34},
                                                                                 {"app_token", "hf_app_", 32}};
  for (const auto& [macro, prefix, body] : shapes) {
    const std::string token = expanded("{{" + macro + ":a}}");
    EXPECT_TRUE(token.starts_with(prefix)) << macro;
    EXPECT_EQ(token.size(), prefix.size() + body) << macro;
    EXPECT_TRUE(std::all_of(token.begin() + static_cast<std::ptrdiff_t>(prefix.size()), token.end(), is_alnum_ascii));
  }
}

TEST(Fixture, SameNameGivesTheSameTokenAndAnotherNameAnother) {
  EXPECT_TRUE(expanded("{{hf_token:a}}") == expanded("{{hf_token:a}}"));
  EXPECT_FALSE(expanded("{{hf_token:a}}") == expanded("{{hf_token:b}}"));
}

TEST(Fixture, CountedMacros) {
  EXPECT_EQ(expanded("<{{repeat:ab:3}}>"), "<ababab>");
  EXPECT_EQ(expanded("{{repeat:a:b:2}}"), "a:ba:b");
  EXPECT_EQ(expanded("{{letters:x:43}}").size(), 43U);
  EXPECT_EQ(expanded("{{repeat:ab:0}}"), "");
}

TEST(Fixture, WebTokenHasItsPayloadBetweenHeaderAndSignature) {
  const std::string token = expanded("{{jwt:{\"exp\":1,\"a\":{\"b\":\"{{repeat:x:3}}\"}}}}");
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  EXPECT_TRUE(token.starts_with("eyJ"));
  EXPECT_EQ(base64_decode_lenient(token.substr(first + 1, second - first - 1)), R"({"exp":1,"a":{"b":"xxx"}})");
  EXPECT_EQ(token.size() - second - 1, 43U);
}

TEST(Fixture, EncodingsExpandWhatIsInside) {
  EXPECT_EQ(expanded("{{hex:ab}}"), "6162");
  EXPECT_EQ(expanded("{{b64:a=1}}"), base64_encode("a=1"));
  EXPECT_EQ(expanded("{{b64url:\xff\xfe\xff?}}").find_first_of("+/="), std::string::npos);
  EXPECT_EQ(expanded("{{b64:k={{hf_token:a}};}}"), base64_encode("k=" + expanded("{{hf_token:a}}") + ";"));
  EXPECT_EQ(expanded("{{b64:{{b64:x}}}}"), base64_encode(base64_encode("x")));
}

TEST(Fixture, ArgumentsMayHoldBraces) {
  EXPECT_EQ(expanded("{{b64:{\"a\":{\"b\":1}}}}"), base64_encode("{\"a\":{\"b\":1}}"));
  EXPECT_EQ(expanded("{{b64:{\"t\":\"{{letters:x:4}}\"}}}"), base64_encode("{\"t\":\"" + expanded("{{letters:x:4}}") + "\"}"));
  EXPECT_EQ(expanded("{\"t\": {{repeat:a:2}}}"), "{\"t\": aa}");
}

TEST(Fixture, EmptyMacroBreaksALiteralUp) { EXPECT_EQ(expanded("hf{{}}_x"), "hf_x"); }

TEST(Fixture, OtherBracesStayAsTheyAre) {
  for (const std::string_view text : {"${{ secrets.HF_TOKEN }}", "{{ x }}", "{{", "}}", "{{unknown:a}}", "a {{b64", "{}"})
    EXPECT_EQ(expanded(text), text);
  EXPECT_EQ(expanded("${{ x }} {{repeat:a:2}}"), "${{ x }} aa");
}

TEST(Fixture, WrongCountsAndTooDeepNestingAreErrors) {
  for (const std::string_view text :
       {"{{repeat:a}}", "{{repeat:a:x}}", "{{letters:a:}}", "{{letters:a:100001}}", "{{repeat:a:-1}}"})
    EXPECT_FALSE(expand_fixture(text).ok()) << text;
  std::string deep = "x";
  for (int i = 0; i < 12; ++i) deep = "{{b64:" + deep + "}}";
  EXPECT_FALSE(expand_fixture(deep).ok());
}

}  // namespace
}  // namespace hfscan
