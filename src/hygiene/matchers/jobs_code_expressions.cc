// What is a token in source text. Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include <algorithm>

#include "hygiene/matchers/jobs_code.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

// Looks at the tokens of a range one by one; text of strings is passed over, their fields are not.
class ExpressionFinder {
 public:
  ExpressionFinder(const CodeTree& tree, TokenRange range) : tree_(tree), range_(range) {}

  std::optional<TokenExpression> find() const {
    for (std::uint32_t token = range_.begin; token < range_.end; ++token) {
      const CodeToken& found = tree_.tokens[token];
      if (found.kind == TokenKind::string && holds_token_literal(tree_.spelled(token))) return TokenExpression{found.span()};
      if (found.kind == TokenKind::name && is_expression(token)) return TokenExpression{found.span()};
    }
    return std::nullopt;
  }

 private:
  bool is_expression(std::uint32_t token) const {
    const std::string_view name = tree_.spelled(token);
    if (name == "get_token" || name == "getToken") return true;
    if (name == "environ" || name == "getenv" || name == "env") return is_environment(token);
    return is_token_variable(name) && !is_key(token) && !is_called(token);
  }

  // environ["HF_TOKEN"], environ.get("HF_TOKEN"), getenv("HF_TOKEN"); process.env.HF_TOKEN is seen by its last name.
  bool is_environment(std::uint32_t token) const {
    constexpr std::uint32_t kReach = 5;
    for (std::uint32_t next = token + 1; next < std::min(token + kReach, range_.end); ++next) {
      const CodeToken& after = tree_.tokens[next];
      if (after.kind == TokenKind::string) return is_token_name(tree_.spelled(after.value()));
      if (after.kind == TokenKind::close || tree_.is(next, ",")) return false;
    }
    return false;
  }

  // token=..., {token: ...}
  bool is_key(std::uint32_t token) const {
    const std::uint32_t next = token + 1;
    return next < range_.end && (tree_.is(next, "=") || tree_.is(next, ":"));
  }

  bool is_called(std::uint32_t token) const {
    const std::uint32_t next = token + 1;
    return next < range_.end && tree_.tokens[next].kind == TokenKind::open && tree_.text[tree_.tokens[next].begin] == '(';
  }

  const CodeTree& tree_;
  TokenRange range_;
};

bool is_plain_name(const CodeTree& tree, TokenRange range) {
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    if (tree.tokens[token].kind != TokenKind::name && !tree.is(token, ".")) return false;
  }
  return !range.empty();
}

bool is_hf_expression(const CodeTree& tree, TokenRange range) {
  const std::string_view first = tree.spelled(range.begin);
  const std::string_view last_name = tree.spelled(range.end - 1);
  if (is_plain_name(tree, range)) return is_token_name(last_name);
  constexpr std::uint32_t kLongest = 14;  // str(os.environ.get("HF_TOKEN") or "")
  if (range.end - range.begin > kLongest || first == "{" || first == "[") return false;
  for (std::uint32_t token = range.begin; token < range.end; ++token) {
    const CodeToken& found = tree.tokens[token];
    if (found.kind == TokenKind::name && (tree.spelled(token) == "get_token" || is_token_name(tree.spelled(token))))
      return true;
    if (found.kind == TokenKind::string && is_token_name(tree.spelled(found.value()))) return true;
  }
  return false;
}

}  // namespace

std::optional<TokenExpression> token_expression(const CodeTree& tree, TokenRange range) {
  return ExpressionFinder(tree, range).find();
}

bool is_hf_token_value(const CodeValues& values, TokenRange value, std::uint32_t at) {
  const CodeTree& tree = values.tree();
  value = tree.trimmed(value);
  if (value.empty()) return false;
  if (const std::optional<MappedText> text = string_value(tree, value)) return is_token_placeholder(text->text);
  if (is_hf_expression(tree, value)) return true;
  const TokenRange resolved = tree.trimmed(values.resolved(value, at));
  if (resolved.empty() || resolved.begin == value.begin) return false;
  return !string_value(tree, resolved) && is_hf_expression(tree, resolved);
}

}  // namespace hfscan
