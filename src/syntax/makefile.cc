// Tested by tests/unit/syntax/makefile_test.cc.
#include "syntax/makefile.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// First `=` or `:` outside $(...) and ${...}, else npos.
std::size_t first_sign(std::string_view line) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '$' && at + 1 < line.size() && (line[at + 1] == '(' || line[at + 1] == '{')) {
      ++depth;
      ++at;
    } else if ((c == ')' || c == '}') && depth > 0) {
      --depth;
    } else if ((c == '=' || c == ':') && depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

struct Operator {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
};

// A justfile's only sign is the colon; `=` gives a parameter its default.
std::size_t first_colon(std::string_view line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == quote || (quote == '\0' && (c == '"' || c == '\'')))
      quote = quote == '\0' ? c : '\0';
    else if (c == ':' && quote == '\0')
      return at;
  }
  return std::string_view::npos;
}

// The assignment operator whose first sign stands at `sign`: `=` `+=` `?=` `!=` `:=` `::=` `:::=`; none for the colon of a
// rule.
Operator operator_at(std::string_view line, std::size_t sign) {
  if (sign == std::string_view::npos) return {};
  if (line[sign] == '=') {
    const bool has_mark = sign > 0 && std::string_view("+?!").find(line[sign - 1]) != std::string_view::npos;
    return {has_mark ? sign - 1 : sign, sign + 1};
  }
  const std::size_t end = line.find_first_not_of(':', sign);
  return end != std::string_view::npos && line[end] == '=' ? Operator{sign, end + 1} : Operator{};
}

// Takes `word` and the blanks behind it off the front of `line`.
bool take_word(std::string_view& line, std::string_view word) {
  if (!line.starts_with(word) || line.size() <= word.size() || kBlanks.find(line[word.size()]) == std::string_view::npos)
    return false;
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks, word.size()), line.size()));
  return true;
}

class MakefileReader {
 public:
  MakefileReader(std::string_view text, MakeFlavour flavour) : text_(text), flavour_(flavour) {}

  MakeFile read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      if (file_.variables.size() + file_.rules.size() + file_.recipes.size() >= kMakeItemLimit) {
        file_.gave_up = GaveUp{at_, "more lines than are read"};
        break;
      }
      if (is_recipe_line())
        recipe_line();
      else
        logical_line();
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  // The current line without its end; moves behind it.
  ByteSpan take_line() {
    const std::size_t begin = at_;
    std::size_t end = line_end();
    at_ = std::min(end + 1, text_.size());
    if (end > begin && text_[end - 1] == '\r') --end;
    return {begin, end};
  }
  [[nodiscard]] std::string_view slice(std::uint64_t begin, std::uint64_t end) const {
    return text_.substr(begin, end - begin);
  }

  [[nodiscard]] bool goes_on(ByteSpan line) const {
    std::uint64_t slashes = 0;
    while (slashes < line.size() && text_[line.end - 1 - slashes] == '\\') ++slashes;
    return slashes % 2 == 1 && at_ < text_.size();
  }

  [[nodiscard]] bool is_recipe_line() const {
    if (file_.rules.empty() || !in_rule_) return false;
    if (flavour_ == MakeFlavour::make) return text_[at_] == prefix_;
    return text_[at_] == ' ' || text_[at_] == '\t';
  }

  // The lines of one command as the shell gets them; make takes the prefix off each.
  void recipe_line() {
    MakeRecipe recipe;
    ByteSpan line = take_line();
    recipe.rule = static_cast<std::uint32_t>(file_.rules.size() - 1);
    std::uint64_t begin = line.begin;
    for (; begin < line.end && (kBlanks.find(text_[begin]) != std::string_view::npos || text_[begin] == prefix_ ||
                                std::string_view("@-+").find(text_[begin]) != std::string_view::npos);
         ++begin) {
      recipe.silent = recipe.silent || text_[begin] == '@';
      recipe.ignores_errors = recipe.ignores_errors || text_[begin] == '-';
      recipe.always = recipe.always || text_[begin] == '+';
    }
    if (begin == line.end) return;
    recipe.span.begin = begin;
    finish_recipe(recipe, {begin, line.end});
  }

  void finish_recipe(MakeRecipe& recipe, ByteSpan line) {
    const bool script = flavour_ == MakeFlavour::just && slice(line.begin, line.end).starts_with("#!");
    recipe.command.append_copied(slice(line.begin, line.end), line.begin);
    while (at_ < text_.size() && (goes_on(line) || (script && is_recipe_line()))) {
      const std::uint64_t end = line.end;
      line = take_line();
      if (line.size() > 0 && text_[line.begin] == prefix_) ++line.begin;
      recipe.command.append_spelled("\n", {end, line.begin});
      recipe.command.append_copied(slice(line.begin, line.end), line.begin);
    }
    recipe.span.end = line.end;
    file_.recipes.push_back(std::move(recipe));
  }

  // Outside recipes a continued line is joined by one blank.
  void logical_line() {
    ByteSpan line = take_line();
    MappedText joined;
    ByteSpan whole = line;
    while (goes_on(line)) {
      joined.append_copied(slice(line.begin, line.end - 1), line.begin);
      const std::uint64_t mark = line.end - 1;
      line = take_line();
      while (line.size() > 0 && kBlanks.find(text_[line.begin]) != std::string_view::npos) ++line.begin;
      joined.append_spelled(" ", {mark, line.begin});
    }
    joined.append_copied(slice(line.begin, line.end), line.begin);
    whole.end = line.end;
    statement(joined, whole);
  }

  void statement(const MappedText& joined, ByteSpan span) {
    std::string_view line = joined.text;
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    if (line.empty() || line[0] == '#') return;
    bool exported = false;
    while (true) {
      if (take_word(line, "export"))
        exported = true;
      else if (!take_word(line, "override") && !take_word(line, "private") && !take_word(line, "unexport"))
        break;
    }
    if (flavour_ == MakeFlavour::make && take_word(line, "define")) return define(line, exported, span);
    const std::size_t sign = flavour_ == MakeFlavour::just ? first_colon(line) : first_sign(line);
    const Operator found = operator_at(line, sign);
    if (found.begin != std::string_view::npos) {
      in_rule_ = in_rule_ && flavour_ == MakeFlavour::make;
      variable(joined, line, found, {exported, {}, span});
    } else if (sign != std::string_view::npos) {
      rule(joined, line, sign, span);
    } else if (exported) {
      MakeVariable alone;
      alone.name = trim(line);
      alone.exported = true;
      alone.span = span;
      file_.variables.push_back(std::move(alone));
    }
  }

  struct Context {
    bool exported;
    std::string target;
    ByteSpan span;
  };

  // `line` is a tail of joined.text.
  void variable(const MappedText& joined, std::string_view line, const Operator& found, Context context) {
    MakeVariable variable;
    variable.name = trim(line.substr(0, found.begin));
    variable.operation = line.substr(found.begin, found.end - found.begin);
    variable.exported = context.exported;
    variable.target = std::move(context.target);
    variable.span = context.span;
    std::string_view value = line.substr(found.end);
    const std::size_t offset = joined.text.size() - value.size();
    const std::string_view kept = trim(value.substr(0, comment(value)));
    const std::size_t begin = kept.empty() ? offset : offset + static_cast<std::size_t>(kept.data() - value.data());
    variable.value.append_copied(kept, begin);
    variable.value.map = variable.value.map.through(joined.map);
    if (variable.name == ".RECIPEPREFIX" && !kept.empty()) prefix_ = kept[0];
    file_.variables.push_back(std::move(variable));
  }

  // Where the comment of a value begins: in a justfile quotes protect, in a makefile a backslash does.
  std::size_t comment(std::string_view value) const {
    char quote = '\0';
    for (std::size_t at = 0; at < value.size(); ++at) {
      const char c = value[at];
      if (flavour_ == MakeFlavour::just && (c == quote || (quote == '\0' && (c == '"' || c == '\''))))
        quote = quote == '\0' ? c : '\0';
      if (c == '#' && quote == '\0' && (at == 0 || value[at - 1] != '\\')) return at;
    }
    return value.size();
  }

  void rule(const MappedText& joined, std::string_view line, std::size_t sign, ByteSpan span) {
    const std::string_view targets = trim(line.substr(0, sign));
    const std::size_t rest_begin = std::min(line.find_first_not_of(':', sign), line.size());
    const std::string_view rest = line.substr(rest_begin);
    const Operator found = operator_at(rest, first_sign(rest));
    const bool has_name = found.begin != std::string_view::npos &&
                          trim(rest.substr(0, found.begin)).find_first_of(" \t;") == std::string_view::npos;
    if (has_name && flavour_ == MakeFlavour::make) {
      std::string_view named = rest.substr(std::min(rest.find_first_not_of(kBlanks), rest.size()));
      const std::size_t skipped = rest.size() - named.size();
      return variable(joined, named, {found.begin - skipped, found.end - skipped}, {false, std::string(targets), span});
    }
    in_rule_ = true;
    const std::size_t semicolon = flavour_ == MakeFlavour::make ? rest.find(';') : std::string_view::npos;
    file_.rules.push_back({std::string(targets), std::string(trim(rest.substr(0, semicolon))), span});
    if (semicolon == std::string_view::npos) return;
    const std::size_t begin = std::min(rest.find_first_not_of(" \t;@-+", semicolon), rest.size());
    MakeRecipe recipe;
    recipe.rule = static_cast<std::uint32_t>(file_.rules.size() - 1);
    recipe.silent = rest.substr(semicolon, begin - semicolon).find('@') != std::string_view::npos;
    recipe.command.append_copied(rest.substr(begin), joined.text.size() - (rest.size() - begin));
    recipe.command.map = recipe.command.map.through(joined.map);
    recipe.span = span;
    if (!recipe.command.text.empty()) file_.recipes.push_back(std::move(recipe));
  }

  // To the line `endef`, or to the end of the file.
  void define(std::string_view head, bool exported, ByteSpan span) {
    MakeVariable variable;
    const std::size_t sign = first_sign(head);
    const Operator found = operator_at(head, sign);
    variable.name = trim(head.substr(0, std::min(found.begin, head.size())));
    variable.operation = "define";
    variable.exported = exported;
    variable.span = span;
    while (at_ < text_.size()) {
      const ByteSpan line = take_line();
      if (trim(slice(line.begin, line.end)) == "endef") break;
      variable.value.append_copied(slice(line.begin, at_), line.begin);
      variable.span.end = line.end;
    }
    file_.variables.push_back(std::move(variable));
  }

  std::string_view text_;
  MakeFlavour flavour_;
  std::size_t at_ = 0;
  char prefix_ = '\t';
  bool in_rule_ = false;
  MakeFile file_;
};

}  // namespace

MakeFile read_makefile(std::string_view text, MakeFlavour flavour) { return MakefileReader(text, flavour).read(); }

}  // namespace hfscan
