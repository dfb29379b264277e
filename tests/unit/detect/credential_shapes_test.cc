// Every credential shape through the real detector with the built-in rules: which rule reports it, how severe, in which words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "base/text.h"
#include "detect/plausibility.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;
using testing::HasSubstr;
using testing::Not;

std::string jwt(std::string_view payload) {
  return test::base64_url(R"({"alg":"EdDSA"})") + "." + test::base64_url(payload) + "." + RandomText(99).letters(43);
}

// "HF1001/error HF1009/warning", in the order of the places.
std::string rules_of(const BlobResult& result) {
  std::string text;
  for (const Finding& finding : result.findings)
    text += cat(text.empty() ? "" : " ", finding.rule->id, "/", to_string(finding.severity));
  return text;
}
std::string rules_for(std::string_view text, std::string path = "a.txt") {
  return rules_of(test::detect(text, std::move(path)));
}

std::string message_of(std::string_view text) {
  const BlobResult result = test::detect(text);
  return result.findings.size() == 1 ? result.findings[0].message : "not one finding";
}

// The shapes that Hugging Face's own log redactor knows (hf-mcp-server, hf-dataset-transport), and what it knows to be none.
TEST(CredentialShapes, TheSevenPublishedShapesAreFound) {
  RandomText random(1);
  const std::string web = random.letters(30) + "." + random.letters(60) + "." + random.letters(43);
  const std::array<std::pair<std::string, const char*>, 7> shapes = {
      {{"hf_" + random.letters(34), "HF1001/error"},
       {"hf_oauth_" + web, "HF1009/error"},
       {"hf_jwt_" + web, "HF1009/error"},
       {"hf_s3_" + web, "HF1011/error"},
       {"hf_oauth__refresh_" + random.letters(34), "HF1015/error"},
       {"hf_app_" + random.letters(32), "HF1012/error"},
       {"oauth_app_secret_" + random.letters(34), "HF1010/error"}}};
  for (const auto& [secret, rule] : shapes) {
    const BlobResult result = test::detect("value " + secret + " end\n");
    EXPECT_EQ(rules_of(result), rule);
    EXPECT_TRUE(test::finds(result, secret)) << rule;
  }
}

TEST(CredentialShapes, PublishedIdentifiersAndALongerBodyAreNone) {
  for (const std::string_view name : {"hf_sandbox", "hf_sandbox_exec", "hf_sandbox_fs", "hf_semantic_search", "hf_oauth_config",
                                      "hf_jwt_debug", "hf_s3_client"}) {
    EXPECT_EQ(rules_for(cat("call ", name, "(x)\n")), "") << name;
  }
  EXPECT_EQ(rules_for("value hf_" + RandomText(2).letters(35) + " end\n"), "");
}

TEST(OAuthAccessToken, SeverityFollowsItsScopes) {
  const auto with_scopes = [](std::string_view scopes) {
    return "hf_oauth_" + jwt(cat("{\"scope\":\"", scopes, "\"}")) + "\n";
  };
  EXPECT_EQ(rules_for(with_scopes("openid profile read-repos")), "HF1013/warning");
  EXPECT_EQ(rules_for(with_scopes("openid write-repos")), "HF1013/error");
  EXPECT_EQ(rules_for(with_scopes("manage-repos")), "HF1013/error");
  EXPECT_EQ(rules_for(with_scopes("something-new")), "HF1013/error");
  EXPECT_EQ(rules_for("hf_oauth_" + jwt(R"({"sub":"x"})") + "\n"), "HF1013/error");
}

TEST(OAuthAccessToken, MessageNamesScopesAudienceAndTheInstantItEnds) {
  const std::string token =
      "hf_oauth_" + jwt(R"({"sub":"jane","scope":["openid","write-repos"],"aud":"app-7","iat":0,"exp":28800})");
  const BlobResult result = test::detect("t=" + token + "\n");
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].message,
            "Hugging Face OAuth access token in plain text: write scopes write-repos; read scopes openid; audience app-7; "
            "valid for 8 h; expires 1970-01-01T08:00:00Z");
  EXPECT_EQ(result.findings[0].expires, 28800);
}

TEST(ShortLivedToken, PermissionsAndExpiryAreSaidAndSeverityStays) {
  const std::string token = "hf_jwt_" + jwt(R"({"permissions":{"repo.content.read":true},"iat":0,"exp":3600})");
  EXPECT_EQ(rules_for("t=" + token + "\n"), "HF1014/warning");
  EXPECT_THAT(message_of("t=" + token + "\n"), HasSubstr("read permissions repo.content.read; valid for 1 h; expires 1970"));
}

TEST(ShortLivedToken, BareWebTokensCountByNameOnly) {
  const std::string token = jwt(R"({"exp":3600})");
  EXPECT_EQ(rules_for("Authorization: Bearer jwt:" + token + "\n"), "HF1014/warning");
  EXPECT_EQ(rules_for("\"x-xet-access-token\": \"" + token + "\"\n"), "HF1014/warning");
  EXPECT_EQ(rules_for("# dataset-viewer\nX-Api-Key: " + token + "\n"), "HF1014/warning");
  EXPECT_EQ(rules_for("GET /api/models/a/b/xet-write-token/main\n{\"accessToken\":\"" + token + "\"}\n"), "HF1014/warning");
  EXPECT_EQ(rules_for("X-Api-Key: " + token + "\n"), "");
  EXPECT_EQ(rules_for("Authorization: Bearer " + token + "\n"), "");
  EXPECT_EQ(rules_for("Authorization: Bearer jwt:" + RandomText(3).letters(40) + "\n"), "");
}

TEST(ShortLivedToken, OfAnOAuthTokenNoSecondOneIsFoundInside) {
  EXPECT_EQ(rules_for("Bearer jwt:\nBearer hf_oauth_" + jwt(R"({"sub":"x"})") + "\n"), "HF1013/error");
}

TEST(RefreshToken, OnlyTheExactLengthIsTheSpecificRule) {
  RandomText random(4);
  EXPECT_EQ(rules_for("r = hf_oauth__refresh_" + random.letters(34) + "\n"), "HF1015/error");
  EXPECT_EQ(rules_for("r = hf_oauth__refresh_" + random.letters(32) + "\n"), "HF1009/error");
}

TEST(S3Credential, KeyIdBesideTheSecretIsRelated) {
  RandomText random(5);
  const std::string id = "HFAK" + random.letters(20);
  const std::string secret = "hf_s3_" + random.letters(30) + "." + random.letters(30) + "." + random.letters(30);
  for (const std::string& text : {"id = " + id + "\nsecret = " + secret + "\n", "secret = " + secret + "\n" + id + "\n"}) {
    const BlobResult result = test::detect(text);
    ASSERT_EQ(rules_of(result), "HF1011/error");
    EXPECT_TRUE(test::finds(result, secret));
    ASSERT_EQ(result.findings[0].related.size(), 1U);
    EXPECT_EQ(result.findings[0].related[0].message, "its id HFAK…(24)");
    EXPECT_NE(result.findings[0].related[0].range.start.line, result.findings[0].location.range.start.line);
    for (const std::string& line : result.findings[0].excerpt.lines) EXPECT_THAT(line, Not(HasSubstr(id)));
  }
}

TEST(S3Credential, KeyIdAloneOrFarAwayIsANote) {
  RandomText random(6);
  const std::string id = "HFAK" + random.letters(20);
  const std::string secret = "hf_s3_" + random.letters(30) + "." + random.letters(30) + "." + random.letters(30);
  EXPECT_EQ(rules_for("id = " + id + "\n"), "HF1011/note");
  EXPECT_THAT(message_of("id = " + id + "\n"), HasSubstr("its id only"));
  EXPECT_EQ(rules_for(id + "\n" + std::string(5000, '.') + "\n" + secret + "\n"), "HF1011/note HF1011/error");
}

TEST(WrongLength, IsANoteWhereATokenBelongsAndNothingElsewhere) {
  RandomText random(7);
  for (const std::size_t length : {30U, 33U, 35U, 64U}) {
    const std::string text = "hf_" + random.letters(length);
    EXPECT_EQ(rules_for("HF_TOKEN=" + text + "\n"), "HF1016/note") << length;
    EXPECT_EQ(rules_for("curl -H 'Authorization: Bearer " + text + "'\n"), "HF1016/note") << length;
    EXPECT_EQ(rules_for("run --token " + text + "\n"), "HF1016/note") << length;
    EXPECT_EQ(rules_for("some " + text + "\n"), "") << length;
  }
  EXPECT_EQ(rules_for("HF_TOKEN=hf_" + random.letters(29) + "\n"), "");
  EXPECT_EQ(rules_for("HF_TOKEN=hf_" + random.letters(65) + "\n"), "");
}

TEST(WrongLength, TokensOf2021CountAfterATokenVariable) {
  const std::string token = "api_" + RandomText(8).letters(34);
  EXPECT_EQ(rules_for("HF_API_TOKEN=" + token + "\n"), "HF1016/note");
  EXPECT_EQ(rules_for("k = " + token + "\n"), "");
}

TEST(WebhookSecret, IsReportedWithoutItsHash) {
  const std::string secret = "tulip7-garden";
  const BlobResult result = test::detect("X-Webhook-Secret: " + secret + "\n");
  ASSERT_EQ(rules_of(result), "HF1017/warning");
  const Finding& finding = result.findings[0];
  EXPECT_FALSE(finding.secret->id);
  EXPECT_EQ(finding.secret->masked, "…(13)");
  EXPECT_EQ(finding.secret->kind, CredentialKind::webhook_secret);
  EXPECT_EQ(finding.hit_text, finding.secret->masked);
  for (const std::string& line : finding.excerpt.lines) EXPECT_THAT(line, Not(HasSubstr(secret)));
}

TEST(WebhookSecret, FingerprintDoesNotDependOnTheValue) {
  const auto fingerprint = [](std::string_view secret) {
    return make_fingerprint(test::detect(cat("X-Webhook-Secret: ", secret, "\n")).findings.at(0), 0);
  };
  EXPECT_EQ(fingerprint("tulip7-garden"), fingerprint("daisy8-meadow"));
}

TEST(WebhookSecret, NoLineOfItsFileIsHashed) {
  DetectorOptions options;
  options.line_hashes = true;
  const std::vector<const Rule*> rules = test::default_rules();
  Detector::Scratch scratch;
  const std::string text = "HF_TOKEN=" + RandomText(9).token() + "\nWEBHOOK_SECRET=tulip7-garden\n";
  const BlobResult result = Detector(rules, options).scan_bytes(text, {}, scratch);
  ASSERT_EQ(rules_of(result), "HF1003/error HF1017/warning");
  for (const Finding& finding : result.findings) EXPECT_EQ(finding.line_hash, "");
}

TEST(WebhookSecret, LiteralsCountAndWhatIsFilledInLaterDoesNot) {
  for (const std::string_view text :
       {"WEBHOOK_SECRET=tulip7-garden", "WEBHOOK_SECRET=tulipgarden", "webhook_secret: 'tulip-garden'",
        "export WEBHOOK_SECRET=\"tulip7garden\"", "os.getenv('WEBHOOK_SECRET', 'tulip-garden')",
        "webhookSecret = \"tulip-garden\"", "WEBHOOK_SECRET == b\"tulip-garden\"",
        "{\\\"webhook_secret\\\": \\\"tulip-garden\\\"}"}) {
    EXPECT_EQ(rules_for(cat("# huggingface\n", text, "\n")), "HF1017/warning") << text;
    EXPECT_EQ(rules_for(cat("# something else\n", text, "\n")), "") << text;
  }
  for (const std::string_view text : {"WEBHOOK_SECRET=${TULIP7_GARDEN}",
                                      "WEBHOOK_SECRET=$TULIP7_GARDEN",
                                      "WEBHOOK_SECRET: ${{ secrets.TULIP7 }}",
                                      "WEBHOOK_SECRET={{ tulip7_garden }}",
                                      "WEBHOOK_SECRET=<tulip7-garden>",
                                      "WEBHOOK_SECRET = os.environ[\"TULIP7_GARDEN\"]",
                                      "WEBHOOK_SECRET = os.getenv(\"WEBHOOK_SECRET\")",
                                      "webhook_secret=settings.tulip7_garden",
                                      "webhook_secret = make_tulip7_garden()",
                                      "webhook_secret: Optional[str] = None",
                                      "webhook_secret=webhook_secret",
                                      "webhook_secret = f\"{tulip7}\"",
                                      "WEBHOOK_SECRET = process.env.TULIP7_GARDEN",
                                      "WEBHOOK_SECRET=your-secret",
                                      "WEBHOOK_SECRET=changeme123",
                                      "WEBHOOK_SECRET=xxxxxxxx",
                                      "WEBHOOK_SECRET=short",
                                      "WEBHOOK_SECRET=",
                                      "STRIPE_WEBHOOK_SECRET=tulip7-garden",
                                      "the webhook secret is checked first"}) {
    EXPECT_EQ(rules_for(cat("# huggingface\n", text, "\n")), "") << text;
  }
}

TEST(WebhookSecret, TokenThatIsUsedAsOneStaysAToken) {
  EXPECT_EQ(rules_for("# huggingface\nWEBHOOK_SECRET=" + RandomText(10).token() + "\n"), "HF1001/error");
}

TEST(WebhookSecret, QueryOfAWebhookUrlIsFoundOnce) {
  EXPECT_EQ(rules_for("url: https://me.hf.space/webhook/webhook?a=1&secret=tulip7-garden&b=2\n"), "HF1017/warning");
  EXPECT_EQ(rules_for("url: https://me.hf.space/other?secret=tulip7-garden\n"), "");
}

TEST(LoginCookie, NeedsItsNameAndItsLength) {
  RandomText random(11);
  const std::string letters = random.letters(128);
  for (const std::string& text :
       {"Cookie: a=1; token=" + letters + "; b=2", "curl -b 'x' --cookie \"token=" + letters + "\"",
        "cookies={'token': '" + letters + "'}", "huggingface.co\tTRUE\t/\tTRUE\t1767225600\ttoken\t" + letters,
        "{\\\"Cookie\\\": \\\"token=" + letters + "\\\"}"}) {
    EXPECT_EQ(rules_for(text + "\n"), "HF1019/error");
  }
  for (const std::string& text :
       {"Cookie: token=" + random.letters(127), "Cookie: token=" + random.letters(129), "Cookie: csrftoken=" + letters,
        "token=" + letters, "Cookie: token=" + std::string(128, 'x'), "a\ttoken\t" + letters}) {
    EXPECT_EQ(rules_for(text + "\n"), "");
  }
}

TEST(PresignedUrl, OnHostsOfTheHubIsANote) {
  const std::string signature = RandomText(12).of(RandomText::kLetters, 342);
  const auto url = [&](std::string_view host) {
    return cat("https://", host, "/a/b?Expires=1767225600&Policy=", std::string(700, 'P'), "&Signature=", signature,
               "&Key-Pair-Id=K\n");
  };
  EXPECT_EQ(rules_for(url("cdn-lfs-us-1.huggingface.co")), "HF1020/note");
  EXPECT_EQ(rules_for(url("cas-bridge.xethub.hf.co")), "HF1020/note");
  EXPECT_EQ(rules_for("https://x.hf.co/a?X-Amz-Expires=9&X-Amz-Signature=" + test::replaced(signature.substr(0, 64), "g", "0")),
            "HF1020/note");
  EXPECT_EQ(rules_for(url("huggingface.co.example.com")), "");
  EXPECT_EQ(rules_for(url("bucket.example.com")), "");
  EXPECT_EQ(rules_for("https://cdn-lfs.huggingface.co/a?Signature=" + std::string(300, 'x')), "");
}

// An identifier that chance could have written: its letter pairs hardly speak for a name.
std::string doubtful_body() {
  RandomText random(13);
  for (;;) {
    const std::string body = random.of("abcdefghijklmnopqrstuvwxyz", 34);
    if (classify_body(body) == BodyClass::identifier && is_doubtful(body)) return body;
  }
}

TEST(TellingContext, RaisesWhatCouldBeAToken) {
  const std::string token = "hf_" + doubtful_body();
  for (const std::string& text : {"HF_TOKEN=" + token, "Authorization: Bearer " + token, "hf upload --token " + token,
                                  "login(token=\"" + token + "\")", "login('" + token + "')"}) {
    const BlobResult result = test::detect(text + "\n");
    ASSERT_EQ(result.findings.size(), 1U) << test::replaced(text, token, "T");
    EXPECT_EQ(result.findings[0].severity, Severity::warning);
    EXPECT_EQ(result.findings[0].confidence, Confidence::low);
    EXPECT_FALSE(result.findings[0].look_alike);
  }
  EXPECT_EQ(rules_for("see " + token + "\n"), "");
  EXPECT_EQ(rules_for("HF_TOKEN=hf_0a7f3c9e1b5d8264af0e9c7b" + std::string("13d5f8a2e4\n")), "HF1003/warning");
}

TEST(TellingContext, RaisesNeitherPlaceholdersNorPlainNames) {
  for (const std::string_view body :
       {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "abcdefghijklmnopqrstuvwxyzabcdefgh", "YourTokenGoesHereYourTokenGoesHere",
        "pasteyouraccesstokenfromthesettings", "PutTheAccessTokenOfYourAccountHere", "0123456789abcdef0123456789abcdef01"}) {
    const BlobResult result = test::detect(cat("HF_TOKEN=hf_", body.substr(0, 34), "\n"));
    EXPECT_EQ(rules_of(result), "") << body;
    EXPECT_EQ(result.look_alikes, 1U) << body;
  }
}

TEST(Precedence, OnePlaceIsOneFinding) {
  const std::string token = RandomText(14).token();
  EXPECT_EQ(rules_for("HF_TOKEN=" + token + "  # huggingface, Bearer\n"), "HF1003/error");
  EXPECT_EQ(rules_for("HF_TOKEN=\"hf_\" + \"" + token.substr(3) + "\"\n"), "HF1008/error");
}

}  // namespace
}  // namespace hfscan
