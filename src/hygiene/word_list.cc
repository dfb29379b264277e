// Tested by tests/unit/hygiene/keyword_set_test.cc.
#include "hygiene/word_list.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace hfscan {

std::size_t WordList::add(std::string_view word) {
  std::string lower = to_lower_ascii(word);
  const auto found = std::find(words_.begin(), words_.end(), lower);
  const auto number = static_cast<std::size_t>(found - words_.begin());
  if (found == words_.end()) words_.push_back(std::move(lower));
  return number;
}

std::vector<std::size_t> WordList::add(const std::vector<std::string>& words) {
  std::vector<std::size_t> numbers;
  numbers.reserve(words.size());
  for (const std::string& word : words) numbers.push_back(add(word));
  return numbers;
}

}  // namespace hfscan
