#include "seeds.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "check.h"
#include "paths.h"
#include "rules/fixture.h"
#include "rules/rule_set.h"

namespace hfscan::fuzz {
namespace {

constexpr std::array<std::string_view, 48> kUnits = {
    "[",  "{",    "(",    "\"",       "'",           "`",          "- ",   "$(",    "${",      "${{ ", "<<",     "cat <<A\n",
    "<",  "\\",   "\n",   "\\\n",     "a: ",         "? ",         "&a ",  "*a ",   "{a: [",   "f\"{", "\"\"\"", "```\n",
    "> ", "$'",   "\"$(", "`\\`",     "if a; then ", "case a in ", "a | ", "a && ", "{\"a\":", "a.",   "(a=>",   "lambda a: ",
    "%",  "@'\n", "<!--", ".. a::\n", "RUN <<A\n",   "\r",         "\t",   "#",     "/*",      "//",   "=",      "a,"};

// The text of an example, with the files beside it.
struct Example {
  std::string path;
  std::string text;
  bool operator<(const Example& other) const { return std::tie(path, text) < std::tie(other.path, other.text); }
};

void add_example(const RuleExample& example, std::set<Example>& found) {
  if (auto text = expand_fixture(example.content)) found.insert({example.path, *text});
  for (const RuleExample& also : example.also) add_example(also, found);
}

const std::set<Example>& rule_examples() {
  static const std::set<Example> all = [] {
    const RuleSet rules;
    std::set<Example> found;
    for (const Rule* rule : rules.all()) {
      for (const RuleExample& example : rule->bad) add_example(example, found);
      for (const RuleExample& example : rule->good) add_example(example, found);
    }
    return found;
  }();
  return all;
}

// The number of the name that is most like the example's.
std::size_t path_of(const Example& example) {
  const auto same = std::find(kPaths.begin(), kPaths.end(), example.path);
  if (same != kPaths.end()) return static_cast<std::size_t>(same - kPaths.begin());
  const Language language = language_of(example.path, example.text);
  const auto like = std::find_if(kPaths.begin(), kPaths.end(), [&](auto path) { return language_of(path, "") == language; });
  return static_cast<std::size_t>(like == kPaths.end() ? 0 : like - kPaths.begin());
}

bool wants(const Target& target, const Example& example) {
  const Language language = language_of(example.path, example.text);
  return target.languages.empty() ||
         std::find(target.languages.begin(), target.languages.end(), language) != target.languages.end();
}

std::string with_choice(const Target& target, std::size_t choice, std::string_view text) {
  std::string input;
  if (target.choices > 0) input.push_back(static_cast<char>(choice % target.choices));
  return input.append(text);
}

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text.append(unit);
  return text;
}

std::string alias_bomb(std::size_t size) {
  std::string text = "a0: &a0 [HF_TOKEN]\n";
  for (std::size_t i = 1; text.size() < size; ++i) {
    const std::string number = std::to_string(i);
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + number + ": &a" + number + " [" + before + ", " + before + ", {<<: " + before + "}]\n";
  }
  return text;
}

}  // namespace

std::vector<std::string> hostile_texts(std::size_t size) {
  std::vector<std::string> texts;
  for (const std::string_view unit : kUnits) texts.push_back("HF_TOKEN: " + repeated(unit, size));
  for (const char* line : {"hf_token = \"a\", ", "echo $HF_TOKEN; ", "curl -H \"Authorization: Bearer $HF_TOKEN\" ",
                           "${{ secrets.HF_TOKEN }} ", "os.environ[\"HF_TOKEN\"], ", "print(f\"{hf_token}\"); "})
    texts.push_back(repeated(line, size));
  texts.push_back(alias_bomb(size));
  texts.push_back(std::string(size, '\0'));
  test::RandomText random(1);
  texts.push_back(random.bytes(size));
  return texts;
}

std::vector<std::string> seeds_of(const Target& target, std::size_t hostile_size) {
  std::vector<std::string> seeds;
  const bool by_path = target.choices == kPaths.size();
  for (const Example& example : rule_examples()) {
    if (!wants(target, example)) continue;
    if (by_path) {
      seeds.push_back(with_choice(target, path_of(example), example.text));
    } else {
      seeds.push_back(with_choice(target, seeds.size(), example.text));
    }
  }
  std::size_t choice = 0;
  for (const std::string& text : hostile_texts(hostile_size)) {
    // Every flood under every choice, but only some of the names.
    const std::size_t times = by_path ? 4 : std::max<std::size_t>(target.choices, 1);
    for (std::size_t i = 0; i < times; ++i) seeds.push_back(with_choice(target, choice++, text));
  }
  return seeds;
}

std::string mutated(std::string_view seed, test::RandomText& random) {
  std::string text(seed);
  const std::size_t at = random.below(text.size() + 1);
  const std::size_t length = std::min(random.below(32), text.size() - at);
  switch (random.below(6)) {
    case 0: text.resize(at); break;
    case 1: text.insert(at, repeated(kUnits[random.below(kUnits.size())], 1 + random.below(300))); break;
    case 2: text.insert(at, random.bytes(1)); break;
    case 3: text.erase(at, length); break;
    case 4: text.insert(at, text.substr(at, length)); break;
    default: text.insert(random.below(text.size() + 1), text.substr(at, length)); break;
  }
  return text;
}

std::string dictionary() {
  std::set<std::string> words(kUnits.begin(), kUnits.end());
  const RuleSet rules;
  for (const Rule* rule : rules.all()) {
    if (const auto* line = std::get_if<LineMatch>(&rule->match)) words.insert(line->keywords.begin(), line->keywords.end());
    if (const auto* command = std::get_if<CommandMatch>(&rule->match))
      words.insert(command->keywords.begin(), command->keywords.end());
    if (const auto* structure = std::get_if<StructureMatch>(&rule->match))
      words.insert(structure->keywords.begin(), structure->keywords.end());
  }
  std::string lines;
  for (const std::string& word : words) {
    lines += '"';
    for (const char c : word) {
      std::array<char, 5> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      lines += hex.data();
    }
    lines += "\"\n";
  }
  return lines;
}

}  // namespace hfscan::fuzz
