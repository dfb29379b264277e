// What rules about CI files ask of YAML, whether it is a whole workflow or a few lines of one in a document: its values with
// their keys, its steps, and where secrets are handed on. Separate from the rules because all of them ask.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hygiene/file_view.h"
#include "syntax/gha_expression.h"

namespace hfscan {

// A scalar with the key it stands under; items of a list under the key of the list.
struct YamlValue {
  std::string key;
  YamlNode node;
};

// Every such scalar where it is written, aliases left out. Linear.
[[nodiscard]] std::vector<YamlValue> values_of(const YamlTree& tree);

// Every mapping that has a scalar `uses` or `run`: steps of jobs, of composite actions and of fragments.
[[nodiscard]] std::vector<YamlNode> steps_of(const YamlTree& tree);

// The text of the scalar with the way back to the piece, one entry per line that says something, blanks trimmed.
struct YamlLine {
  std::string text;
  ByteSpan span;  // in the piece
};
[[nodiscard]] std::vector<YamlLine> lines_of(const YamlNode& scalar);

// Whether the name of a secret says Hugging Face: HF_TOKEN, MY_HF, hfToken, HUGGING_FACE_X; not SHFMT_KEY.
[[nodiscard]] bool names_hugging_face(std::string_view name);

// The uses of the secrets context whose value ends up in the text. A secret that is only compared or tested is none.
[[nodiscard]] std::vector<GhaReference> pasted_secrets(std::string_view text);

// Whether a value, under its key, hands on a Hugging Face token from the secrets: one of the two names says so.
[[nodiscard]] bool hands_on_token(std::string_view key, std::string_view value);

// How much text may still be searched in a piece: aliases and merge keys let a short text show the same long one again and
// again.
class SearchBudget {
 public:
  explicit SearchBudget(const Piece& piece) : left_(kFree + kTimes * piece.text.size()) {}

  // Whether a text of so many bytes may be searched.
  [[nodiscard]] bool take(std::size_t bytes) {
    const bool enough = bytes <= left_;
    left_ = enough ? left_ - bytes : 0;
    spent_ = spent_ || !enough;
    return enough;
  }
  // Whether a text has been refused.
  [[nodiscard]] bool is_spent() const { return spent_; }

 private:
  static constexpr std::size_t kFree = std::size_t{1} << 20U;
  static constexpr std::size_t kTimes = 8;
  std::size_t left_;
  bool spent_ = false;
};

// Where a text hands on Hugging Face tokens.
class TokenUses {
 public:
  explicit TokenUses(const YamlTree& tree);
  [[nodiscard]] bool any() const { return !places_.empty(); }
  [[nodiscard]] bool within(ByteSpan span) const;

 private:
  std::vector<std::uint64_t> places_;  // in ascending order
};

}  // namespace hfscan
