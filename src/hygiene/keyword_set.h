// Which of some hundred words stand in a text: the one pass over every file that decides which rules look at it at all.
//
// Separate from the anchors of detect, whose literals are fixed and whose positions matter: here the words come from the rules
// in use, and it is enough to know that a word is there.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// By the number of a word: whether it stands there.
using WordsPresent = std::vector<bool>;

// Immutable; thread-safe.
class KeywordSet {
 public:
  // ASCII words of three or more bytes; case is ignored.
  explicit KeywordSet(const std::vector<std::string>& words);

  // One entry per word, in the order given.
  [[nodiscard]] WordsPresent present_in(std::string_view text) const;
  // The same, byte by byte: what the tests compare with, and what machines without AVX2 run.
  [[nodiscard]] WordsPresent present_in_scalar(std::string_view text) const;

 private:
  // Four bytes of each word, its rarest, are searched with the tables of a Teddy search (detect/anchor_cores.h): one or two
  // sets of eight buckets, and for each of the four bytes the buckets that may have a low and a high nibble. Of a word of three
  // bytes the fourth may be anything, also the end of the text.
  static constexpr std::size_t kCore = 4;
  static constexpr std::size_t kSets = 2;
  static constexpr std::size_t kFewWords = 24;  // one set is enough for so many
  static constexpr std::size_t kBuckets = 8 * kSets;
  using Nibbles = std::array<std::uint8_t, 16>;
  struct Word {
    std::string text;               // in lower case
    std::size_t core = 0;           // where its four bytes begin
    std::uint32_t folded_core = 0;  // they as a number, case folded
    std::uint32_t mask = 0;         // which bytes of that number count
  };
  struct Nibbles16;
  class Search;

  void fill_buckets();
  void write_tables(const Nibbles16& nibbles, std::size_t bucket);
  void search_scalar(Search& search, std::size_t from) const;
  void search_avx2(Search& search) const;

  std::vector<Word> words_;
  std::size_t sets_ = kSets;
  std::array<std::vector<std::size_t>, kBuckets> buckets_;  // indices of words
  std::array<std::array<Nibbles, kCore>, kSets> low_{};
  std::array<std::array<Nibbles, kCore>, kSets> high_{};
};

}  // namespace hfscan
