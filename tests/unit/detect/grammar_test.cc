#include "detect/grammar.h"

#include <gtest/gtest.h>

#include <array>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

// The credential at the one place of `text` where `literal` stands, if the grammar accepts it.
std::optional<Credential> at_literal(const std::string& text, std::string_view literal, AnchorKind kind) {
  return credential_at(text, {text.find(literal), kind});
}
std::optional<Credential> at_prefix(const std::string& text) { return at_literal(text, "hf_", AnchorKind::prefix); }

void expect_secret(const std::optional<Credential>& credential, std::string_view secret, CredentialKind kind) {
  ASSERT_TRUE(credential);
  EXPECT_EQ(to_hex(credential->secret.id()), to_hex(sha256(secret)));
  EXPECT_EQ(credential->kind, kind);
}

TEST(Grammar, EveryFixedShapeIsRecognised) {
  RandomText random(1);
  const std::array<std::tuple<const char*, std::size_t, AnchorKind, CredentialKind>, 5> shapes = {{
      {"hf_", 34, AnchorKind::prefix, CredentialKind::user_access_token},
      {"api_org_", 34, AnchorKind::org_prefix, CredentialKind::org_token},
      {"oauth_app_secret_", 34, AnchorKind::app_secret, CredentialKind::oauth_app_secret},
      {"hf_app_", 32, AnchorKind::prefix, CredentialKind::app_token},
      {"hf_oauth__refresh_", 34, AnchorKind::prefix, CredentialKind::oauth_refresh_token},
  }};
  for (const auto& [prefix, body, anchor, kind] : shapes) {
    const std::string secret = prefix + random.letters(body);
    const std::string text = "k = \"" + secret + "\"\n";
    const auto credential = credential_at(text, {5, anchor});
    expect_secret(credential, secret, kind);
    EXPECT_EQ(credential->span, (ByteSpan{5, 5 + secret.size()}));
    EXPECT_EQ(credential->encoding, "plain");
    EXPECT_FALSE(credential->glued);
    EXPECT_EQ(mask_of(kind, secret), prefix + std::string("…(") + std::to_string(secret.size()) + ")");
  }
}

bool is_of_kind(const std::optional<Credential>& credential, CredentialKind kind) {
  return credential && credential->kind == kind;
}

TEST(Grammar, BodyOfAnotherLengthIsNoTokenButMayBeACutOne) {
  RandomText random(2);
  for (std::size_t size = 0; size <= 80; ++size) {
    if (size == 34) continue;
    const auto credential = at_prefix("x = \"hf_" + random.letters(size) + "\"\n");
    EXPECT_EQ(credential.has_value(), size >= 30 && size <= 64) << size;
    EXPECT_TRUE(!credential || credential->kind == CredentialKind::wrong_length_token) << size;
  }
}

TEST(Grammar, WrongLengthOnlyCountsWhereNothingElseExplainsIt) {
  RandomText random(12);
  EXPECT_TRUE(at_prefix("x hf_" + random.letters(40)));
  EXPECT_FALSE(at_prefix("xhf_" + random.letters(40)));
  EXPECT_FALSE(at_prefix(std::string("\0 hf_", 5) + random.letters(31)));
  EXPECT_FALSE(at_prefix("x hf_" + std::string(40, 'x')));
  EXPECT_FALSE(at_prefix("x hf_getTheNameOfTheModelAndItsConfiguration"));
}

TEST(Grammar, AnyByteThatIsNoLetterOrDigitEndsAToken) {
  RandomText random(3);
  for (unsigned c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    const bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const std::string token = random.token();
    const auto credential = at_prefix("some plain text " + token + byte + " and more");
    EXPECT_EQ(is_of_kind(credential, CredentialKind::user_access_token), !alnum) << c;
  }
}

TEST(Grammar, WordBeforeATokenGluesItButAnEscapeDoesNot) {
  RandomText random(4);
  for (const std::string_view before : {"a", "KEYx", "9", "m", "n"}) {
    const auto credential = at_prefix("= " + std::string(before) + random.token() + "\n");
    ASSERT_TRUE(credential) << before;
    EXPECT_TRUE(credential->glued) << before;
  }
  for (const std::string_view before : {"", "_", "-", ".", "\\n", "\\t", "\\x3d", "\\u003d", "\\U0000003d", "%3D", "=3D",
                                        "u0022", "\x1b[32m", "\x1b[1;31m", "\xe4\xbb\xa4", "\xff"}) {
    const auto credential = at_prefix("= " + std::string(before) + random.token() + "\n");
    ASSERT_TRUE(credential) << before;
    EXPECT_FALSE(credential->glued) << testing::PrintToString(before);
  }
}

TEST(Grammar, BinarySurroundingsCutABodyThatRunsOn) {
  RandomText random(5);
  const std::string token = random.token();
  expect_secret(at_prefix(std::string(4, '\0') + token + "qwerty"), token, CredentialKind::user_access_token);
  expect_secret(at_prefix("\x01\x02\x03 " + token + "zzz"), token, CredentialKind::user_access_token);
  expect_secret(at_prefix(std::string("X%\0\0\0", 5) + token + "q"), token, CredentialKind::user_access_token);
  expect_secret(at_prefix("\x8c%" + token + "u" + "AAA"), token, CredentialKind::user_access_token);
  EXPECT_FALSE(is_of_kind(at_prefix("text " + token + "zzz text"), CredentialKind::user_access_token));
}

TEST(Grammar, TwoTokensWithoutASeparatorAreTwo) {
  RandomText random(6);
  const std::string first = random.token();
  const std::string second = random.token();
  const std::string text = first + second;
  expect_secret(credential_at(text, {0, AnchorKind::prefix}), first, CredentialKind::user_access_token);
  expect_secret(credential_at(text, {37, AnchorKind::prefix}), second, CredentialKind::user_access_token);
}

TEST(Grammar, JsonWebTokensOfEveryKindAreTakenWhole) {
  RandomText random(8);
  const std::array<std::pair<const char*, CredentialKind>, 3> kinds = {{
      {"hf_oauth_", CredentialKind::oauth_access_token},
      {"hf_jwt_", CredentialKind::short_lived_jwt},
      {"hf_s3_", CredentialKind::s3_secret_key},
  }};
  for (const auto& [prefix, kind] : kinds) {
    const std::string secret = prefix + std::string("eyJ") + random.letters(30) + "." + random.letters(200) + "-_" +
                               random.letters(9) + "." + random.letters(60);
    const auto credential = at_prefix("Bearer " + secret + ", next");
    expect_secret(credential, secret, kind);
    EXPECT_EQ(credential->body, BodyClass::token);
  }
}

TEST(Grammar, NamesThatBeginLikeACredentialAreNone) {
  for (const std::string_view name : {"hf_sandbox", "hf_sandbox_exec", "hf_semantic_search", "hf_oauth_config", "hf_jwt_debug",
                                      "hf_s3_client", "hf_app_datasets-server_token", "hf_enterprise_admin_token", "hf_"}) {
    EXPECT_FALSE(at_prefix("x = " + std::string(name) + "(1)\n")) << name;
  }
}

TEST(Grammar, KeyIdsNeedALengthAndAFreeLeftSide) {
  RandomText random(9);
  for (std::size_t size = 1; size <= 60; ++size) {
    const std::string id = "HFAK" + random.letters(size);
    const auto credential = at_literal("id=" + id + "\n", "HFAK", AnchorKind::s3_key_id);
    EXPECT_EQ(credential.has_value(), size >= 12 && size <= 40) << size;
    EXPECT_FALSE(at_literal("idx" + id + "\n", "HFAK", AnchorKind::s3_key_id)) << size;
  }
}

TEST(Grammar, SplitLiteralCountsOnlyWhenItLooksRandom) {
  RandomText random(10);
  const std::string token = random.token();
  const auto credential = at_prefix("t = \"" + token.substr(0, 15) + "\" + \"" + token.substr(15) + "\"\n");
  expect_secret(credential, token, CredentialKind::user_access_token);
  EXPECT_EQ(credential->encoding, "split");
  EXPECT_FALSE(at_prefix("t = \"hf_" + std::string(20, 'x') + "\" + \"" + std::string(14, 'x') + "\"\n"));
}

TEST(Grammar, PlaceholdersAreCredentialsThatSayWhatTheyAre) {
  const auto credential = at_prefix("t = hf_" + std::string(34, 'x') + "\n");
  ASSERT_TRUE(credential);
  EXPECT_EQ(credential->body, BodyClass::placeholder);
}

TEST(Grammar, EveryTruncationAndEveryByteChangeIsHarmless) {
  RandomText random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string text = "hf_oauth_" + random.of("ab._-\"'\\ +\n=eyJ", random.below(80));
    if (round % 2 == 0) text = random.token() + random.of("\"' +\\\n", 8) + random.letters(30);
    text[random.below(text.size())] = static_cast<char>(random.below(256));
    text.resize(random.below(text.size()) + 1);
    std::vector<Anchor> anchors;
    find_anchors(text, anchors);
    for (const Anchor& anchor : anchors) {
      const auto credential = credential_at(text, anchor);
      EXPECT_LE(credential ? credential->span.end : 0, text.size());
    }
  }
}

TEST(Grammar, BinaryIsDecidedByNulOrSeveralControlBytesNearby) {
  const std::string plain(2000, 'a');
  EXPECT_FALSE(is_binary_around(plain, 1000, 1037));
  EXPECT_FALSE(is_binary_around("a\tb\r\nc\x1b[0m\f\v", 2, 3));
  std::string text = plain;
  text[1037 + 500] = '\0';
  EXPECT_TRUE(is_binary_around(text, 1000, 1037));
  text = plain;
  text[1037 + 600] = '\0';
  EXPECT_FALSE(is_binary_around(text, 1000, 1037));
  text = plain;
  text[900] = text[910] = '\x01';
  EXPECT_FALSE(is_binary_around(text, 1000, 1037));
  text[920] = '\x01';
  EXPECT_TRUE(is_binary_around(text, 1000, 1037));
}

}  // namespace
}  // namespace hfscan
