// Calls and commands that take a token by the name of its variable. Tested by tests/unit/inventory/file_uses_test.cc.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/token_names.h"
#include "inventory/file_parts.h"
#include "inventory/use_place.h"

namespace hfscan {
namespace {

using std::string_view;

// What is called, or the first words of what is run.
struct Taker {
  string_view name;
  string_view kind;
};

constexpr std::array kCalls = {Taker{"run_job", "hf-job"},
                               Taker{"run_uv_job", "hf-job"},
                               Taker{"hf_jobs", "hf-job"},
                               Taker{"create_scheduled_job", "hf-scheduled-job"},
                               Taker{"create_scheduled_uv_job", "hf-scheduled-job"},
                               Taker{"add_space_secret", "hf-space-secret"},
                               Taker{"addSpaceSecret", "hf-space-secret"},
                               Taker{"duplicate_space", "hf-space-secret"},
                               Taker{"create_inference_endpoint", "inference-endpoint"},
                               Taker{"update_inference_endpoint", "inference-endpoint"},
                               Taker{"HuggingFaceModel", "sagemaker"},
                               Taker{"JumpStartModel", "sagemaker"},
                               Taker{"HuggingFace", "sagemaker"},
                               Taker{"HuggingFaceProcessor", "sagemaker"}};

// Longer ones first: the first that fits decides.
constexpr std::array kCommands = {
    Taker{"hf jobs scheduled", "hf-scheduled-job"},  Taker{"hf jobs", "hf-job"},
    Taker{"hf spaces secrets", "hf-space-secret"},   Taker{"hf endpoints", "inference-endpoint"},
    Taker{"gh secret set", "github-actions-secret"}, Taker{"gh variable set", "github-actions-variable"},
    Taker{"glab variable", "gitlab-variable"},       Taker{"docker secret create", "docker-secret"}};

// The first text in quotes, or word, that looks like USER/NAME.
std::string named_repository(string_view text) {
  static const Regex name(R"((?:^|["'\s=])(?P<secret>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:["'\s,)]|$))");
  const std::vector<Regex::Hit> hits = name.find_all(text.substr(0, 1000));
  return hits.empty() ? "" : std::string(text.substr(hits[0].secret.begin, hits[0].secret.end - hits[0].secret.begin));
}

bool is_code(Language language) { return language == Language::python || language == Language::javascript; }

void add_region(FileView& view, const Region& region, FileUses& found, std::vector<Region>& regions) {
  Region added = region;
  const string_view text = view.text();
  const auto begin = std::min(static_cast<std::size_t>(region.span.begin), text.size());
  if (region.kind == "hf-space-secret") {
    added.scope = named_repository(text.substr(begin, static_cast<std::size_t>(region.span.size())));
    if (!added.scope.empty()) found.spaces.insert(added.scope);
  }
  if (regions.size() < kMostUsesOfFile) regions.push_back(std::move(added));
}

void add_calls(FileView& view, const Piece& piece, FileUses& found, std::vector<Region>& regions) {
  std::array<string_view, kCalls.size()> names{};
  std::transform(kCalls.begin(), kCalls.end(), names.begin(), [](const Taker& taker) { return taker.name; });
  if (!holds_one_of(piece.text, names)) return;
  const bool sagemaker = view.text().find("sagemaker") != string_view::npos;
  for (const CodeCall& call : calls_named(view.code(piece), names)) {
    const auto* taker =
        std::find_if(kCalls.begin(), kCalls.end(), [&](const Taker& t) { return call.callee.is_named(t.name); });
    if (taker == kCalls.end() || (taker->kind == "sagemaker" && !sagemaker)) continue;
    add_region(view, {piece.to_file(call.span), taker->kind, ""}, found, regions);
  }
}

std::string first_words(const ShellScript& script, const ShellCommand& command) {
  constexpr std::size_t kWords = 5;
  std::string text;
  for (const ShellWord& word : script.words_of(command)) {
    if (text.empty() && is_one_of(word.text, {"sudo", "env", "time", "uvx", "exec"})) continue;
    text += cat(word.text.substr(0, 40), " ");
    if (std::count(text.begin(), text.end(), ' ') >= static_cast<std::ptrdiff_t>(kWords)) break;
  }
  return text;
}

void add_commands(FileView& view, const Piece& piece, FileUses& found, std::vector<Region>& regions) {
  const ShellScript& script = view.shell(piece);
  for (const ShellCommand& command : script.commands) {
    if (command.kind != ShellCommandKind::simple) continue;
    const std::string words = first_words(script, command);
    const auto* taker =
        std::find_if(kCommands.begin(), kCommands.end(), [&](const Taker& t) { return words.starts_with(cat(t.name, " ")); });
    if (taker != kCommands.end()) add_region(view, {piece.to_file(command.span), taker->kind, ""}, found, regions);
  }
}

// Whether the line up to there begins like a comment of the languages in which such names stand.
bool in_comment(string_view text, std::size_t at) {
  constexpr std::size_t kReach = 4096;  // of a longer line nobody says where it begins
  const string_view before = text.substr(0, at).substr(at - std::min(at, kReach));
  const string_view line = trim(before.substr(before.rfind('\n') + 1));
  return line.starts_with('#') || line.starts_with("//");
}

bool may_be_name(string_view word) {
  constexpr std::size_t kLongest = 128;
  if (word.size() < 5 || word.size() > kLongest) return false;
  const std::string lower = to_lower_ascii(word);
  return lower.find("hf") != std::string::npos || lower.find("hugging") != std::string::npos;
}

}  // namespace

std::vector<Region> regions_of(FileView& view, FileUses& found) {
  std::vector<Region> regions;
  for (const Piece& piece : view.pieces()) {
    if (piece.documentation) continue;
    if (is_code(piece.language)) add_calls(view, piece, found, regions);
    if (is_shell(piece.language)) add_commands(view, piece, found, regions);
  }
  return regions;
}

std::vector<NameWord> name_words(string_view text) {
  std::vector<NameWord> words;
  for (std::size_t at = 0; at < text.size() && words.size() <= kMostUsesOfFile;) {
    if (!is_name_byte(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    const string_view word = text.substr(at, end - at);
    if (may_be_name(word) && is_token_name(word) && !in_comment(text, at)) words.push_back({word, at});
    at = end;
  }
  return words;
}

}  // namespace hfscan
