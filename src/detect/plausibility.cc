// The gates and their thresholds are measured: each loses fewer than one random body in a million (tests/unit/detect and
// docs/plausibility.md). Words are only looked for when they are so long that chance does not write them.
#include "detect/plausibility.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "detect/byte_classes.h"

namespace hfscan {
namespace {

constexpr std::size_t kLetters = 52;
constexpr std::array<std::array<std::int8_t, kLetters>, kLetters> kBigramEighths = {{
#include "detect/bigram_table.inc"
}};

constexpr int letter_index(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  return -1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

int distinct_characters(std::string_view folded) {
  std::array<bool, 256> seen{};
  int count = 0;
  for (const char c : folded) {
    bool& mark = seen.at(static_cast<unsigned char>(c));
    count += mark ? 0 : 1;
    mark = true;
  }
  return count;
}

std::size_t longest_repeat(std::string_view folded) {
  std::size_t longest = 0;
  std::size_t current = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    current = i > 0 && folded[i] == folded[i - 1] ? current + 1 : 1;
    longest = std::max(longest, current);
  }
  return longest;
}

// Neighbours that are equal or follow each other: abcd, 4321, aabb.
int alphabetic_steps(std::string_view folded) {
  int steps = 0;
  for (std::size_t i = 1; i < folded.size(); ++i) steps += std::abs(folded[i] - folded[i - 1]) <= 1 ? 1 : 0;
  return steps;
}

int keyboard_steps(std::string_view folded) {
  static constexpr std::array<std::string_view, 4> kRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"};
  int steps = 0;
  for (std::size_t i = 1; i < folded.size(); ++i) {
    for (const std::string_view row : kRows) {
      const std::size_t here = row.find(folded[i]);
      const std::size_t before = row.find(folded[i - 1]);
      if (here == std::string_view::npos || before == std::string_view::npos) continue;
      steps += here == before + 1 || before == here + 1 ? 1 : 0;
    }
  }
  return steps;
}

bool holds_placeholder_word(std::string_view folded) {
  static constexpr std::array<std::string_view, 13> kWords = {
      "example",   "placeholder", "replace",   "yourtoken", "tokenhere", "changeme",   "redacted",
      "faketoken", "dummytoken",  "testtoken", "mytoken",   "notreal",   "huggingface"};
  for (const std::string_view word : kWords) {
    if (folded.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool is_placeholder(std::string_view folded) {
  constexpr int kMaxDistinct = 9;
  constexpr std::size_t kRepeat = 7;
  constexpr int kSteps = 16;
  return distinct_characters(folded) <= kMaxDistinct || longest_repeat(folded) >= kRepeat ||
         alphabetic_steps(folded) >= kSteps || keyboard_steps(folded) >= kSteps || holds_placeholder_word(folded);
}

bool is_hash(std::string_view body) {
  bool digits = false;
  bool upper = false;
  bool lower = false;
  for (const char c : body) {
    if (!in_class(c, kHexClass)) return false;
    digits = digits || is_digit(c);
    upper = upper || is_upper(c);
    lower = lower || (c >= 'a' && c <= 'f');
  }
  return digits && !(upper && lower);
}

bool is_of_one_case(std::string_view body) {
  const bool upper = std::any_of(body.begin(), body.end(), is_upper);
  return !upper || std::none_of(body.begin(), body.end(), [](char c) { return letter_index(c) >= 0 && !is_upper(c); });
}

int case_changes(std::string_view body) {
  int changes = 0;
  for (std::size_t i = 1; i < body.size(); ++i) {
    const bool both_letters = letter_index(body[i]) >= 0 && letter_index(body[i - 1]) >= 0;
    changes += both_letters && is_upper(body[i]) != is_upper(body[i - 1]) ? 1 : 0;
  }
  return changes;
}

// Digits break up the letter pairs and the runs of one case, so chance looks like a name more easily: each of the first ones
// raises the bar, and a body with digits must be of one case throughout.
double identifier_bar(std::ptrdiff_t digits) {
  constexpr double kIdentifierBits = 6;  // 1 random body of letters in 10 million scores more
  constexpr double kBitsPerDigit = 4;
  constexpr std::ptrdiff_t kMostDigits = 5;
  return kIdentifierBits + kBitsPerDigit * static_cast<double>(std::min(digits, kMostDigits));
}

bool is_identifier(std::string_view body) {
  constexpr int kFewCaseChanges = 2;  // 1 random body of letters in 15 million has so few: names written in one case
  const std::ptrdiff_t digits = std::count_if(body.begin(), body.end(), is_digit);
  if (bigram_score(body) > identifier_bar(digits)) return true;
  return digits == 0 ? case_changes(body) <= kFewCaseChanges : is_of_one_case(body);
}

}  // namespace

double bigram_score(std::string_view body) {
  int eighths = 0;
  for (std::size_t i = 1; i < body.size(); ++i) {
    const int first = letter_index(body[i - 1]);
    const int second = letter_index(body[i]);
    if (first >= 0 && second >= 0)
      eighths += kBigramEighths.at(static_cast<std::size_t>(first)).at(static_cast<std::size_t>(second));
  }
  return eighths / 8.0;
}

bool is_doubtful(std::string_view body) {
  constexpr double kPlainName = 8;  // bits above the bar: no random body has so many, and hardly a name has fewer
  const BodyClass body_class = classify_body(body);
  if (body_class != BodyClass::identifier) return body_class == BodyClass::hash;
  const std::ptrdiff_t digits = std::count_if(body.begin(), body.end(), is_digit);
  return bigram_score(body) < identifier_bar(digits) + kPlainName;
}

BodyClass classify_body(std::string_view body) {
  if (is_placeholder(to_lower_ascii(body))) return BodyClass::placeholder;
  if (is_hash(body)) return BodyClass::hash;
  return is_identifier(body) ? BodyClass::identifier : BodyClass::token;
}

}  // namespace hfscan
