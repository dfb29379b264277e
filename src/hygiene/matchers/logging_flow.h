// Which expressions of Python and JavaScript hand on a token (or a piece of it, or the whole environment): f"{token}" does,
// len(token) does not. Separate from the rules about logs, because those about command lines ask the same.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "hygiene/file_view.h"
#include "syntax/code.h"

namespace hfscan {

// What is looked for.
enum class Carried {
  token,        // the value of a variable, field or call that holds a token
  slice,        // a part of one: tok[:10], tok.slice(0, 8); the constant prefix alone does not count
  environment,  // all of os.environ or process.env
};

struct CarriedValue {
  ByteSpan span;         // in the tree
  std::string name;      // dotted, as written
  bool generic = false;  // its name does not say that it is a token of Hugging Face: TokenBindings may know
};

// How the value of a call of get_token() is named: many libraries have a function of this name.
constexpr std::string_view kHubToken = "get_token()";

// What an expression hands on to who gets its value. Conditions, comparisons, len(x), mask(x) and calls of unknown functions
// hand on nothing. Linear in the range, except for what stands inside calls, which is read once per call around it that hands
// on its arguments.
std::vector<CarriedValue> carried_values(const CodeTree& tree, TokenRange range, Carried what);
// The same of the arguments of a call, but for those of these names.
std::vector<CarriedValue> carried_arguments(const CodeTree& tree, const CodeCall& call, Carried what,
                                            std::span<const std::string_view> but = {});

// Where the names of a file get their values: whether a variable called `token` holds a token of Hugging Face.
class TokenBindings {
 public:
  explicit TokenBindings(FileView& file);

  // A value of this name, used at this place, was assigned from the environment, get_token() and the like. What is nearest
  // before the use decides; the name of a loop's variable never does.
  [[nodiscard]] bool holds_token(const Piece& piece, const CarriedValue& value) const;
  // The name is that of a loop's variable somewhere in the file.
  [[nodiscard]] bool is_loop_variable(std::string_view name) const;

 private:
  struct Binding {
    const Piece* piece;
    std::uint64_t begin;
    bool token;
    bool operator<(const Binding& other) const {
      return piece == other.piece ? begin < other.begin : std::less<>()(piece, other.piece);
    }
  };
  struct Name {
    std::vector<Binding> bindings;
    bool any_token = false;
  };
  void add(const Piece& piece, const CodeTree& tree);
  void bind(const std::string& name, const Binding& binding);

  bool of_hub_;  // the file names huggingface_hub
  std::unordered_map<std::string, Name> names_;
  std::unordered_set<std::string> loop_variables_;
};

// Those of the file, gathered once.
[[nodiscard]] const TokenBindings& token_bindings(FileView& file);

// Languages of the pieces that these questions are about.
[[nodiscard]] bool is_program(Language language);

// `name` says that it holds a token of Hugging Face, and not that there is one (has_hf_token) or that it is hidden.
[[nodiscard]] bool names_token_value(std::string_view name);

}  // namespace hfscan
