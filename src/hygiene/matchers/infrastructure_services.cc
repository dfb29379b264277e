// Tokens in the files of service managers: systemd, podman's quadlets, supervisor, launchd, uwsgi, Procfile, crontab, Makefile.
// Tested by tests/unit/hygiene/matchers/infrastructure_services_test.cc.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/infrastructure.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"
#include "syntax/crontab.h"
#include "syntax/key_values.h"
#include "syntax/makefile.h"

namespace hfscan {
namespace {

bool is_literal(std::string_view value) {
  value = bare(value);
  return !value.empty() && !is_reference(value) && value.find("%(") == std::string_view::npos;
}

// Outside of service managers only what nobody would replace counts.
bool is_real_literal(std::string_view value) { return is_literal(value) && !is_placeholder_value(bare(value)); }

std::string section_of(const AssignmentFile& file, const Assignment& assignment) {
  return assignment.section < file.sections.size() ? file.sections[assignment.section].name : "";
}

// Environment="A=b" HF_TOKEN=c, also in drop-ins and quadlets; DefaultEnvironment of the manager.
void in_systemd(const FileCheck& check, const Piece& piece) {
  static const Regex program(cat(R"((?:^|[\s"']))", builtin_macro("TOKEN_NAME"), R"(=["']?(?P<secret>[^\s"']+))"));
  const AssignmentFile file = read_ini(piece.text, IniFlavour::systemd);
  for (const Assignment& assignment : file.assignments) {
    if (assignment.name == "Environment" || assignment.name == "DefaultEnvironment" ||
        assignment.name == "ManagerEnvironment") {
      for (const Assignment& entry : systemd_environment(assignment.value)) {
        if (!is_token_name(entry.name) || !is_literal(entry.value.text)) continue;
        check.hit(piece, {std::min(assignment.name_span.begin, entry.name_span.begin), entry.value_span.end}).severity =
            severity_of_value(entry.value.text);
      }
    } else if (assignment.name.starts_with("Exec") || assignment.name == "PodmanArgs" || assignment.name == "GlobalArgs") {
      for (const Regex::Hit& hit : program.find_all(assignment.value.text)) {
        const std::string_view value =
            std::string_view(assignment.value.text).substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
        if (is_real_literal(value)) check.hit(piece, assignment.value.map.to_parent({hit.whole.begin, hit.whole.end}));
      }
    }
  }
}

// environment=HF_TOKEN="x",B="y" of supervisor; env = HF_TOKEN=x of uwsgi; [env:x] HF_TOKEN = x of circus.
void in_ini(const FileCheck& check, const Piece& piece) {
  static const Regex entry(cat(R"((?:^|[\s,"'=]))", R"((?P<name>)", builtin_macro("TOKEN_NAME"),
                               R"()\s*=\s*(?P<secret>"[^"\n]*"|'[^'\n]*'|[^\s,"'][^\s,]*))"));
  const AssignmentFile file = read_ini(piece.text, IniFlavour::plain);
  for (const Assignment& assignment : file.assignments) {
    const std::string section = section_of(file, assignment);
    const bool circus = section.starts_with("env") && is_token_name(assignment.name);
    if (circus && is_literal(assignment.value.text)) {
      check.hit(piece, {assignment.name_span.begin, assignment.value_span.end}).severity =
          severity_of_value(assignment.value.text);
      continue;
    }
    if (assignment.name != "environment" && assignment.name != "env") continue;
    const std::string_view text = piece.text.substr(static_cast<std::size_t>(assignment.value_span.begin),
                                                    static_cast<std::size_t>(assignment.value_span.size()));
    for (const Regex::Hit& hit : entry.find_all(text)) {
      const std::string_view value = text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
      if (!is_literal(value)) continue;
      check.hit(piece, {assignment.value_span.begin + hit.whole.begin, assignment.value_span.begin + hit.whole.end}).severity =
          severity_of_value(value);
    }
  }
}

// <key>HF_TOKEN</key><string>x</string> of launchd.
void in_plist(const FileCheck& check, const Piece& piece) {
  static const Regex entry(
      cat(R"(<key>\s*)", builtin_macro("TOKEN_NAME"), R"(\s*</key>\s*<string>(?P<secret>[^<]*)</string>)"));
  for (const Regex::Hit& hit : entry.find_all(piece.text)) {
    const std::string_view value = piece.text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
    if (is_literal(value)) check.hit(piece, {hit.whole.begin, hit.whole.end}).severity = severity_of_value(value);
  }
}

// NAME=value before a command or as a word of it, on one line.
void in_command_line(const FileCheck& check, const Piece& piece, ByteSpan line) {
  static const Regex entry(
      cat(R"((?:^|[\s:;"']))", builtin_macro("TOKEN_NAME"), R"(\s*=\s*(?P<secret>"[^"\n]*"|'[^'\n]*'|[^\s"'][^\s]*))"));
  const std::string_view text = piece.text.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.size()));
  for (const Regex::Hit& hit : entry.find_all(text)) {
    if (is_real_literal(text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin)))
      check.hit(piece, {line.begin + hit.whole.begin, line.begin + hit.whole.end});
  }
}

void in_lines(const FileCheck& check, const Piece& piece) {
  for (const std::string_view line : split_lines(piece.text)) {
    if (trim(line).starts_with("#")) continue;
    const auto begin = static_cast<std::uint64_t>(line.data() - piece.text.data());
    in_command_line(check, piece, {begin, begin + line.size()});
  }
}

// HF_TOKEN := x, export HF_TOKEN = x, NAME=x before the command of a recipe.
void in_makefile(const FileCheck& check, const Piece& piece) {
  const MakeFile file = read_makefile(piece.text);
  for (const MakeVariable& variable : file.variables) {
    const bool assigned = is_token_name(variable.name) && is_real_literal(variable.value.text) && variable.operation != "!=";
    if (assigned && variable.value.text.find("$(") == std::string::npos) check.hit(piece, variable.span);
  }
  for (const MakeRecipe& recipe : file.recipes) in_command_line(check, piece, recipe.span);
}

std::string base_name(std::string_view path) { return to_lower_ascii(path.substr(path.rfind('/') + 1)); }

bool is_crontab(std::string_view path, std::string_view base) {
  return base.starts_with("crontab") || base.ends_with(".cron") || base.ends_with(".crontab") ||
         path.find("cron.d/") != std::string_view::npos;
}

void by_content(const FileCheck& check, const Piece& piece) {
  static const Regex unit(R"((?m)^\s*\[(?:Service|Unit|Container|Manager|Install|Pod)\])");
  static const Regex drop_in(R"((?m)^\s*(?:Default)?Environment=)");
  static const Regex supervisor(
      R"((?m)^\s*(?:\[(?:program|supervisord|fcgi-program|eventlistener|uwsgi|env|watcher|group)[:\]]|environment\s*=))");
  if (unit.search(piece.text) || (piece.language == Language::ini && drop_in.search(piece.text)))
    in_systemd(check, piece);
  else if (supervisor.search(piece.text))
    in_ini(check, piece);
  else if (piece.text.find("<plist") != std::string_view::npos ||
           piece.text.find("EnvironmentVariables</key>") != std::string_view::npos)
    in_plist(check, piece);
}

}  // namespace

void service_token(const FileCheck& check) {
  const std::string_view path = check.file().path();
  const std::string base = base_name(path);
  for (const Piece& piece : check.file().pieces()) {
    const bool whole = piece.map == nullptr;
    if (whole && (base.starts_with("procfile") || is_crontab(path, base)))
      in_lines(check, piece);
    else if (piece.language == Language::makefile)
      in_makefile(check, piece);
    else if (piece.language == Language::ini || (piece.language == Language::text && !piece.command_line) ||
             (!whole && piece.language == Language::shell && !piece.command_line))
      by_content(check, piece);
    else if (piece.language == Language::html)
      in_plist(check, piece);
  }
  platform_file_token(check);
}

}  // namespace hfscan
