// The search of all keywords at once against a naive one.
#include "hygiene/keyword_set.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"

namespace hfscan {
namespace {

std::vector<bool> naive(const std::vector<std::string>& words, std::string_view text) {
  const std::string lower = to_lower_ascii(text);
  std::vector<bool> present;
  for (const std::string& word : words) present.push_back(lower.find(to_lower_ascii(word)) != std::string::npos);
  return present;
}

const std::vector<std::string> kWords = {"HF_TOKEN", "huggingface", "secrets.",    "--token",
                                         "run_job",  "_hf",         "tokens.json", "push_to_hub"};

TEST(KeywordSet, FindsWhatANaiveSearchFinds) {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 150, ' ');
    constexpr std::string_view kNear = "hHfF_tToOkKeEnN-.sS";
    for (char& c : text) c = random() % 3 == 0 ? static_cast<char>(random() % 256) : kNear[random() % kNear.size()];
    const std::string& word = kWords[random() % kWords.size()];
    if (round % 2 == 0) text.insert(random() % (text.size() + 1), round % 4 == 0 ? word : to_lower_ascii(word));
    const KeywordSet set(kWords);
    const std::vector<bool> expected = naive(kWords, text);
    ASSERT_EQ(set.present_in(text), expected) << round;
    ASSERT_EQ(set.present_in_scalar(text), expected) << round;
  }
}

TEST(KeywordSet, ManyWordsShareBuckets) {
  std::mt19937 random(8);
  std::vector<std::string> words;
  for (int i = 0; i < 200; ++i) {
    std::string word(3 + random() % 9, ' ');
    for (char& c : word) c = static_cast<char>('a' + random() % 6);
    words.push_back(word);
  }
  const KeywordSet set(words);
  for (int round = 0; round < 500; ++round) {
    std::string text(random() % 3000, ' ');
    for (char& c : text) c = static_cast<char>((random() % 2 == 0 ? 'a' : 'A') + random() % 6);
    ASSERT_EQ(set.present_in(text), naive(words, text));
  }
}

TEST(KeywordSet, NothingStandsInNothing) {
  EXPECT_EQ(KeywordSet(kWords).present_in(""), std::vector<bool>(kWords.size(), false));
  EXPECT_TRUE(KeywordSet({}).present_in("text").empty());
}

}  // namespace
}  // namespace hfscan
