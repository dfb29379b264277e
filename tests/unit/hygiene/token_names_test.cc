// Which names and texts stand for a token. The names are held against those that libraries really read.
#include "hygiene/token_names.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(TokenNames, NamesThatLibrariesReadAreTokenNames) {
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACEHUB_API_TOKEN", "HUGGINGFACE_TOKEN",
                           "HF_API_TOKEN", "hf_token", "hfToken", "MY_HF_TOKEN", "hf_api_key"})
    EXPECT_TRUE(is_token_name(name)) << name;
}

TEST(TokenNames, NamesOfOtherThingsAreNone) {
  for (const char* name : {"", "HF_TOKEN_PATH", "HF_HOME", "MAX_TOKENS", "TOKENIZERS_PARALLELISM", "token", "HF_HUB_OFFLINE",
                           "GITHUB_TOKEN", "HF_TOKEN HF_TOKEN", "OPENAI_API_KEY"})
    EXPECT_FALSE(is_token_name(name)) << name;
}

TEST(TokenNames, ANameOfAnyLengthIsDecidedQuickly) { EXPECT_FALSE(is_token_name("HF_TOKEN" + std::string(5'000'000, 'A'))); }

TEST(TokenNames, GenericNamesIgnoreCase) {
  EXPECT_TRUE(is_generic_token_name("token"));
  EXPECT_TRUE(is_generic_token_name("API_KEY"));
  EXPECT_FALSE(is_generic_token_name("tokens"));
  EXPECT_FALSE(is_generic_token_name(""));
}

TEST(TokenValues, ReferencesInEverySpellingStandForAToken) {
  for (const char* text : {"$HF_TOKEN", "Bearer ${HF_TOKEN}", "${HF_TOKEN:-x}", "%HF_TOKEN%", "$env:HF_TOKEN",
                           "${{ secrets.HF_TOKEN }}", "$(cat ~/.cache/huggingface/token)"})
    EXPECT_TRUE(holds_token_value(text)) << text;
}

TEST(TokenValues, OtherReferencesDoNot) {
  for (const char* text : {"$HOME", "$HF_TOKEN_PATH", "HF_TOKEN", "${MAX_TOKENS}", ""})
    EXPECT_FALSE(holds_token_value(text)) << text;
}

TEST(TokenLiterals, RandomTokensAreFoundBetweenOtherText) {
  test::RandomText random(5);
  for (int round = 0; round < 100; ++round) {
    const std::string token = random.token();
    EXPECT_TRUE(holds_token_literal(token));
    EXPECT_TRUE(holds_token_literal("hf_ hf_" + std::string(3, 'x') + " \"" + token + "\""));
    EXPECT_FALSE(holds_token_literal(token.substr(0, 36)));
    EXPECT_FALSE(holds_token_literal(token + "a"));
    EXPECT_FALSE(is_placeholder_value(token));
  }
}

TEST(TokenLiterals, OneLetterRepeatedIsNone) { EXPECT_FALSE(holds_token_literal("hf_" + std::string(34, 'x'))); }

TEST(Placeholders, WhatIsWrittenToBeReplaced) {
  for (const char* value : {"<your-token>", "hf_xxx", "hf_...", "\"hf_****\"", "{{ token }}", "...", "YOUR_TOKEN", "changeme",
                            "xxxx", "your_hf_token", "None", "[token]"})
    EXPECT_TRUE(is_placeholder_value(value)) << value;
}

TEST(Placeholders, WhatIsFilledInIsNone) {
  for (const char* value : {"$HF_TOKEN", "${HF_TOKEN}", "hf_$SUFFIX", "abc", ""})
    EXPECT_FALSE(is_placeholder_value(value)) << value;
}

}  // namespace
}  // namespace hfscan
