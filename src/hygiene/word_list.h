// The words that somebody wants to know about, each once: rules and facts share one search (hygiene/keyword_set.h), for which
// they agree on numbers here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

class WordList {
 public:
  // The number of a word, and of several; case is ignored. Those not yet there are added.
  std::size_t add(std::string_view word);
  std::vector<std::size_t> add(const std::vector<std::string>& words);

  // In lower case, by number.
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  std::vector<std::string> words_;
};

}  // namespace hfscan
