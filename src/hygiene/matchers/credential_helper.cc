// credential.helper = store, in a configuration of git and in whatever sets one: scripts, documents, notebooks, other
// configurations. Tested by tests/unit/hygiene/matchers/credential_helper_test.cc.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

#include "base/text.h"
#include "hygiene/matchers/families.h"
#include "syntax/key_values.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using std::string_view;

// "store", "store --file x", "!git credential-store", "/usr/lib/git-core/git-credential-store".
bool is_store(string_view value) {
  value = trim(value);
  if (value.starts_with('!')) value = trim(value.substr(1));
  if (value.starts_with("git ")) value = trim(value.substr(4));
  const std::string program = file_name(value.substr(0, value.find_first_of(" \t;|&")));
  return program == "store" || program == "credential-store" || program == "git-credential-store";
}

// An empty URL is that of `[credential]`: every host.
bool concerns_hub(string_view url) {
  const std::string lower = to_lower_ascii(url);
  return lower.empty() || lower.find("huggingface.co") != std::string::npos || lower.find("hf.co") != std::string::npos;
}

// credential.helper, credential.https://huggingface.co.helper
bool is_helper_key(string_view key) {
  const std::string lower = to_lower_ascii(key);
  if (lower == "credential.helper") return true;
  constexpr std::size_t kAround = 11 + 7;  // of "credential." and ".helper"
  return lower.size() > kAround && lower.starts_with("credential.") && lower.ends_with(".helper") &&
         concerns_hub(string_view(lower).substr(11, lower.size() - kAround));
}

bool is_git_config_path(string_view path) {
  const std::string name = file_name(path);
  return name == ".gitconfig" || name == "gitconfig" || name == "git-config" || name.starts_with(".gitconfig") ||
         path == ".git/config" || path.ends_with("/.git/config") || path == "git/config" || path.ends_with("/git/config");
}

// An empty value takes back the helpers before it, see gitcredentials(7).
void find_in_configuration(const FileCheck& check) {
  const AssignmentFile file = read_ini(check.file().text(), IniFlavour::git);
  std::vector<std::pair<std::uint32_t, ByteSpan>> hits;
  for (const Assignment& entry : file.assignments) {
    if (entry.section >= file.sections.size() || to_lower_ascii(entry.name) != "helper") continue;
    const AssignmentSection& section = file.sections[entry.section];
    if (to_lower_ascii(section.name) != "credential" || !concerns_hub(section.subsection)) continue;
    const auto same = [&](const auto& hit) { return file.sections[hit.first].subsection == section.subsection; };
    if (trim(entry.value.text).empty()) hits.erase(std::remove_if(hits.begin(), hits.end(), same), hits.end());
    if (is_store(entry.value.text)) hits.emplace_back(entry.section, ByteSpan{entry.name_span.begin, entry.value_span.end});
  }
  for (const auto& [section, span] : hits) check.hit(check.file().whole(), span);
}

// `git config [OPTIONS] KEY VALUE`, `git -c KEY=VALUE ...`
std::optional<ByteSpan> store_in_command(std::span<const ShellWord> words) {
  if (words.empty() || command_name(words.front()) != "git") return std::nullopt;
  bool configures = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const string_view text = words[i].text;
    const std::size_t equals = text.rfind('=', text.find("store"));
    const bool given = words[i - 1].text == "-c" && equals != string_view::npos;
    if (given && is_helper_key(text.substr(0, equals)) && is_store(text.substr(equals + 1)))
      return ByteSpan{words[i - 1].span.begin, words[i].span.end};
    if (text == "config") configures = true;
    if (text == "--unset" || text == "--unset-all" || text == "--get" || text == "unset" || text == "get") return std::nullopt;
    if (configures && i + 1 < words.size() && is_helper_key(text) && is_store(words[i + 1].text))
      return ByteSpan{words.front().span.begin, words[i + 1].span.end};
  }
  return std::nullopt;
}

// Places of the file that were reported: a command may be read as several pieces, and again as a line.
class SeenPlaces {
 public:
  [[nodiscard]] bool holds(ByteSpan span) const {
    const auto after = ends_.lower_bound(span.end);
    return after != ends_.begin() && std::prev(after)->second > span.begin;
  }
  void add(ByteSpan span) { ends_.emplace(span.begin, span.end); }

 private:
  std::map<std::uint64_t, std::uint64_t> ends_;  // by their begins; no two overlap
};

void find_in_commands(const FileCheck& check, const Piece& piece, SeenPlaces& seen) {
  const ShellScript& script = check.file().shell(piece);
  for (const ShellCommand& command : script.commands) {
    if (command.kind != ShellCommandKind::simple) continue;
    const std::optional<ByteSpan> span = store_in_command(effective_words(script, command).words);
    if (!span) continue;
    const ByteSpan in_file = piece.to_file(*span);
    if (seen.holds(in_file)) continue;
    seen.add(in_file);
    check.hit(piece, *span);
  }
}

// What follows a name in a line: `= "store";`, `: store`, `, "store")`.
bool assigns_store(string_view after_name) {
  const std::size_t value = after_name.find_first_not_of(" \t\"',=:]");
  if (value == string_view::npos || value == 0) return false;
  string_view text = after_name.substr(value);
  text = text.substr(0, text.find_first_of("\"',;}#"));
  return after_name.substr(0, value).find_first_of("=:,") != string_view::npos && is_store(text);
}

// Text that becomes a configuration: a here-document, Nix, Ansible, a call of a library.
class TextLines {
 public:
  explicit TextLines(const FileCheck& check) : check_(check) {}

  void find(const SeenPlaces& seen) {
    const string_view text = check_.file().text();
    for (const string_view line : split_lines(text)) {
      const auto begin = static_cast<std::uint64_t>(line.data() - text.data());
      const ByteSpan span{begin + std::min(line.find_first_not_of(" \t"), line.size()), begin + line.size()};
      if (sets_store(trim(line)) && !seen.holds(span)) check_.hit(check_.file().whole(), span);
    }
  }

 private:
  // A section or a name for the lines after it, a few at most.
  bool sets_store(string_view line) {
    if (line.starts_with('#') || line.starts_with(';') || line.starts_with("//")) return false;
    const std::size_t section = line.find("credential");
    if (lines_left_ > 0) --lines_left_;
    if (section != string_view::npos) begin_section(line.substr(section));
    if (lines_left_ == 0) return false;
    for (const string_view name : {string_view("helper"), string_view("value")}) {
      const std::size_t at = line.find(name);
      const bool whole = at != string_view::npos && (at == 0 || !is_alnum_ascii(line[at - 1]));
      if (whole && (name == "helper" || names_helper_) && assigns_store(line.substr(at + name.size()))) return true;
    }
    return false;
  }

  void begin_section(string_view line) {
    constexpr unsigned kReach = 6;
    const std::size_t end = std::min(line.find_first_of("]={"), line.size());
    lines_left_ = concerns_hub_section(line.substr(10, end > 10 ? end - 10 : 0)) ? kReach : 0;
    names_helper_ = line.starts_with("credential.helper");
  }

  // What stands between the section's name and its end: nothing, or a URL.
  static bool concerns_hub_section(string_view rest) { return rest.find("://") == string_view::npos || concerns_hub(rest); }

  const FileCheck& check_;
  unsigned lines_left_ = 0;
  bool names_helper_ = false;
};

void credential_helper_store(const FileCheck& check) {
  if (is_git_config_path(check.file().path())) {
    find_in_configuration(check);
    return;
  }
  SeenPlaces seen;
  for (const Piece& piece : check.file().pieces()) {
    if (is_shell(piece.language)) find_in_commands(check, piece, seen);
  }
  TextLines(check).find(seen);
}

constexpr FileMatcher kMatchers[] = {{"credential-helper-store", credential_helper_store}};

}  // namespace

std::span<const FileMatcher> credential_helper_matchers() { return kMatchers; }

}  // namespace hfscan
