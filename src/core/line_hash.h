// GitHub's fingerprint of a line (`primaryLocationLineHash`): a hash of the next hundred characters, white space left out, from
// the start of a line on. Code scanning recognises an alert by it when lines move.
//
// Separate because only the blob still has the text when a finding is made, while only a report needs the hash.
// Source: the behaviour of github/codeql-action, src/fingerprints.ts. Text is read as UTF-8 with U+FFFD for ill-formed bytes
// and hashed as UTF-16 code units; CR, LF and CR LF end a line here, unlike in LineColumn, because they do there.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// The rolling hash itself: characters in, the 64-bit hash of each line out. A line's hash is known a hundred characters after
// its start, so `hashes()` lags behind; finish() brings out the rest. Lines come out in order.
class LineHasher {
 public:
  // As many characters of a line's text as its hash covers.
  static constexpr std::size_t kWindow = 100;

  // Feeds one UTF-16 code unit.
  void add(char16_t unit);

  // Ends the text; once.
  void finish();

  // hashes()[n] belongs to line n + 1.
  [[nodiscard]] const std::vector<std::uint64_t>& hashes() const { return hashes_; }

 private:
  void roll(char16_t unit);

  std::array<char16_t, kWindow> window_{};
  std::array<bool, kWindow> line_starts_{};  // whether the character of that slot begins a line whose hash is still to come
  std::size_t slot_ = 0;
  std::uint64_t hash_ = 0;
  bool at_line_start_ = true;
  bool after_cr_ = false;
  std::vector<std::uint64_t> hashes_;
};

// "hex:count" for each of `lines` (1-based, any order, repeats allowed), in that order; empty for a line that the text does not
// have. `count` says how often the hash has come up to that line. One pass, which ends a hundred characters after the start of
// the last line asked for; 8 bytes of memory for each line up to there.
std::vector<std::string> line_hashes(std::string_view text, std::span<const std::uint64_t> lines);

}  // namespace hfscan
