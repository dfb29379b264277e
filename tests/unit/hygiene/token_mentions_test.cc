// Whether a file speaks of a token, against a byte-by-byte reading.
#include "hygiene/token_mentions.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace hfscan {
namespace {

TEST(TokenMentions, NamesInEverySpelling) {
  for (const std::string_view text :
       {"HF_TOKEN", "export hf_api_key=x", "hf-write-token", "Hugging Face access token", "HUGGINGFACE_HUB_TOKEN", "hfToken",
        "huggingface/token", "hf_xxxx", "hf_...", "hf_${X}", "HuggingFaceApiKey", "hf_user_access_token"}) {
    EXPECT_TRUE(mentions_token(text)) << text;
  }
}

TEST(TokenMentions, WhatOnlySoundsAlikeIsNone) {
  for (const std::string_view text : {"", "h", "hf", "hu", "hug", "https://huggingface.co/gpt2", "hf_hub_download(repo)",
                                      "the HuggingFace Team", "a token", "huggingface_hub"}) {
    EXPECT_FALSE(mentions_token(text)) << text;
  }
}

// The quick search reads blocks: where a name stands in them must not matter, nor what near misses stand before it.
TEST(TokenMentions, EveryPlaceOfAFileIsSearched) {
  std::mt19937 random(7);
  constexpr std::string_view kNear[] = {"h", "hf", "hug", "huf", "HF ", "hugging", "x", "\n", " "};
  for (std::size_t before = 0; before < 400; ++before) {
    std::string text;
    while (text.size() < before) text += kNear[random() % std::size(kNear)];
    text.resize(before, '.');
    text += '|';
    ASSERT_FALSE(mentions_token(text)) << text;
    for (const std::string_view name : {"hf_token", "Hugging Face token"}) {
      EXPECT_TRUE(mentions_token(text + std::string(name))) << before;
      EXPECT_TRUE(mentions_token(text + std::string(name) + std::string(before % 70, 'x'))) << before;
    }
  }
}

}  // namespace
}  // namespace hfscan
