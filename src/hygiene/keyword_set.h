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
  // ASCII words of three or more bytes, at most 65,000; case is ignored.
  explicit KeywordSet(const std::vector<std::string>& words);

  // One entry per word, in the order given.
  [[nodiscard]] WordsPresent present_in(std::string_view text) const;
  // The same, byte by byte: what the tests compare with, and what machines without AVX2 run.
  [[nodiscard]] WordsPresent present_in_scalar(std::string_view text) const;

 private:
  // Four bytes of each word, its rarest, are searched with the tables of a Teddy search (detect/anchor_cores.h): eight buckets,
  // and for each of the four bytes the buckets that may have a low and a high nibble. Of a word of three bytes the fourth may
  // be anything, also the end of the text. What passes is looked up by a hash of its first three bytes.
  static constexpr std::size_t kCore = 4;
  static constexpr std::size_t kBuckets = 8;
  static constexpr unsigned kHashBits = 12;
  struct Word {
    std::string text;            // in lower case
    std::size_t core = 0;        // where its four bytes begin
    std::uint16_t next_too = 0;  // one more than the number of the next word with the same hash; 0: none
  };
  using Nibbles = std::array<std::uint8_t, 16>;
  struct Bucket;

  void fill_buckets();
  void write_tables(const Bucket& bucket, std::size_t number);
  void look_up(std::string_view text, std::size_t position, WordsPresent& present) const;
  void search_scalar(std::string_view text, std::size_t from, WordsPresent& present) const;
  void search_avx2(std::string_view text, WordsPresent& present) const;

  std::vector<Word> words_;
  std::vector<std::uint16_t> by_hash_;  // one more than the number of a word; 0: none
  std::array<Nibbles, kCore> low_{};
  std::array<Nibbles, kCore> high_{};
};

}  // namespace hfscan
