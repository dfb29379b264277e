// Tested by tests/unit/hygiene/matchers/logging_test.cc.
#include "hygiene/matchers/logging_flow.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "hygiene/token_names.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

// Functions and methods that give back what they get, more or less.
constexpr std::array<std::string_view, 38> kPassing = {
    "str",    "repr",  "format", "join",    "dumps",   "dict",   "list",    "tuple",           "pformat", "stringify",
    "String", "msg",   "style",  "bold",    "red",     "green",  "blue",    "yellow",          "colored", "Text",
    "escape", "strip", "rstrip", "lstrip",  "trim",    "upper",  "lower",   "toString",        "encode",  "decode",
    "copy",   "items", "sorted", "entries", "inspect", "concat", "replace", "get_secret_value"};
// Functions whose value is the token itself.
constexpr std::array<std::string_view, 2> kGivingToken = {"get_token", "getToken"};
// Functions that look a name up: the token, when the name is a token's.
constexpr std::array<std::string_view, 5> kLookingUp = {"getenv", "get", "environ", "getEnv", "pop"};
constexpr std::array<std::string_view, 12> kComparing = {"==", "!=", "===", "!==", "<",   ">",
                                                         "<=", ">=", "is",  "in",  "not", "instanceof"};

std::string_view last_name(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

bool is_environment(std::string_view dotted) {
  static constexpr std::array<std::string_view, 5> kNames = {"os.environ", "environ", "process.env", "import.meta.env",
                                                             "Deno.env"};
  return is_one_of(dotted, kNames);
}

// Reads one expression after the other; those found inside are put on a list, so that depth costs no stack.
class Reader {
 public:
  Reader(const CodeTree& tree, Carried what) : tree_(tree), what_(what) {}

  void add(TokenRange range) {
    if (!range.empty()) open_.push_back(range);
  }

  std::vector<CarriedValue> run() {
    // Every range is part of one before it, so there are no more than tokens.
    std::size_t budget = tree_.tokens.size() + open_.size() + 64;
    while (!open_.empty() && budget-- > 0) {
      const TokenRange range = open_.back();
      open_.pop_back();
      expression(range);
    }
    return std::move(found_);
  }

  void add_items(std::uint32_t group) {
    for (const CodeEntry& entry : entries_of(tree_, group)) add(entry.value);
  }

 private:
  [[nodiscard]] std::string_view text(std::uint32_t token) const { return tree_.spelled(token); }
  [[nodiscard]] bool is_word(std::uint32_t token, std::string_view word) const {
    return (tree_.tokens[token].kind == TokenKind::name || tree_.tokens[token].kind == TokenKind::op) && text(token) == word;
  }
  // The first token of the level in [from, end) that is one of these words; `end` if none is.
  [[nodiscard]] std::uint32_t find(std::uint32_t from, std::uint32_t end, std::string_view word) const {
    for (std::uint32_t i = from; i < end; i = tree_.next(i)) {
      if (is_word(i, word)) return i;
    }
    return end;
  }

  // a if condition else b; condition ? a : b
  void expression(TokenRange range) {
    const bool python = tree_.language == Language::python;
    const std::uint32_t question = find(range.begin, range.end, python ? "if" : "?");
    if (question == range.end) return alternatives(range);
    const std::uint32_t otherwise = find(question, range.end, python ? "else" : ":");
    if (python)
      add({range.begin, question});
    else
      add({question + 1, otherwise});
    if (otherwise < range.end) add({otherwise + 1, range.end});
  }

  // a or b: either; a and b: the second, for the first is handed on only when it is empty.
  void alternatives(TokenRange range) {
    std::uint32_t begin = range.begin;
    for (std::uint32_t i = range.begin; i < range.end; i = tree_.next(i)) {
      const bool alternative = is_word(i, "or") || is_word(i, "||") || is_word(i, "??");
      const bool condition = is_word(i, "and") || is_word(i, "&&");
      if (alternative) operand({begin, i});
      if (alternative || condition) begin = i + 1;
    }
    operand({begin, range.end});
  }

  [[nodiscard]] bool follows_value(std::uint32_t i) const {
    const TokenKind before = tree_.tokens[i - 1].kind;
    return before == TokenKind::name || before == TokenKind::close;
  }

  // What a comparison or a negation gives is no token. A comprehension is known by its first part.
  void operand(TokenRange range) {
    for (std::uint32_t i = range.begin; i < range.end; i = tree_.next(i)) {
      const TokenKind kind = tree_.tokens[i].kind;
      if (kind == TokenKind::name && (text(i) == "for" || text(i) == "lambda")) {
        range.end = i;
        break;
      }
      if (kind == TokenKind::name || kind == TokenKind::op) {
        if (is_one_of(text(i), kComparing) || text(i) == "!" || text(i) == "typeof" || text(i) == "delete") {
          if (text(i) == "!" && i > range.begin && follows_value(i)) continue;  // TypeScript's x!
          return;
        }
      }
    }
    for (std::uint32_t i = range.begin; i < range.end;) i = value(i, range.end);
  }

  // One operand from token `i` on; gives the token after it.
  std::uint32_t value(std::uint32_t i, std::uint32_t end) {
    switch (tree_.tokens[i].kind) {
      case TokenKind::string: fields(i); return chain(tree_.next(i), end, {.begin = i, .text_before = true});
      case TokenKind::open: {
        const std::uint32_t group = tree_.tokens[i].link;
        add_items(group);
        return std::max(tree_.groups[group].after(), i + 1);
      }
      case TokenKind::name: {
        Chain start{.begin = i, .dotted = std::string(text(i)), .last = text(i)};
        return chain(i + 1, end, start);
      }
      default: return i + 1;
    }
  }

  // The fields of a string: {x}, {x!r:>10}, {x=}.
  void fields(std::uint32_t string) {
    for (std::uint32_t i = string + 1; i < tree_.tokens[string].link; ++i) {
      if (tree_.tokens[i].kind != TokenKind::field_open || tree_.tokens[i].head != string) continue;
      const std::uint32_t group = tree_.tokens[i].link;
      add(without_format(tree_.groups[group].inside()));
      i = std::max(i, tree_.groups[group].end);
    }
  }

  [[nodiscard]] TokenRange without_format(TokenRange field) const {
    if (tree_.language != Language::python) return field;
    for (std::uint32_t i = field.begin; i < field.end; i = tree_.next(i)) {
      if (is_word(i, "!") || is_word(i, ":") || is_word(i, "=")) return {field.begin, i};
    }
    return field;
  }

  // What has been read of a.b["c"].d(e).
  struct Chain {
    std::uint32_t begin = 0;
    std::string dotted = {};
    std::string_view last = {};
    bool text_before = false;  // "...".format
    bool called = false;
    bool token = false;     // decided by a call or a subscript
    std::string base = {};  // the name that decides whether it is one of Hugging Face
    bool ended = false;     // what follows gives no more than a part
    bool sliced = false;
  };

  std::uint32_t chain(std::uint32_t i, std::uint32_t end, Chain chain) {
    while (i < end) {
      const CodeToken& token = tree_.tokens[i];
      const bool dot = token.kind == TokenKind::op && (text(i) == "." || text(i) == "?." || text(i) == "!.");
      if (dot && i + 1 < end && tree_.tokens[i + 1].kind == TokenKind::name) {
        attribute(chain, i + 1, end);
        i += 2;
      } else if (token.kind == TokenKind::op && text(i) == "!" && tree_.language == Language::javascript && i + 1 < end &&
                 is_word(i + 1, ".")) {
        ++i;
      } else if (token.kind == TokenKind::open && (text(i) == "(" || text(i) == "[")) {
        if (text(i) == "(")
          call(chain, token.link);
        else
          subscript(chain, token.link);
        i = std::max(tree_.groups[token.link].after(), i + 1);
      } else {
        break;
      }
    }
    settle(chain, i);
    return std::max(i, chain.begin + 1);
  }

  void attribute(Chain& chain, std::uint32_t name, std::uint32_t end) {
    const bool method = name + 1 < end && tree_.tokens[name + 1].kind == TokenKind::open && text(name + 1) == "(";
    const bool known = chain.token || (!chain.called && names_token_value(chain.last));
    if (known && !(method && is_one_of(text(name), kPassing)) && !is_slicing(text(name))) chain.ended = true;
    if (!method) {
      chain.token = false;
      chain.called = false;
    }
    chain.last = text(name);
    if (!chain.dotted.empty()) chain.dotted += ".";
    chain.dotted += chain.last;
  }

  static bool is_slicing(std::string_view method) { return method == "slice" || method == "substring" || method == "substr"; }

  // By what has been read so far.
  [[nodiscard]] bool is_token(const Chain& chain) const {
    if (chain.ended || chain.sliced) return false;
    return chain.token || (!chain.called && (names_token_value(chain.last) || is_generic_token_name(chain.last)));
  }

  void call(Chain& chain, std::uint32_t group) {
    const std::string_view name = chain.last;
    const std::size_t dot = chain.dotted.rfind('.');
    const bool of_token = chain.token || (dot != std::string::npos && is_token_base(chain));
    if (is_slicing(name) && of_token) {
      chain.sliced = true;
      chain.called = true;
      slice(chain, entries_of(tree_, group));
      return;
    }
    const bool was_token = chain.token;
    chain.token = is_one_of(name, kGivingToken) || (is_one_of(name, kLookingUp) && names_token(group)) ||
                  (is_one_of(name, kPassing) && of_token);
    if (is_one_of(name, kGivingToken)) chain.base = std::string(kHubToken);
    if (is_one_of(name, kPassing) && of_token && !was_token) chain.base = chain.dotted.substr(0, dot);
    if (is_one_of(name, kPassing) && !of_token && passes(name, group)) add_items(group);
    if (what_ == Carried::environment && is_one_of(name, kPassing) && dot != std::string::npos) {
      chain.dotted.resize(dot);  // os.environ.copy()
      return;
    }
    chain.called = true;
  }

  // list(os.environ) gives names only.
  [[nodiscard]] bool passes(std::string_view function, std::uint32_t group) const {
    static constexpr std::array<std::string_view, 4> kOfNames = {"list", "sorted", "tuple", "join"};
    if (what_ != Carried::environment || !is_one_of(function, kOfNames)) return true;
    return tree_.spelled(tree_.span_of_group(group)).substr(0, 256).find("items") != std::string_view::npos;
  }

  // hf_token.strip: what stands before the last name is a token.
  [[nodiscard]] bool is_token_base(const Chain& chain) const {
    if (chain.ended) return false;
    const std::string_view before = std::string_view(chain.dotted).substr(0, chain.dotted.rfind('.'));
    const std::string_view name = last_name(before);
    return names_token_value(name) || is_generic_token_name(name);
  }

  // The first argument, or the subscript, is the name of a token.
  [[nodiscard]] bool names_token(std::uint32_t group) const {
    const std::vector<CodeEntry> entries = entries_of(tree_, group);
    if (entries.empty() || entries.front().value.empty()) return false;
    const std::optional<MappedText> name = string_value(tree_, entries.front().value);
    return name && is_token_name(name->text);
  }

  void subscript(Chain& chain, std::uint32_t group) {
    const TokenRange inside = tree_.groups[group].inside();
    const bool slices = find(inside.begin, inside.end, ":") != inside.end;
    if (is_token(chain)) {
      if (slices) python_slice(chain, inside);
      chain.sliced = slices;
      chain.ended = true;
      return;
    }
    chain.token = names_token(group);
    chain.called = true;
  }

  void python_slice(Chain& chain, TokenRange inside) {
    const std::uint32_t colon = find(inside.begin, inside.end, ":");
    chain.sliced = true;
    if (!is_prefix(tree_.spelled(tree_.span({inside.begin, colon})), tree_.spelled(tree_.span({colon + 1, inside.end}))))
      found_slice(chain);
  }

  void slice(Chain& chain, const std::vector<CodeEntry>& bounds) {
    if (bounds.empty()) return;
    const std::string_view to = bounds.size() > 1 ? tree_.spelled(bounds[1].value_span) : std::string_view();
    if (!is_prefix(tree_.spelled(bounds[0].value_span), to)) found_slice(chain);
  }

  // [:3], [0:3]: nothing but what all tokens begin with.
  static bool is_prefix(std::string_view from, std::string_view to) {
    return (trim(from).empty() || trim(from) == "0") && trim(to).size() == 1 && trim(to)[0] >= '0' && trim(to)[0] <= '3';
  }

  void found_slice(const Chain& chain) {
    if (what_ != Carried::slice) return;
    std::string name = chain.dotted;
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && is_slicing(std::string_view(name).substr(dot + 1))) name.resize(dot);
    const std::string_view last = last_name(name);
    const std::uint64_t begin = tree_.tokens[chain.begin].begin;
    found_.push_back({{begin, begin + name.size()}, name, !names_token_value(last) && !chain.token});
  }

  void settle(const Chain& chain, std::uint32_t after) {
    if (chain.text_before || after == 0) return;
    const ByteSpan span{tree_.tokens[chain.begin].begin, tree_.tokens[after - 1].end};
    if (what_ == Carried::environment) {
      if (is_environment(chain.dotted) && !chain.called) found_.push_back({span, chain.dotted, false});
      return;
    }
    if (what_ != Carried::token || chain.ended || chain.sliced) return;
    if (chain.token && !chain.base.empty())
      found_.push_back({span, chain.base, !names_token_value(last_name(chain.base))});
    else if (chain.token || !chain.called)
      found_.push_back({span, chain.dotted, !chain.token && !names_token_value(chain.last)});
  }

  const CodeTree& tree_;
  Carried what_;
  std::vector<TokenRange> open_;
  std::vector<CarriedValue> found_;
};

}  // namespace

std::vector<CarriedValue> carried_values(const CodeTree& tree, TokenRange range, Carried what) {
  Reader reader(tree, what);
  reader.add(range);
  return reader.run();
}

std::vector<CarriedValue> carried_arguments(const CodeTree& tree, const CodeCall& call, Carried what,
                                            std::span<const std::string_view> but) {
  Reader reader(tree, what);
  for (const CodeEntry& entry : entries_of(tree, call)) {
    if (!entry.name || std::find(but.begin(), but.end(), *entry.name) == but.end()) reader.add(entry.value);
  }
  return reader.run();
}

bool is_program(Language language) { return language == Language::python || language == Language::javascript; }

bool names_token_value(std::string_view name) {
  if (!is_token_name(name)) return false;
  static constexpr std::array<std::string_view, 18> kAboutIt = {
      "has_",  "have_",    "is_",     "no_",    "use_",    "uses_",  "need_",  "needs_", "require_",
      "with_", "missing_", "masked_", "redact", "hashed_", "valid_", "check_", "set_",   "requires_"};
  const std::string lower = to_lower_ascii(name);
  return std::none_of(kAboutIt.begin(), kAboutIt.end(), [&lower](std::string_view word) { return lower.starts_with(word); });
}

}  // namespace hfscan
