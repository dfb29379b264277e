// HF2004: a token written into a mapping of secrets. Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include "hygiene/matchers/jobs.h"
#include "hygiene/matchers/jobs_code.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kWords[] = {"secret"};
constexpr std::string_view kMappings[] = {"secrets", "space_secrets"};

class SecretFinder {
 public:
  SecretFinder(const CodeText& text, CodeReport& report)
      : text_(text), tree_(*text.tree), values_(*text.values), report_(report) {}

  void run() {
    for (std::uint32_t group = 0; group < tree_.groups.size(); ++group) {
      if (tree_.opener(group) == 'f') continue;
      for (const CodeEntry& entry : entries_of(tree_, group)) {
        if (entry.name && is_one_of(*entry.name, kMappings)) literals(entry.value);
      }
    }
    for (const CodeAssignment& assignment : assignments_of(tree_)) {
      const std::string_view target = assignment.target;
      if (is_one_of(target.substr(target.rfind('.') + 1), kMappings)) literals(assignment.value);
    }
    static constexpr std::string_view kCalls[] = {"add_space_secret"};
    for (const CodeCall& call : calls_named(tree_, kCalls)) {
      literals(call.arguments);
      for (const CodeEntry& entry : entries_of(tree_, call)) named_literal(entry, call.arguments.begin);
    }
  }

 private:
  void literals(TokenRange value) {
    for (const ByteSpan span : token_literals(tree_, value)) report_.hit(text_, span);
    for (const CodeEntry& entry : values_.mapping(value, value.begin)) {
      for (const ByteSpan span : token_literals(tree_, entry.value)) report_.hit(text_, span);
      named_literal(entry, value.begin);
    }
  }

  // A name that stands for a literal.
  void named_literal(const CodeEntry& entry, std::uint32_t at) {
    if (entry.value.empty() || tree_.tokens[entry.value.begin].kind != TokenKind::name) return;
    const std::optional<std::string> named = values_.text_of(entry.value, at);
    if (named && holds_token_literal(*named)) report_.hit(text_, span_of_entry(entry));
  }

  const CodeText& text_;
  const CodeTree& tree_;
  const CodeValues& values_;
  CodeReport& report_;
};

void find_in_yaml(const FileCheck& check, const Piece& piece, CodeReport& report) {
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    for (const YamlNode& node : {mapping.find("secrets"), mapping.find("space_secrets")}) {
      for (const YamlPair& pair : node.pairs()) {
        if (holds_token_literal(pair.value.text())) report.hit(piece, {pair.key.span().begin, pair.value.span().end});
      }
    }
  }
}

}  // namespace

void job_secret_literal(const FileCheck& check) {
  if (!holds_token_literal(check.file().text())) return;
  CodeReport report(check);
  for_each_code(check, kWords, [&report](const CodeText& text) {
    if (holds_token_literal(text.tree->text)) SecretFinder(text, report).run();
  });
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::yaml && holds_token_literal(piece.text)) find_in_yaml(check, piece, report);
  }
}

}  // namespace hfscan
